// Which figures a condition asks for.

import type { Condition } from './program.ts'

/** Their names, some perhaps twice. */
export function figuresIn(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return []
  switch (condition.kind) {
    case 'number':
      return []
    case 'figure':
      return [condition.name]
    case 'not':
      return figuresIn(condition.of)
    default:
      return [...figuresIn(condition.left), ...figuresIn(condition.right)]
  }
}
