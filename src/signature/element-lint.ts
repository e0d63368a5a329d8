// What one element says that can never come, or that says nothing.

import { SENDERS } from '../model/messages.ts'
import type { SequenceSignature } from '../model/program.ts'
import type { Code } from './codes.ts'
import { formatSize } from './format-items.ts'
import type { ElementNode, ElementSize } from './statement.ts'

/** Payload that one datagram can carry: 65535 less the UDP header (over IPv6). */
const LARGEST_DATAGRAM = 65_527

export interface ElementProblem {
  readonly code: Code
  readonly message: string
}

/** What an element is looked at with: its protocol, and why a size of its statement is exact, if it is. */
export interface ElementContext {
  readonly protocol: SequenceSignature['protocol']
  readonly whyExact: (bytes: number) => string | undefined
}

type Element = Pick<ElementNode, 'direction' | 'size'>

export function elementProblem(element: Element, context: ElementContext): ElementProblem | undefined {
  const { size, direction } = element
  if (direction === undefined) return undefined
  const sender = size.kind === 'message' ? SENDERS.get(size.name) : undefined
  if (sender !== undefined && sender !== direction) {
    const message = `it is the ${sender} that sends ${formatSize(size).slice(1)}: \`${formatElement(element)}\` never matches`
    return { code: 'S033', message }
  }
  const bounds = boundsOf(size)
  if (bounds === undefined) return undefined
  const why = whyNever(bounds, context)
  if (why !== undefined) {
    const message = `${why}: \`${formatElement(element)}\` never matches`
    return { code: 'S033', message }
  }
  return size.kind === 'range' ? rangeProblem(element, size, context) : undefined
}

/** Of a size that is told. */
function boundsOf(size: ElementSize): readonly [low: number, high: number] | undefined {
  if (size.kind === 'between') return [size.low, size.high]
  if (size.kind === 'bytes') return [size.bytes, size.bytes]
  return size.kind === 'range' ? [size.bytes - size.distance, size.bytes + size.distance] : undefined
}

function rangeProblem(
  element: Element,
  { bytes, distance }: { readonly bytes: number; readonly distance: number },
  { whyExact }: ElementContext,
): ElementProblem | undefined {
  if (distance > bytes) {
    const message = `\`${formatElement(element)}\` begins below zero: it means 0 to ${bytes + distance} bytes`
    return { code: 'S034', message }
  }
  const why = distance === 0 ? whyExact(bytes) : undefined
  if (why === undefined) return undefined
  return { code: 'S035', message: `${why}: \`${formatElement(element)}\` is the same without \`/0\`` }
}

export function noPauseBefore(text: string): ElementProblem {
  const message = `no pause can come before the first datagram of a flow: \`+ ${text}\` never matches after \`<\``
  return { code: 'S033', message }
}

/** `c12`, `any` */
export function formatElement({ direction, size }: Element): string {
  return direction === undefined ? 'any' : `${direction === 'client' ? 'c' : 's'}${formatSize(size)}`
}

/** Why no such element can come; undefined when one can. */
function whyNever(
  [low, high]: readonly [low: number, high: number],
  { protocol }: ElementContext,
): string | undefined {
  if (protocol === 'tcp' && high === 0) return 'a TCP segment without payload is no packet of a signature'
  if (protocol === 'ssh' && high === 0) return 'no message of SSH is empty'
  const isDatagram = protocol === 'udp' || protocol === 'icmp'
  return isDatagram && low > LARGEST_DATAGRAM
    ? `no datagram is larger than ${LARGEST_DATAGRAM} bytes`
    : undefined
}
