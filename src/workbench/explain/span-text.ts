// Times and ranges in the words of signatures, for explanations.

import { MAX_SIZE } from '../../model/program.ts'

/** `480 ms`, `2.3 s`, `20 m`: three digits, no more. */
export function formatMicros(micros: number): string {
  if (micros === 0) return '0 ms'
  if (micros < 1000) return `${Math.round(micros)} us`
  if (micros < 999_500) return `${round(micros / 1e3)} ms`
  if (micros < 600e6) return `${round(micros / 1e6)} s`
  if (micros < 36_000e6) return `${round(micros / 60e6)} m`
  return `${round(micros / 3600e6)} h`
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** `12`, `49..55`, `*`. */
export function formatRange(low: number, high: number): string {
  if (low <= 0 && high >= MAX_SIZE) return '*'
  return low === high ? String(low) : `${low}..${high}`
}
