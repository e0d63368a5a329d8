// What a command costs: CPU time and memory of the child process, as the system counts them.

import { spawnSync } from 'node:child_process'

export interface Usage {
  /** User and system time together, s. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakBytes: number
  readonly stdout: string
  readonly stderr: string
}

/** Certificates that some workplaces have Node read at its start are no part of what is measured. */
const { NODE_EXTRA_CA_CERTS: _, ...ENV } = process.env

/** Measures commands with the compiled child-usage.c. */
export class Meter {
  readonly #program: string

  constructor(program: string) {
    this.#program = program
  }

  /** @throws Error when the command fails */
  run(command: readonly string[]): Usage {
    const { stdout, stderr } = spawnSync(this.#program, command, {
      encoding: 'utf8',
      env: ENV,
      maxBuffer: 1 << 28,
    })
    const line = /^usage (\d+) (\d+) (\d+) (\d+) (\d+)\n$/m.exec(stderr)
    const [user = 0, system = 0, wall = 0, kilobytes = 0, code = 1] = line?.slice(1).map(Number) ?? []
    if (code !== 0) throw new Error(`${command.join(' ')} failed:\n${stdout}${stderr}`)
    return {
      cpuSeconds: (user + system) / 1e6,
      wallSeconds: wall / 1e6,
      peakBytes: kilobytes * 1024,
      stdout,
      stderr: stderr.slice(0, line?.index),
    }
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
