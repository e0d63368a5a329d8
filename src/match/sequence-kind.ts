// hot path
// The sequences over one kind of element: the packets of a protocol, or SSH messages.

import type { Direction, SequenceSignature } from '../model/program.ts'
import { SequenceElement } from '../model/sequence-element.ts'
import type { Automata } from './automata.ts'
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
    if (!this.isEmpty && protocol !== 'ssh') this.#fillBegins()
  }

  /** False when no match begins with such a packet, and no condition stands alone: it need not be told. */
  mayBegin(direction: Direction, size: number, isPause: number, isFirst: number): boolean {
    const at = (((isFirst << 2) | (isPause << 1) | direction) << SIZE_BITS) | Math.min(size, SIZES - 1)
    return this.#begins[at] !== 0
  }

  #fillBegins(): void {
    const packet = new SequenceElement()
    for (let kind = 0; kind < 8; kind++) {
      packet.isFirst = kind >> 2
      packet.isPause = (kind >> 1) & 1
      packet.direction = (kind & 1) as Direction
      const sizes = this.#begins.subarray(kind << SIZE_BITS, (kind + 1) << SIZE_BITS)
      for (let size = 0; size < SIZES; size++) {
        packet.size = size
        sizes[size] = !this.alone.isEmpty || this.atFirst.knows(packet) || this.atSecond.knows(packet) ? 1 : 0
      }
      // All larger ones stand for each other.
      sizes[SIZES - 1] = 1
    }
  }
}
