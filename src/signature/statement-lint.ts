// Warnings and hints about one statement: what can never match, what matches nearly everything, what says nothing.

import type { Diagnostic, Span } from '../model/diagnostic.ts'
import type { ProgramElement } from '../model/program.ts'
import { type Code, diagnose } from './codes.ts'
import { compilePattern } from './compile-pattern.ts'
import { formatPacket } from './format-statement.ts'
import type { LocatedStatement, PacketNode } from './statement.ts'

/** Payload that one datagram can carry: 65535 less the UDP header (over IPv6). */
const LARGEST_DATAGRAM = 65_527
/** A range from 1 (or 0) to here tells hardly any TCP segment of an Ethernet from another. */
const FULL_SEGMENT = 1400

export function lintStatement(statement: LocatedStatement): readonly Diagnostic[] {
  const { ast, packetSpans, source } = statement
  const diagnostics: Diagnostic[] = []
  for (const [i, packet] of ast.packets.entries()) {
    const problem = packetProblem(statement, packet, i)
    const span = packetSpans[i]
    if (problem !== undefined && span !== undefined)
      diagnostics.push(diagnose(problem.code, problem.message, source, span))
  }
  if (isBroad(statement)) {
    const message =
      ast.packets.length === 1
        ? 'any one packet makes a hit: nearly every flow has one, some thousands'
        : 'only directions are told, no size and no pause: nearly every flow matches'
    diagnostics.push(diagnose('S032', message, source, patternSpan(statement)))
  }
  return diagnostics
}

interface Problem {
  readonly code: Code
  readonly message: string
}

function packetProblem({ ast }: LocatedStatement, packet: PacketNode, index: number): Problem | undefined {
  const { size } = packet
  const text = formatPacket({ ...packet, pauseBefore: false })
  if (ast.protocol !== 'tcp' && ast.atStart && index === 0 && packet.pauseBefore) {
    const message = `no pause can come before the first datagram of a flow: \`+ ${text}\` never matches after \`<\``
    return { code: 'S033', message }
  }
  if (size.kind !== 'bytes' && size.kind !== 'range') return undefined
  const distance = size.kind === 'range' ? size.distance : 0
  if (ast.protocol === 'tcp' && size.bytes + distance === 0) {
    const message = `a TCP segment without payload is no packet of a signature: \`${text}\` never matches`
    return { code: 'S033', message }
  }
  if (ast.protocol !== 'tcp' && size.bytes - distance > LARGEST_DATAGRAM) {
    const message = `no datagram is larger than ${LARGEST_DATAGRAM} bytes: \`${text}\` never matches`
    return { code: 'S033', message }
  }
  if (distance > size.bytes) {
    const high = size.bytes + distance
    return { code: 'S034', message: `\`${text}\` begins below zero: it means 0 to ${high} bytes` }
  }
  if (size.kind === 'range' && distance === 0 && (ast.isExact || size.bytes < 16)) {
    const why = ast.isExact ? 'after `=` a size is exact' : 'a size below 16 is exact'
    return { code: 'S035', message: `${why}: \`${text}\` is the same without \`/0\`` }
  }
  return undefined
}

/** True when the statement tells next to nothing of a flow. */
function isBroad({ ast }: LocatedStatement): boolean {
  const { elements } = compilePattern(ast)
  if (!elements.every(isAnySize)) return false
  // Between both anchors one packet asks for a flow of exactly one.
  if (elements.length === 1) return !(ast.atStart && ast.atEnd)
  return elements.every(({ pauseBefore }) => !pauseBefore)
}

function isAnySize({ low, high, reference }: ProgramElement): boolean {
  return reference === 0 && low <= 1 && high >= FULL_SEGMENT
}

/** The statement up to its description. */
export function patternSpan({ span, descriptionSpan, source }: LocatedStatement): Span {
  const end = span.start + source.text.slice(span.start, descriptionSpan.start).trimEnd().length
  return { start: span.start, end }
}
