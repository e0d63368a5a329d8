// hot path

/** Class of a size: exact below 8, then four to an octave; less than 128. */
export function classOf(size: number): number {
  if (size < 8) return size
  const exponent = 31 - Math.clz32(size)
  return ((exponent - 1) << 2) | ((size >> (exponent - 2)) & 3)
}
