// Sizes as operators write them: `64MiB`, `64MB`, `1048576`.

const SIZE = /^(\d{1,12}(?:\.\d{1,3})?) ?([kmg]i?b|b)?$/i

const FACTORS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
}

/** Whole bytes; undefined when it is no size. `MB` is a million bytes, `MiB` 1048576; letter case is all one. */
export function parseByteSize(text: string): number | undefined {
  const [, digits, unit = 'b'] = SIZE.exec(text) ?? []
  return digits === undefined ? undefined : Math.round(Number(digits) * (FACTORS[unit.toLowerCase()] ?? 1))
}

/** In the largest binary unit that leaves a whole number: `64MiB`, `1500B`. */
export function formatByteSize(bytes: number): string {
  for (const [unit, factor] of [
    ['GiB', 2 ** 30],
    ['MiB', 2 ** 20],
    ['KiB', 2 ** 10],
  ] as const)
    if (bytes >= factor && bytes % factor === 0) return `${bytes / factor}${unit}`
  return `${bytes}B`
}
