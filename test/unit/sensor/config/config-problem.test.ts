import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import { ConfigError, formatConfigProblem } from '../../../../src/sensor/config/config-problem.ts'

const source = { name: 'gait.yaml', text: 'exact: true\nthreshold: fast\n' }
const inFile = { kind: 'file', source, span: { start: 23, end: 27 }, message: 'found it' } as const
const inFlag = { kind: 'flag', flag: 'threshold', message: 'found \u001b' } as const

describe('a problem', () => {
  it('in a file has line, column and a caret', () => {
    expect(formatConfigProblem(inFile)).toBe('gait.yaml:2:12: found it\n  threshold: fast\n             ^~~~')
  })

  it('of a flag names it, and drives no terminal', () => {
    expect(formatConfigProblem(inFlag)).toBe('gait: --threshold: found \\u{1b}')
  })
})

describe('a configuration error', () => {
  it('has all problems in its message', () => {
    const error = new ConfigError([inFile, inFlag])
    expect(error).toBeInstanceOf(OperatorError)
    expect(error.problems).toEqual([inFile, inFlag])
    expect(error.message).toBe(`${formatConfigProblem(inFile)}\n${formatConfigProblem(inFlag)}`)
  })

  it('is one of the input when a file is wrong, else of usage', () => {
    expect(new ConfigError([inFlag, inFile]).code).toBe('input')
    expect(new ConfigError([inFlag]).code).toBe('usage')
  })
})
