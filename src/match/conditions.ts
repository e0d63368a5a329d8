// hot path
// Conditions over figures, compiled once to postfix programs. Truth is a number, 0 is false. A division by zero is
// infinite, and 0 when there is nothing to divide; what is then not a number is false.

import { assert } from '../core/assert.ts'
import { figuresIn } from '../model/condition-figures.ts'
import { type FigureSource, figureIndex, SSH_FIGURES } from '../model/figures.ts'
import type { Condition } from '../model/program.ts'

// An instruction is two words: what to do, and an index of a number or of a figure.
const OPERATIONS = [
  'number',
  'figure',
  'not',
  'and',
  'or',
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  '+',
  '-',
  '*',
  '/',
] as const satisfies readonly Condition['kind'][]
const NUMBER = 0
const FIGURE = 1
const NOT = 2

export class Conditions {
  readonly #code: Int32Array
  readonly #numbers: Float64Array
  /** Where the code of condition i begins; that of the next begins where it ends. */
  readonly #starts: Int32Array
  readonly #stack: Float64Array

  /** @param figureIndex - index of a name, to ask the source for */
  constructor(conditions: readonly (Condition | undefined)[], figureIndex: (name: string) => number) {
    const code: number[] = []
    const numbers: number[] = []
    let deepest = 0
    this.#starts = new Int32Array(conditions.length + 1)
    for (const [i, condition] of conditions.entries()) {
      if (condition !== undefined) deepest = Math.max(deepest, compile(condition, figureIndex, code, numbers))
      this.#starts[i + 1] = code.length
    }
    this.#code = Int32Array.from(code)
    this.#numbers = Float64Array.from(numbers)
    this.#stack = new Float64Array(deepest)
  }

  /** True when condition `index` holds for a flow, or there is none. */
  holds(index: number, flow: number, source: FigureSource): boolean {
    const code = this.#code
    const stack = this.#stack
    const end = this.#starts[index + 1]!
    let at = this.#starts[index]!
    if (at === end) return true
    let top = -1
    for (; at < end; at += 2) {
      const operation = code[at]!
      if (operation === NUMBER) stack[++top] = this.#numbers[code[at + 1]!]!
      else if (operation === FIGURE) stack[++top] = source.value(flow, code[at + 1]!)
      else if (operation === NOT) stack[top] = isTrue(stack[top]!) ? 0 : 1
      else {
        top--
        stack[top] = result(operation, stack[top]!, stack[top + 1]!)
      }
    }
    return isTrue(stack[0]!)
  }
}

/** True when a condition asks for nothing but SSH_FIGURES, and does not hold while all of them are 0. */
export function needsSsh(condition: Condition | undefined): boolean {
  if (condition === undefined || !figuresIn(condition).every((name) => Object.hasOwn(SSH_FIGURES, name)))
    return false
  return !new Conditions([condition], figureIndex).holds(0, 0, { value: () => 0 })
}

/** Appends the code of a condition. @returns the depth of stack that it needs */
function compile(
  condition: Condition,
  figureIndex: (name: string) => number,
  code: number[],
  numbers: number[],
): number {
  const operation = OPERATIONS.indexOf(condition.kind)
  switch (condition.kind) {
    case 'number':
      code.push(operation, numbers.push(condition.value) - 1)
      return 1
    case 'figure': {
      const figure = figureIndex(condition.name)
      assert(figure >= 0, 'a condition names figures that there are')
      code.push(operation, figure)
      return 1
    }
    case 'not': {
      const depth = compile(condition.of, figureIndex, code, numbers)
      code.push(operation, 0)
      return depth
    }
    default: {
      const left = compile(condition.left, figureIndex, code, numbers)
      const right = compile(condition.right, figureIndex, code, numbers)
      code.push(operation, 0)
      return Math.max(left, right + 1)
    }
  }
}

function isTrue(value: number): boolean {
  return value < 0 || value > 0
}

/** The cases follow OPERATIONS. */
function result(operation: number, left: number, right: number): number {
  switch (operation) {
    case 3:
      return isTrue(left) && isTrue(right) ? 1 : 0
    case 4:
      return isTrue(left) || isTrue(right) ? 1 : 0
    case 5:
      return left < right ? 1 : 0
    case 6:
      return left <= right ? 1 : 0
    case 7:
      return left > right ? 1 : 0
    case 8:
      return left >= right ? 1 : 0
    case 9:
      return left === right ? 1 : 0
    case 10:
      return left !== right ? 1 : 0
    case 11:
      return left + right
    case 12:
      return left - right
    case 13:
      return left * right
    default:
      return right === 0 && left === 0 ? 0 : left / right
  }
}
