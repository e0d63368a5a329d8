// Warnings about a statement that counts hits.

import type { Diagnostic } from '../model/diagnostic.ts'
import type { Condition } from '../model/program.ts'
import { diagnose } from './codes.ts'
import { compileCondition } from './compile-condition.ts'
import { lintCondition } from './condition-lint.ts'
import { patternSpan } from './pattern-span.ts'
import type { CampaignStatement, LocatedStatement } from './statement.ts'

export function lintCampaign(statement: LocatedStatement, ast: CampaignStatement): readonly Diagnostic[] {
  const problems = lintCondition(statement, ast.where)
  if (problems.length > 0 || ast.then !== undefined || !holdsAtOnce(ast)) return problems
  const message = `the first hit of \`${ast.of}\` is enough: this says no more than that hit`
  return [diagnose('S032', message, statement.source, patternSpan(statement))]
}

/** True when the condition holds as soon as one hit was counted. */
function holdsAtOnce({ where }: CampaignStatement): boolean {
  return evaluate(compileCondition(where)) !== 0
}

/** After the first hit: one of everything, and no time has passed. */
function evaluate(condition: Condition): number {
  switch (condition.kind) {
    case 'number':
      return condition.value
    case 'figure':
      return condition.name === 'duration' ? 0 : 1
    case 'not':
      return Number(evaluate(condition.of) === 0)
    default:
      return operate(condition.kind, evaluate(condition.left), evaluate(condition.right))
  }
}

function operate(
  kind: Exclude<Condition['kind'], 'number' | 'figure' | 'not'>,
  a: number,
  b: number,
): number {
  switch (kind) {
    case 'and':
      return Number(a !== 0 && b !== 0)
    case 'or':
      return Number(a !== 0 || b !== 0)
    case '<':
      return Number(a < b)
    case '<=':
      return Number(a <= b)
    case '>':
      return Number(a > b)
    case '>=':
      return Number(a >= b)
    case '==':
      return Number(a === b)
    case '!=':
      return Number(a !== b)
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a === 0 && b === 0 ? 0 : a / b
    default:
      return kind satisfies never
  }
}
