// Warnings and hints about one statement: what can never match, what matches nearly everything, what says nothing.

import type { Diagnostic } from '../model/diagnostic.ts'
import type { ProgramElement } from '../model/program.ts'
import { lintCampaign } from './campaign-lint.ts'
import { diagnose } from './codes.ts'
import { compilePattern } from './compile-pattern.ts'
import { type ElementContext, elementProblem, formatElement, noPauseBefore } from './element-lint.ts'
import { patternSpan } from './pattern-span.ts'
import { isAnySize } from './sequence-breadth.ts'
import { lintSequence } from './sequence-lint.ts'
import type { ClassicStatement, LocatedStatement, PacketNode } from './statement.ts'

export function lintStatement(statement: LocatedStatement): readonly Diagnostic[] {
  const { ast } = statement
  switch (ast.kind) {
    case 'classic':
      return lintClassic(statement, ast)
    case 'sequence':
      return lintSequence(statement, ast)
    case 'campaign':
      return lintCampaign(statement, ast)
    default:
      return ast satisfies never
  }
}

function lintClassic(statement: LocatedStatement, ast: ClassicStatement): readonly Diagnostic[] {
  const { packetSpans, source } = statement
  const diagnostics: Diagnostic[] = []
  const context = contextOf(ast)
  for (const [i, packet] of ast.packets.entries()) {
    const problem = packetProblem(ast, packet, i, context)
    const span = packetSpans[i]
    if (problem !== undefined && span !== undefined)
      diagnostics.push(diagnose(problem.code, problem.message, source, span))
  }
  if (isBroad(ast)) {
    const message =
      ast.packets.length === 1
        ? 'any one packet makes a hit: nearly every flow has one, some thousands'
        : 'only directions are told, no size and no pause: nearly every flow matches'
    diagnostics.push(diagnose('S032', message, source, patternSpan(statement)))
  }
  return diagnostics
}

function contextOf({ protocol, isExact }: ClassicStatement): ElementContext {
  const whyExact = (bytes: number) => {
    if (isExact) return 'after `=` a size is exact'
    return bytes < 16 ? 'a size below 16 is exact' : undefined
  }
  return { protocol, whyExact }
}

function packetProblem(ast: ClassicStatement, packet: PacketNode, index: number, context: ElementContext) {
  if (ast.protocol !== 'tcp' && ast.atStart && index === 0 && packet.pauseBefore)
    return noPauseBefore(formatElement(packet))
  return elementProblem(packet, context)
}

/** True when the statement tells next to nothing of a flow. */
function isBroad(ast: ClassicStatement): boolean {
  const { elements } = compilePattern(ast)
  if (!elements.every(isAnyPacket)) return false
  // Between both anchors one packet asks for a flow of exactly one.
  if (elements.length === 1) return !(ast.atStart && ast.atEnd)
  return elements.every(({ pauseBefore }) => !pauseBefore)
}

function isAnyPacket({ low, high, reference }: ProgramElement): boolean {
  return reference === 0 && isAnySize(low, high)
}
