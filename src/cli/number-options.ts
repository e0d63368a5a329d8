// Numbers on a command line, as yargs gives them: checked, and complained of by their names.

import { OperatorError } from '../model/operator-error.ts'

type RawArguments = Readonly<Record<string, unknown>>

/** @throws OperatorError `usage` when it is none, or out of range */
export function numberIn(raw: RawArguments, name: string, least: number, most: number): number {
  const value = Number(raw[name])
  if (value >= least && value <= most) return value
  throw new OperatorError('usage', `--${name} must be a number from ${least} to ${most}`)
}

/** @throws OperatorError `usage` when it is no whole number, or out of range */
export function wholeIn(raw: RawArguments, name: string, least: number, most: number): number {
  const value = numberIn(raw, name, least, most)
  if (!Number.isInteger(value)) throw new OperatorError('usage', `--${name} must be a whole number`)
  return value
}
