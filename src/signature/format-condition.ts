// Writes a condition in canonical form: parentheses only where the tree needs them.

import { formatQuantity } from './quantity.ts'
import type { ConditionNode, ValueNode } from './statement.ts'

/** How tightly each kind holds its parts together. */
const TIGHTNESS = {
  or: 1,
  and: 2,
  not: 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '==': 4,
  '!=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  number: 7,
  figure: 7,
} as const

/** `c.bytes * 5 < s.bytes and not duration < 10s` */
export function formatCondition(node: ConditionNode | ValueNode): string {
  switch (node.kind) {
    case 'number':
      return formatQuantity(node)
    case 'figure':
      return node.name
    case 'not':
      return `not ${formatPart(node.of, TIGHTNESS.not)}`
    default: {
      const own = TIGHTNESS[node.kind]
      const operator = node.kind === '==' ? '=' : node.kind
      // Of equals the left comes first, so a right part of the same tightness was in parentheses.
      return `${formatPart(node.left, own)} ${operator} ${formatPart(node.right, own + 1)}`
    }
  }
}

function formatPart(node: ConditionNode | ValueNode, tightness: number): string {
  const text = formatCondition(node)
  return TIGHTNESS[node.kind] < tightness ? `(${text})` : text
}
