// What conditions behind `where` are known to say: whether one can hold at all, and whether one follows from
// another. Only comparisons of one figure with one number are reasoned about; everything else may hold or not.

import type { Condition } from '../../model/program.ts'

/** A comparison of one figure with one number, figure first. */
interface Bound {
  readonly name: string
  readonly operator: '<' | '<=' | '>' | '>=' | '==' | '!='
  readonly value: number
}

/** One way in which a condition may hold: all of these together; `rest` stands for what is not understood. */
interface Case {
  readonly bounds: readonly Bound[]
  readonly rest: readonly Condition[]
}

const MOST_CASES = 64
const FLAGS = /^(?:speaks\.|weak\.|terrapin$|compressed$|c\.library$)/

/** True when it is certain that the condition never holds. */
export function neverHolds(condition: Condition): boolean {
  const cases = casesOf(condition, true)
  return cases?.every((one) => !isPossible(one)) ?? false
}

/** True when it is certain that the condition always holds. */
export function alwaysHolds(condition: Condition): boolean {
  const cases = casesOf(condition, false)
  return cases?.every((one) => !isPossible(one)) ?? false
}

/** True when it is certain that whenever `one` holds, so does `other`. */
export function implies(one: Condition | undefined, other: Condition | undefined): boolean {
  if (other === undefined) return true
  if (one === undefined) return alwaysHolds(other)
  const holding = casesOf(one, true)
  const failing = casesOf(other, false)
  if (holding === undefined || failing === undefined) return sameText(one, other)
  return holding.every((yes) => failing.every((no) => !isPossible(both(yes, no))))
}

/**
 * Values of figures with which all conditions hold.
 *
 * @param isFree - figures that can have any value whatever the elements are
 * @returns undefined when there are none, or none are certain
 */
export function figuresFor(
  conditions: readonly Condition[],
  isFree: (name: string) => boolean,
): ReadonlyMap<string, number> | undefined {
  let cases: readonly Case[] = [{ bounds: [], rest: [] }]
  for (const condition of conditions) {
    const more = casesOf(condition, true)
    if (more === undefined) return undefined
    cases = cases.flatMap((one) => more.map((other) => both(one, other)))
    if (cases.length > MOST_CASES) return undefined
  }
  for (const one of cases) {
    if (one.rest.length > 0 || !one.bounds.every(({ name }) => isFree(name))) continue
    const values = valuesOf(one.bounds)
    if (values !== undefined) return values
  }
  return undefined
}

function both(one: Case, other: Case): Case {
  return { bounds: [...one.bounds, ...other.bounds], rest: [...one.rest, ...other.rest] }
}

/** The ways in which a condition holds, or does not; undefined when they are too many. */
function casesOf(condition: Condition, holds: boolean): readonly Case[] | undefined {
  switch (condition.kind) {
    case 'not':
      return casesOf(condition.of, !holds)
    case 'and':
    case 'or': {
      const left = casesOf(condition.left, holds)
      const right = casesOf(condition.right, holds)
      if (left === undefined || right === undefined) return undefined
      if ((condition.kind === 'or') === holds) return limited([...left, ...right])
      if (left.length * right.length > MOST_CASES) return undefined
      return left.flatMap((one) => right.map((other) => both(one, other)))
    }
    default:
      return [comparisonCase(condition, holds)]
  }
}

function limited(cases: readonly Case[]): readonly Case[] | undefined {
  return cases.length > MOST_CASES ? undefined : cases
}

const TURNED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const
const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' } as const

function comparisonCase(condition: Condition, holds: boolean): Case {
  const told = holds ? condition : ({ kind: 'not', of: condition } as const)
  const unclear = { bounds: [], rest: [told] }
  switch (condition.kind) {
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=': {
      const { left, right } = condition
      const a = constantOf(left)
      const b = constantOf(right)
      if (a !== undefined && b !== undefined)
        return compare(condition.kind, a, b) === holds ? { bounds: [], rest: [] } : IMPOSSIBLE
      const isTurned = right.kind === 'figure'
      const figure = isTurned ? right : left
      const value = isTurned ? a : b
      if (figure.kind !== 'figure' || value === undefined || Number.isNaN(value)) return unclear
      const operator = isTurned ? TURNED[condition.kind] : condition.kind
      const bound = { name: figure.name, operator: holds ? operator : OPPOSITE[operator], value }
      return { bounds: [bound], rest: [] }
    }
    default:
      return unclear
  }
}

const IMPOSSIBLE: Case = { bounds: [{ name: 'packets', operator: '<', value: 0 }], rest: [] }

function compare(operator: Bound['operator'], a: number, b: number): boolean {
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '==':
      return a === b
    case '!=':
      return a !== b
    default:
      return operator satisfies never
  }
}

/** Value of a sum of numbers; undefined when a figure is in it. */
function constantOf(condition: Condition): number | undefined {
  switch (condition.kind) {
    case 'number':
      return condition.value
    case '+':
    case '-':
    case '*':
    case '/': {
      const a = constantOf(condition.left)
      const b = constantOf(condition.right)
      if (a === undefined || b === undefined) return undefined
      if (condition.kind === '+') return a + b
      if (condition.kind === '-') return a - b
      if (condition.kind === '*') return a * b
      return a === 0 && b === 0 ? 0 : a / b
    }
    default:
      return undefined
  }
}

/** False only when it is certain that not all of it can hold. */
function isPossible({ bounds, rest }: Case): boolean {
  const texts = new Set(rest.map((one) => JSON.stringify(one)))
  for (const one of rest) {
    const opposite = one.kind === 'not' ? one.of : ({ kind: 'not', of: one } as const)
    if (texts.has(JSON.stringify(opposite))) return false
  }
  return valuesOf(bounds) !== undefined
}

/** A value for each figure, within its bounds. Sound when it finds none: figures are numbers of which any will do. */
function valuesOf(bounds: readonly Bound[]): ReadonlyMap<string, number> | undefined {
  const values = new Map<string, number>()
  for (const { name } of bounds) {
    if (values.has(name)) continue
    const value = valueWithin(
      name,
      bounds.filter((bound) => bound.name === name),
    )
    if (value === undefined) return undefined
    values.set(name, value)
  }
  return values
}

function valueWithin(name: string, bounds: readonly Bound[]): number | undefined {
  const fits = (value: number) => bounds.every((bound) => compare(bound.operator, value, bound.value))
  if (FLAGS.test(name)) return [0, 1].find(fits)
  if (name === 'version') return [0, 1, 2].find(fits)
  const marks = [0, ...bounds.map(({ value }) => value)].filter(Number.isFinite).sort((a, b) => a - b)
  const candidates = marks.flatMap((mark, i) => {
    const next = marks[i + 1]
    const between = next === undefined ? mark + 1 : (mark + next) / 2
    return [mark, Math.floor(mark) + 1, between]
  })
  return candidates.find((value) => value >= 0 && fits(value))
}

function sameText(one: Condition, other: Condition): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
