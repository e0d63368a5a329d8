// Tells which fragments belong together, without putting anything together.

import type { Frame } from '../model/frame.ts'
import { PacketView } from '../model/packet-view.ts'
import { Decoder } from './decoder.ts'
import { Skip } from './layer.ts'
import { Reassembly } from './reassembly.ts'

/** Takes note of a fragment instead of keeping it. */
export class FragmentNotes extends Reassembly {
  /** Of the datagram that the last fragment belongs to; empty when there was none. */
  key = ''
  /** Of its data in the datagram. */
  offset = 0

  constructor() {
    super({ datagrams: 1, fragments: 1, timeoutMicros: 0 })
  }

  override add(view: PacketView, id: number, offset: number, _more: boolean): number {
    const { version, src0, src1, src2, src3, dst0, dst1, dst2, dst3, protocol, vlan } = view
    const ends = version === 6 ? [src0, src1, src2, src3, dst0, dst1, dst2, dst3] : [src0, dst0, protocol]
    this.key = [version, ...ends, vlan, id].join(' ')
    this.offset = offset
    return Skip.fragment
  }
}

/** Names the datagrams of fragments. */
export class FragmentKeys {
  readonly #notes = new FragmentNotes()
  readonly #view = new PacketView()
  readonly #decoder = new Decoder({ checksums: false }, this.#notes)

  /** @returns the same for all fragments of a datagram; empty for a frame that holds none */
  of(frame: Frame): string {
    this.#notes.key = ''
    this.#decoder.walk(frame, this.#view)
    return this.#notes.key
  }
}
