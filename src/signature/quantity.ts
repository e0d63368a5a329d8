// Numbers as authors write them: decimal digits and perhaps a unit. They are kept as written, so that a canonical
// statement says `10s` and not 10000000, and compared by value.

export const TIME_UNITS = ['us', 'ms', 's', 'm', 'h'] as const
export const NUMBER_UNITS = ['k', 'M', 'G', '%'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]
export type NumberUnit = (typeof NUMBER_UNITS)[number]

/** `0.5s`, `20`, `1M`, `2%`. */
export interface Quantity {
  /** Without leading zeros, and without trailing ones behind the point. */
  readonly digits: string
  readonly unit: TimeUnit | NumberUnit | undefined
}

/** A quantity with a unit that is none yet. */
export interface RawQuantity {
  readonly digits: string
  readonly unit: string
}

/** Digits before the point and behind it: more cannot be told apart. */
const LONGEST = /^[0-9]{1,15}(?:\.[0-9]{1,9})?$/

/** Power of ten of each unit, times a factor; times become µs. */
const SCALES: Readonly<Record<TimeUnit | NumberUnit, readonly [exponent: number, factor: number]>> = {
  us: [0, 1],
  ms: [3, 1],
  s: [6, 1],
  m: [6, 60],
  h: [6, 3600],
  k: [3, 1],
  M: [6, 1],
  G: [9, 1],
  '%': [-2, 1],
}

/** @param text - digits, perhaps with a fraction, then the unit */
export function splitQuantity(text: string): RawQuantity {
  const [all = '', whole = '', fraction = ''] = /^([0-9]*)(\.[0-9]*)?/.exec(text) ?? []
  const digits = whole.replace(/^0+(?=[0-9])/, '') + fraction.replace(/\.?0*$/, '')
  return { digits, unit: text.slice(all.length) }
}

/** False for a number with too many digits. */
export function isShort({ digits }: RawQuantity): boolean {
  return LONGEST.test(digits)
}

export function isTimeUnit(unit: string | undefined): unit is TimeUnit {
  return TIME_UNITS.some((name) => name === unit)
}

export function isNumberUnit(unit: string | undefined): unit is NumberUnit {
  return NUMBER_UNITS.some((name) => name === unit)
}

/** Times in whole µs. */
export function quantityValue({ digits, unit }: Quantity): number {
  if (unit === undefined) return Number(digits)
  const [exponent, factor] = SCALES[unit]
  const value = Number(`${digits}e${exponent}`) * factor
  return isTimeUnit(unit) ? Math.round(value) : value
}

export function formatQuantity({ digits, unit }: Quantity): string {
  return `${digits}${unit ?? ''}`
}
