// Ranges of ports, put in order.

import type { PortRange } from './program.ts'

/** In order, each port once: ranges that overlap or touch are one. */
export function mergePorts(ports: readonly PortRange[]): readonly PortRange[] {
  const merged: PortRange[] = []
  for (const range of ports.toSorted((a, b) => a.low - b.low)) {
    const last = merged.at(-1)
    if (last === undefined || range.low > last.high + 1) merged.push(range)
    else merged[merged.length - 1] = { low: last.low, high: Math.max(last.high, range.high) }
  }
  return merged
}
