// Loads and compiles signatures in a thread of its own. The threads share nothing: a Program is plain data.

import { Worker } from 'node:worker_threads'
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

/** Never rejects: trouble with the thread itself is an error of the result. */
export function compileAside(order: CompileOrder): Promise<CompileResult> {
  return new Promise((resolve) => {
    const fail = (reason: string) => resolve({ ok: false, errors: [`cannot compile signatures: ${reason}`] })
    const worker = new Worker(workerPath(), { workerData: order })
    worker.once('message', resolve)
    worker.once('error', (error) => fail(error.message))
    worker.once('exit', (code) => fail(`its thread ended with ${code}`))
  })
}

/** Beside this file, whether it is a source file, compiled, or part of a bundle. */
function workerPath(): URL {
  return new URL(`./compile-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
}
