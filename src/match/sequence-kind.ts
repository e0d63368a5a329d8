// hot path
// The sequences over one kind of element: the packets of a protocol, or SSH messages.

import type { Direction, SequenceSignature } from '../model/program.ts'
import type { Automata } from './automata.ts'
import { ANY_SIDE } from './element-tests.ts'
import { PortLists } from './port-lists.ts'
import { SequenceStarts } from './sequence-starts.ts'

/** Sizes from here on are not told apart by mayBegin(). */
const SIZES = 2048
const SIZE_BITS = 11

export class SequenceKind {
  readonly atFirst: SequenceStarts
  readonly atSecond: SequenceStarts
  /** Conditions that stand alone. */
  readonly alone: PortLists
  readonly isEmpty: boolean
  /** 1 for each first packet that a match may begin with: isFirst, isPause, direction and size. */
  readonly #begins = new Uint8Array(8 << SIZE_BITS)

  constructor(
    sequences: readonly SequenceSignature[],
    automata: Automata,
    protocol: SequenceSignature['protocol'],
  ) {
    this.atFirst = new SequenceStarts(sequences, automata, protocol, 'at-first')
    this.atSecond = new SequenceStarts(sequences, automata, protocol, 'at-second')
    const alone = [...sequences.keys()].filter(
      (i) => sequences[i]!.steps.length === 0 && sequences[i]!.protocol === protocol,
    )
    this.alone = new PortLists(sequences, alone)
    this.isEmpty = this.atFirst.isEmpty && this.atSecond.isEmpty && this.alone.isEmpty
    if (this.isEmpty || protocol === 'ssh') return
    if (!this.alone.isEmpty) this.#begins.fill(1)
    for (const starts of [this.atFirst, this.atSecond])
      starts.tellBeginnings(automata.words, (direction, low, high, isPause, isFirst) => {
        for (let kind = 0; kind < 8; kind++) {
          const isSide = direction === ANY_SIDE || direction === (kind & 1)
          if (isSide && (!isPause || (kind & 2) !== 0) && (!isFirst || (kind & 4) !== 0))
            this.#begins.fill(1, placeOf(kind, low), placeOf(kind, high) + 1)
        }
      })
  }

  /** False when no match begins with such a packet, and no condition stands alone: it need not be told. */
  mayBegin(direction: Direction, size: number, isPause: number, isFirst: number): boolean {
    return this.#begins[placeOf((isFirst << 2) | (isPause << 1) | direction, size)] !== 0
  }
}

/** Of a packet in the table of first packets. */
function placeOf(kind: number, size: number): number {
  return (kind << SIZE_BITS) | Math.max(Math.min(size, SIZES - 1), 0)
}
