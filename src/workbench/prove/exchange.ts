// The exchanges that proofs speak of: an imagined stretch of a flow, whether a signature accepts it (asked of the
// slow matchers, which are the meaning of the language), and how it is written.

import { isOccurrence } from '../../match/naive-matcher.ts'
import { isSequenceOccurrence, type NaiveSequenceElement } from '../../match/naive-sequences.ts'
import { MESSAGES } from '../../model/messages.ts'
import { type Direction, type PortRange, Protocol, type SequenceStart } from '../../model/program.ts'
import { isClassic, type Recogniser, type Signature } from './recogniser.ts'

export interface ImaginedElement {
  readonly direction: Direction
  readonly size: number
  /** Index in MESSAGES; 0 for none. */
  readonly message: number
  /** Bytes of the payload; undefined when unknown. */
  readonly payload: PortRange | undefined
  /** Since the element before, µs. */
  readonly delay: number
}

export interface ImaginedExchange {
  readonly protocol: Recogniser['protocol']
  readonly port: number
  /** What begins with its first element. */
  readonly start: SequenceStart
  /** It is the end of the flow. */
  readonly atEnd: boolean
  readonly elements: readonly ImaginedElement[]
  /** Values of figures that conditions compare. */
  readonly figures: ReadonlyMap<string, number>
}

/** True when all elements together are an occurrence of the signature. */
export function accepts(signature: Signature, exchange: ImaginedExchange, thresholdMicros: number): boolean {
  const { protocol, port, start, atEnd, elements, figures } = exchange
  const common = { serverPort: port, startSeen: start === 'flow', endSeen: atEnd }
  if (isClassic(signature)) {
    if (protocol === 'ssh') return false
    const events = elements.map(({ direction, size, delay }) => {
      return { kind: 'element' as const, direction, size, pause: delay >= thresholdMicros }
    })
    return isOccurrence(signature, { ...common, protocol: Protocol[protocol], events }, 1, events.length)
  }
  const events = elements.map((element, i): NaiveSequenceElement => {
    const phases = i === 0 && start !== 'flow' && start !== 'anywhere' ? [start] : []
    return { kind: 'element', ...element, isPause: element.delay >= thresholdMicros, phases }
  })
  const figure = (name: string) => figures.get(name) ?? 0
  return isSequenceOccurrence(signature, { ...common, protocol, rtt: 0, events, figure }, 1, events.length)
}

/** As examples are written: `port 22: < s12 + c52 s12 +2s c:PASSWORD >`. */
export function formatExchange(
  { port, start, atEnd, elements, figures }: ImaginedExchange,
  thresholdMicros: number,
  isPortTold: boolean,
): string {
  const words: string[] = []
  if (start !== 'anywhere') words.push(start === 'flow' ? '<' : `<${start}`)
  for (const element of elements) {
    if (element.delay >= thresholdMicros) words.push(formatDelay(element.delay, thresholdMicros))
    words.push(formatElement(element))
  }
  if (atEnd) words.push('>')
  const values = [...figures].map(([name, value]) => `${name} = ${value}`)
  if (values.length > 0) words.push('where', values.join(' and '))
  return `${isPortTold ? `port ${port}: ` : ''}${words.join(' ')}`
}

function formatElement({ direction, size, message, payload }: ImaginedElement): string {
  const side = direction === 0 ? 'c' : 's'
  if (message !== 0) return `${side}:${MESSAGES[message]}`
  return payload === undefined ? `${side}${size}` : `${side}:ssh(${payload.low})`
}

function formatDelay(delay: number, thresholdMicros: number): string {
  if (delay === thresholdMicros) return '+'
  if (delay % 1_000_000 === 0) return `+${delay / 1_000_000}s`
  return delay % 1000 === 0 ? `+${delay / 1000}ms` : `+${delay}us`
}
