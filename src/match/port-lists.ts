// hot path
// Which sequences concern a server port: one list for each set of ports that they cannot tell apart.

import { mergePorts } from '../model/port-ranges.ts'
import type { PortRange, SequenceSignature } from '../model/program.ts'

const LAST_PORT = 0xffff

/** Ports of a sequence, in order, each once. */
export function portsOf({ ports }: SequenceSignature): readonly PortRange[] {
  if (ports.length === 0) return [{ low: 0, high: LAST_PORT }]
  return mergePorts(ports)
}

export class PortLists {
  readonly isEmpty: boolean
  /** Indexes of sequences for all ports. */
  readonly everywhere: Int32Array
  /** Indexes of the others: those of a port stand from first() up to after(). */
  readonly found: Int32Array
  /** By port: number of its list. */
  readonly #lists: Uint32Array
  readonly #starts: Int32Array

  /** @param indexes - of the sequences to list; the order stays */
  constructor(sequences: readonly SequenceSignature[], indexes: readonly number[]) {
    this.isEmpty = indexes.length === 0
    this.everywhere = Int32Array.from(indexes.filter((index) => isEverywhere(sequences[index]!)))
    const listed = indexes
      .filter((index) => !isEverywhere(sequences[index]!))
      .map((index) => ({ index, ports: portsOf(sequences[index]!) }))
    // Ports are parted where a range begins or has ended.
    const cuts = new Set([
      0,
      ...listed.flatMap(({ ports }) => ports.flatMap(({ low, high }) => [low, high + 1])),
    ])
    const lows = [...cuts].sort((a, b) => a - b)
    const numbers = new Map(lows.map((low, number) => [low, number]))
    const lists = lows.map((): number[] => [])
    for (const { index, ports } of listed)
      for (const { low, high } of ports)
        for (let n = numbers.get(low)!; lows[n]! <= high; n++) lists[n]!.push(index)
    this.#lists = new Uint32Array(this.isEmpty ? 0 : LAST_PORT + 1)
    if (!this.isEmpty) for (const [n, low] of lows.entries()) this.#lists.fill(n, low, lows[n + 1])
    this.found = Int32Array.from(lists.flat())
    let total = 0
    this.#starts = Int32Array.from([0, ...lists.map((list) => (total += list.length))])
  }

  first(port: number): number {
    return this.#starts[this.#lists[port]!]!
  }

  after(port: number): number {
    return this.#starts[this.#lists[port]! + 1]!
  }
}

function isEverywhere(sequence: SequenceSignature): boolean {
  const [{ low, high } = { low: 0, high: 0 }] = portsOf(sequence)
  return low <= 0 && high >= LAST_PORT
}
