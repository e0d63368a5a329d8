// Loads and compiles signatures in a process of its own: a thread that hangs in a system call could not be ended.
// A Program is plain data.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Program } from '../model/program.ts'

export interface CompileOrder {
  /** Signature files and folders. */
  readonly paths: readonly string[]
  /** Every classic statement as if it had `=`. */
  readonly exact: boolean
}

/** A program without any error; else what is wrong, each as it is to be shown. */
export type CompileResult =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly errors: readonly string[] }

/** A file system that does not answer must not hold up reloads for ever. */
const LONGEST_MS = 120_000

/** Never rejects: trouble with the process itself is an error of the result. */
export function compileAside(order: CompileOrder, longestMs = LONGEST_MS): Promise<CompileResult> {
  return new Promise((resolve) => {
    const child = fork(workerPath(), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const settle = (result: CompileResult) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(result)
    }
    const fail = (reason: string) => settle({ ok: false, errors: [`cannot compile signatures: ${reason}`] })
    const timer = setTimeout(() => fail(`it took longer than ${longestMs / 1000} s`), longestMs)
    child.once('message', (result) => settle(result as CompileResult))
    child.once('error', ({ message }) => fail(message))
    child.once('exit', (code, signal) => fail(`its process ended (${signal ?? `exit code ${code}`})`))
    child.send(order, () => {})
    // The sensor does not wait for it when it ends; the child ends when it is alone.
    child.unref()
    child.channel?.unref()
  })
}

/** Beside this file, whether it is a source file, compiled, or part of a bundle. */
function workerPath(): string {
  const name = `./compile-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`
  return fileURLToPath(new URL(name, import.meta.url))
}
