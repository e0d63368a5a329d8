// Resident memory of a process over time, and whether it grows.

import { readFileSync } from 'node:fs'

export interface Trend {
  readonly samples: number
  readonly meanBytes: number
  readonly maxBytes: number
  /** Of a straight line through the samples, by least squares. */
  readonly bytesPerMinute: number
}

export class MemoryTrend {
  readonly #pid: number
  readonly #samples: { readonly ms: number; readonly bytes: number }[] = []

  constructor(pid: number) {
    this.#pid = pid
  }

  /** @returns bytes now */
  sample(): number {
    const bytes = memoryOf(this.#pid, 'VmRSS')
    this.#samples.push({ ms: performance.now(), bytes })
    return bytes
  }

  /** Peak since the start of the process, as the system has it. */
  peak(): number {
    return memoryOf(this.#pid, 'VmHWM')
  }

  /** @param fromMs - by performance.now(): the end of the warm-up */
  since(fromMs: number): Trend {
    const samples = this.#samples.filter(({ ms }) => ms >= fromMs)
    const n = Math.max(1, samples.length)
    const meanMs = samples.reduce((sum, { ms }) => sum + ms, 0) / n
    const meanBytes = samples.reduce((sum, { bytes }) => sum + bytes, 0) / n
    const spread = samples.reduce((sum, { ms }) => sum + (ms - meanMs) ** 2, 0)
    const common = samples.reduce((sum, { ms, bytes }) => sum + (ms - meanMs) * (bytes - meanBytes), 0)
    return {
      samples: samples.length,
      meanBytes,
      maxBytes: Math.max(0, ...samples.map(({ bytes }) => bytes)),
      bytesPerMinute: spread === 0 ? 0 : (common / spread) * 60_000,
    }
  }
}

function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
}
