// Reads what is known of an SSH connection into plain values. For reports: it allocates.

import { packElement } from '../model/element.ts'
import { figureIndex } from '../model/figures.ts'
import type { SshSummary } from '../model/report.ts'
import type { SshMessage } from '../model/ssh.ts'
import type { Pipeline } from './pipeline.ts'

/** A message as an element of a raw signature. */
export function packMessage({ side, wire }: SshMessage): number {
  return packElement(side, wire, 0)
}

/** The values of what a signature tells: facts of the connection, else figures. Times of facts are ms, of figures µs. */
export function readFacts(
  pipeline: Pipeline,
  flow: number,
  names: readonly string[],
): Readonly<Record<string, string | number>> {
  const facts = pipeline.ssh.of(flow)?.facts ?? {}
  const values: Record<string, string | number> = {}
  for (const name of names) {
    const figure = figureIndex(name)
    const value = facts[name] ?? (figure < 0 ? undefined : pipeline.figures.value(flow, figure))
    if (value !== undefined) values[name.replaceAll('.', '_')] = value
  }
  return values
}

/** What is known of a connection at its end; undefined when none was read. */
export function summarise(pipeline: Pipeline, flow: number): SshSummary | undefined {
  const conversation = pipeline.ssh.of(flow)
  if (conversation === undefined) return undefined
  const { figures } = conversation
  const keys = figures === undefined ? 0 : Math.max(figures.value('c.keys'), figures.value('s.keys'))
  return { messages: conversation.opening, keystrokes: keys, unsure: conversation.unsure }
}
