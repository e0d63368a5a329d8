// A folder of its own for a test, and TypeScript programs run in it as processes of their own.

import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './gait.ts'

const SOURCES = join(import.meta.dirname, '../../src')
const TSX = import.meta.resolve('tsx')

export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'gait-scratch-'))
  #programs = 0

  path(name: string): string {
    return join(this.folder, name)
  }

  /** Arguments for node that run a program, in which `SRC` stands for the folder of sources. */
  program(text: string): readonly string[] {
    const path = this.path(`program-${this.#programs++}.mts`)
    writeFileSync(path, text.replaceAll('SRC', SOURCES))
    return ['--import', TSX, path]
  }

  /** Runs a program to its end. */
  run(text: string): Outcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, this.program(text), { encoding: 'utf8' })
    return { code: status, stdout, stderr }
  }

  /** Runs a program while this process goes on: for programs that talk to it. */
  async runBeside(text: string): Promise<Outcome> {
    const child = this.start(text, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    child.stdout?.on('data', (part: Buffer) => {
      said.stdout += part.toString()
    })
    child.stderr?.on('data', (part: Buffer) => {
      said.stderr += part.toString()
    })
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, ...said }
  }

  start(text: string, options: SpawnOptions): ChildProcess {
    return spawn(process.execPath, this.program(text), options)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}

/** Until a condition holds. @throws Error when it does not within 10 s */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${condition}`)
    await sleep(10)
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
