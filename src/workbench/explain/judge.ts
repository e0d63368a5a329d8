// Whether a condition holds, and if not which of its comparisons fail and by how much.

import { formatCondition } from '../../signature/format-condition.ts'
import { isTimeUnit, quantityValue } from '../../signature/quantity.ts'
import type { ConditionNode, ValueNode } from '../../signature/statement.ts'
import { formatMicros } from './span-text.ts'

export interface Verdict {
  readonly holds: boolean
  /** From 0, it holds, to 1: how far from holding it is. */
  readonly cost: number
  /** Of the comparisons that keep it from holding, each: what was found, and how far it is off. */
  readonly failures: readonly Failure[]
}

export interface Failure {
  readonly text: string
  /** µs where times are compared. */
  readonly by: number | undefined
}

const HELD: Verdict = { holds: true, cost: 0, failures: [] }
const TIMES = /^(?:duration|idle|wait|think(?:\.(?:shortest|longest))?|[cs]\.keys\.(?:p10|p50|p90|longest))$/

/** @param figureOf - of a figure, by name */
export function judge(node: ConditionNode, figureOf: (name: string) => number): Verdict {
  switch (node.kind) {
    case 'and': {
      const parts = conjuncts(node).map((part) => judge(part, figureOf))
      const cost = parts.reduce((sum, part) => sum + part.cost / parts.length, 0)
      return { holds: cost === 0, cost, failures: parts.flatMap(({ failures }) => failures) }
    }
    case 'or': {
      const left = judge(node.left, figureOf)
      const right = judge(node.right, figureOf)
      if (left.holds || right.holds) return HELD
      const cost = Math.min(left.cost, right.cost)
      return { holds: false, cost, failures: [...left.failures, ...right.failures] }
    }
    case 'not':
      if (!judge(node.of, figureOf).holds) return HELD
      return {
        holds: false,
        cost: 0.6,
        failures: [{ text: `\`${formatCondition(node)}\`: it holds`, by: undefined }],
      }
    default: {
      const left = reckon(node.left, figureOf)
      const right = reckon(node.right, figureOf)
      if (compare(node.kind, left, right)) return HELD
      return comparisonFailed(node, left, right)
    }
  }
}

/** What `and` joins, however it is nested. */
function conjuncts(node: ConditionNode): readonly ConditionNode[] {
  return node.kind === 'and' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node]
}

type Comparison = Exclude<ConditionNode, { kind: 'and' | 'or' | 'not' }>

function comparisonFailed(node: Comparison, left: number, right: number): Verdict {
  const isTime = hasTime(node.left) || hasTime(node.right)
  const show = (value: number) => (isTime ? formatTime(value) : formatNumber(value))
  const sides = [
    [node.left, left],
    [node.right, right],
  ] as const
  const found = sides
    .filter(([value]) => value.kind !== 'number')
    .map(([value, number]) => `${formatCondition(value)} is ${show(number)}`)
  const by = Math.abs(left - right)
  const distance = node.kind === '!=' || by === 0 || !Number.isFinite(by) ? '' : `, ${show(by)} off`
  const cost = 0.2 + 0.7 * Math.min(by / Math.max(Math.abs(left), Math.abs(right), 1e-9), 1)
  const text = `\`${formatCondition(node)}\`: ${found.join(', ')}${distance}`
  return { holds: false, cost: Number.isFinite(cost) ? cost : 0.9, failures: [{ text, by }] }
}

function compare(kind: Comparison['kind'], left: number, right: number): boolean {
  switch (kind) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '==':
      return left === right
    case '!=':
      return left !== right
    default:
      return kind satisfies never
  }
}

function reckon(node: ValueNode, figureOf: (name: string) => number): number {
  if (node.kind === 'number') return quantityValue(node)
  if (node.kind === 'figure') return figureOf(node.name)
  const left = reckon(node.left, figureOf)
  const right = reckon(node.right, figureOf)
  switch (node.kind) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left === 0 && right === 0 ? 0 : left / right
    default:
      return node satisfies never
  }
}

function hasTime(node: ValueNode): boolean {
  if (node.kind === 'number') return isTimeUnit(node.unit)
  if (node.kind === 'figure') return TIMES.test(node.name)
  if (node.kind === '/') return hasTime(node.left) && !hasTime(node.right)
  return hasTime(node.left) || hasTime(node.right)
}

function formatTime(micros: number): string {
  return micros < 0 ? `-${formatMicros(-micros)}` : formatMicros(micros)
}

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)))
}

/** Names of the figures that a condition asks for. */
export function figuresOf(node: ConditionNode | ValueNode): readonly string[] {
  if (node.kind === 'number') return []
  if (node.kind === 'figure') return [node.name]
  if (node.kind === 'not') return figuresOf(node.of)
  return [...new Set([...figuresOf(node.left), ...figuresOf(node.right)])]
}
