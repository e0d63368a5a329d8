// Random numbers that are the same in every run.

/** Numbers from 0 up to 1, the same in every run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export type Random = ReturnType<typeof createRandom>
export const between = (random: Random, low: number, high: number) =>
  low + Math.floor(random() * (high - low + 1))
export const oneOf = <T>(random: Random, values: readonly T[]): T =>
  values[between(random, 0, values.length - 1)]!
