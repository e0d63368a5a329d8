// Warnings about what stands behind `where`.

import type { Diagnostic } from '../model/diagnostic.ts'
import { diagnose } from './codes.ts'
import { patternSpan } from './pattern-span.ts'
import type { ConditionNode, LocatedStatement, ValueNode } from './statement.ts'

export function lintCondition(statement: LocatedStatement, where: ConditionNode): readonly Diagnostic[] {
  if (hasFigure(where)) return []
  const message = 'this condition compares no figure: it is always true or never'
  return [diagnose('S055', message, statement.source, patternSpan(statement))]
}

function hasFigure(node: ConditionNode | ValueNode): boolean {
  switch (node.kind) {
    case 'number':
      return false
    case 'figure':
      return true
    case 'not':
      return hasFigure(node.of)
    default:
      return hasFigure(node.left) || hasFigure(node.right)
  }
}
