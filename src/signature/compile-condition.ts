// Conditions as the matcher takes them: numbers without units, times in µs.

import type { Condition } from '../model/program.ts'
import { quantityValue } from './quantity.ts'
import type { ConditionNode, ValueNode } from './statement.ts'

export function compileCondition(node: ConditionNode | ValueNode): Condition {
  switch (node.kind) {
    case 'number':
      return { kind: 'number', value: quantityValue(node) }
    case 'figure':
      return node
    case 'not':
      return { kind: 'not', of: compileCondition(node.of) }
    default:
      return { kind: node.kind, left: compileCondition(node.left), right: compileCondition(node.right) }
  }
}
