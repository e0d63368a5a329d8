// From an exchange as it is written to its elements: repeats are written out, times add up, and messages of SSH get
// what the handshake and the turns so far say of them.

import { SshPhases } from '../exchange/ssh/phases.ts'
import { Turns } from '../exchange/ssh/turns.ts'
import type { MessageName } from '../model/messages.ts'
import type { Direction, SequenceSignature } from '../model/program.ts'
import type { SshMessage } from '../model/ssh.ts'
import type { ExchangeAtom, ExchangeItem, ExchangeNode, ExchangePause } from '../signature/example.ts'
import { quantityValue } from '../signature/quantity.ts'
import { type PlainEvent, type PlainExchange, USUAL_HANDSHAKE } from './plain-exchange.ts'
import { isClear, lengthsOf, lengthsOnWire, USUAL_SUITE } from './usual-lengths.ts'

export interface ExchangeFacts {
  readonly protocol: SequenceSignature['protocol']
  /** Where the exchange names no port. */
  readonly port: number
  /** Shortest delay that is a pause, µs. */
  readonly thresholdMicros: number
}

/** Between elements without a pause, µs. */
const STEP = 1000
/** When an exchange begins: not at 0, which tells of times that are not known. */
export const FIRST_TIME = 1_000_000

export type TimedAtom = Exclude<ExchangeAtom, { kind: 'group' }> & {
  /** µs. */
  readonly time: number
}

/** Atoms one after the other, repeats written out, and the time after the last. */
export function timedAtoms(
  items: readonly ExchangeItem[],
  thresholdMicros: number,
): { readonly atoms: readonly TimedAtom[]; readonly time: number } {
  const atoms: TimedAtom[] = []
  let time = FIRST_TIME
  let pause: ExchangePause | undefined
  const walk = (list: readonly ExchangeItem[]) => {
    for (const item of list)
      for (let i = 0; i < item.times; i++) {
        pause = item.pause ?? pause
        if (item.atom.kind === 'group') walk(item.atom.items)
        else {
          time += microsOf(pause, thresholdMicros)
          pause = undefined
          atoms.push({ ...item.atom, time })
        }
      }
  }
  walk(items)
  return { atoms, time }
}

function microsOf(pause: ExchangePause | undefined, thresholdMicros: number): number {
  if (pause === undefined) return STEP
  return pause === 'threshold' ? thresholdMicros : quantityValue(pause)
}

/** The flow that an exchange of packets or messages tells of. */
export function expandExchange(node: ExchangeNode, facts: ExchangeFacts): PlainExchange {
  const { protocol, thresholdMicros } = facts
  const { atoms, time } = timedAtoms(node.items, thresholdMicros)
  const isSsh = protocol === 'ssh'
  const given = node.figures.map(({ name, value }) => [name, value] as const)
  return {
    protocol,
    serverPort: node.port ?? facts.port,
    startSeen: node.atStart,
    startTime: FIRST_TIME,
    endTime: node.atEnd ? time + microsOf(node.endPause, thresholdMicros) : undefined,
    events: isSsh ? messageEvents(atoms, node.atStart) : atoms.map(packetEvent),
    figures: new Map([...(isSsh ? Object.entries(USUAL_HANDSHAKE) : []), ...given]),
    suites: isSsh && USUAL_SUITE !== undefined ? [USUAL_SUITE, USUAL_SUITE] : undefined,
  }
}

function packetEvent(atom: TimedAtom): PlainEvent {
  if (atom.kind !== 'packet') return { kind: 'gap' }
  const { direction, size, time } = atom
  return { kind: 'element', direction, size, time, message: undefined }
}

/**
 * Where an exchange names nothing of the handshake it begins right behind NEWKEYS.
 *
 * @param atStart - nothing comes before the first message, so that no time passes before it
 */
function messageEvents(atoms: readonly TimedAtom[], atStart: boolean): readonly PlainEvent[] {
  const hasHandshake = atoms.some((atom) => atom.kind === 'message' && isClear(atom.name))
  const speaker = new Speaker(!hasHandshake, atStart)
  return atoms.map((atom): PlainEvent => {
    if (atom.kind !== 'message' && atom.kind !== 'packet') {
      speaker.tear()
      return { kind: 'gap' }
    }
    const { direction, time } = atom
    const message =
      atom.kind === 'message'
        ? speaker.say(direction, atom.name, time, lengthsOf(direction, atom.name, atom.payload))
        : speaker.say(direction, '', time, lengthsOnWire(atom.size))
    return { kind: 'element', direction, size: message.wire, time, message }
  })
}

/** Each message as if it came in a segment of its own: exchange/ssh/ssh-conversation.ts does so with real ones. */
class Speaker {
  readonly #turns = new Turns()
  readonly #phases: SshPhases
  #ordinal = 0
  #isTorn = false
  /** Time before IGNOREs that stand before the next message of this side. */
  #waited: readonly [side: Direction, micros: number] | undefined

  constructor(hasKeys: boolean, atStart: boolean) {
    this.#phases = new SshPhases(hasKeys)
    // What came before has shown how quickly each side can answer.
    if (!atStart)
      for (const i of [0, 1, 2]) this.#turns.take((i & 1) as Direction, FIRST_TIME - (2 - i) * STEP)
  }

  tear(): void {
    this.#isTorn = true
    this.#waited = undefined
  }

  say(
    side: Direction,
    name: MessageName,
    time: number,
    { wire, payload }: ReturnType<typeof lengthsOf>,
  ): SshMessage {
    const { lastTime } = this.#turns
    const own = lastTime === 0 || this.#isTorn ? -1 : time - lastTime
    const waited = this.#waited?.[0] === side ? this.#waited[1] : 0
    const delay = own < 0 ? own : own + waited
    this.#waited = name === 'IGNORE' && delay >= 0 ? [side, delay] : undefined
    this.#isTorn = false
    const latency = this.#turns.latency(side, time)
    const roundTrip = this.#turns.roundTrip(side)
    this.#turns.take(side, time)
    const ordinal = ++this.#ordinal
    const isEncrypted = this.#phases.hasKeys[side]
    return {
      side,
      name,
      wire,
      payload: isEncrypted ? payload : [0, 0],
      time,
      delay,
      roundTrip,
      latency,
      packet: ordinal,
      ordinal,
      phases: this.#phases.take(side, name),
    }
  }
}
