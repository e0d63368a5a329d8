// Reads what stands behind `where`. The grammar sees to it that conditions and values stand where they belong.

import { CAMPAIGN_FIGURES, FIGURES, SSH_FIGURES } from '../model/figures.ts'
import { nearestWord } from './nearest-word.ts'
import { isNumberUnit, isShort, isTimeUnit, NUMBER_UNITS, splitQuantity, TIME_UNITS } from './quantity.ts'
import { MAX_DEPTH, type Reading } from './reading.ts'
import type { ConditionNode, ValueNode } from './statement.ts'
import type { StatementToken } from './statement-lexer.ts'
import type { ConditionTree } from './syntax-tree.ts'
import { quote } from './visible.ts'

/** Which figures there are to compare. */
export type FigureScope = 'packets' | 'messages' | 'campaign'

const PACKET_FIGURES = Object.keys(FIGURES)
const ALL_FIGURES = { ...FIGURES, ...SSH_FIGURES, ...CAMPAIGN_FIGURES }
const SCOPES: Readonly<Record<FigureScope, readonly string[]>> = {
  packets: PACKET_FIGURES,
  messages: [...PACKET_FIGURES, ...Object.keys(SSH_FIGURES)],
  campaign: Object.keys(CAMPAIGN_FIGURES),
}
const UNITS = [...NUMBER_UNITS, ...TIME_UNITS]

/** undefined only when a problem was reported. */
export function readCondition(
  tree: ConditionTree,
  scope: FigureScope,
  reading: Reading,
): ConditionNode | undefined {
  const reader = new ConditionReader(scope, reading)
  return reader.condition(tree, 0)
}

class ConditionReader {
  readonly #scope: FigureScope
  readonly #reading: Reading

  constructor(scope: FigureScope, reading: Reading) {
    this.#scope = scope
    this.#reading = reading
  }

  condition(tree: ConditionTree, depth: number): ConditionNode | undefined {
    if (tree.kind === 'leaf' || this.#isTooDeep(tree.operator, depth)) return undefined
    if (tree.kind === 'not') {
      const of = this.condition(tree.of, depth + 1)
      return of && { kind: 'not', of }
    }
    const { text } = tree.operator
    if (text === 'and' || text === 'or') {
      const left = this.condition(tree.left, depth + 1)
      const right = this.condition(tree.right, depth + 1)
      return left && right && { kind: text, left, right }
    }
    const left = this.#value(tree.left, depth + 1)
    const right = this.#value(tree.right, depth + 1)
    const kind = (text === '=' ? '==' : text) as '<' | '<=' | '>' | '>=' | '==' | '!='
    return left && right && { kind, left, right }
  }

  #value(tree: ConditionTree, depth: number): ValueNode | undefined {
    if (tree.kind === 'leaf')
      return tree.token.type === 'figure' ? this.#figure(tree.token) : this.#number(tree.token)
    if (tree.kind === 'not' || this.#isTooDeep(tree.operator, depth)) return undefined
    const left = this.#value(tree.left, depth + 1)
    const right = this.#value(tree.right, depth + 1)
    return left && right && { kind: tree.operator.text as '+' | '-' | '*' | '/', left, right }
  }

  #figure(token: StatementToken): ValueNode | undefined {
    const { text: name } = token
    if (SCOPES[this.#scope].includes(name)) return { kind: 'figure', name }
    this.#reading.report('S019', figureProblem(name, this.#scope), this.#reading.spanOf(token))
    return undefined
  }

  #number(token: StatementToken): ValueNode | undefined {
    const quantity = splitQuantity(token.text)
    const { digits, unit } = quantity
    const span = this.#reading.spanOf(token)
    if (!isShort(quantity)) this.#reading.report('S054', `${quote(token.text)} has too many digits`, span)
    else if (unit === '') return { kind: 'number', digits, unit: undefined }
    else if (isTimeUnit(unit) || isNumberUnit(unit)) return { kind: 'number', digits, unit }
    else this.#reading.report('S046', unitProblem(unit), span)
    return undefined
  }

  #isTooDeep(token: StatementToken, depth: number): boolean {
    if (depth < MAX_DEPTH) return false
    const message = `the parts of a condition stand in one another at most ${MAX_DEPTH} deep`
    this.#reading.report('S053', message, this.#reading.spanOf(token))
    return true
  }
}

function figureProblem(name: string, scope: FigureScope): string {
  if (Object.hasOwn(ALL_FIGURES, name)) {
    const owner = Object.hasOwn(SSH_FIGURES, name) ? '`ssh` statements' : 'campaigns'
    return scope === 'campaign'
      ? `${quote(name)} is no figure of campaigns`
      : `${quote(name)} is a figure of ${owner} only`
  }
  const nearest = nearestWord(name, SCOPES[scope])
  const guess = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  return `${quote(name)} is no figure that is known${guess}`
}

function unitProblem(unit: string): string {
  const nearest = UNITS.find((known) => known.toLowerCase() === unit.toLowerCase())
  const guess = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  return `expected a unit of \`${UNITS.join('`, `')}\`, found ${quote(unit)}${guess}`
}
