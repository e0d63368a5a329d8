import { describe, expect, it } from 'vitest'
import { ExitCode, exitCodeOf } from '../../../src/cli/exit-code.ts'

describe('exit codes', () => {
  it('are those that scripts rely on', () => {
    expect(ExitCode).toEqual({
      done: 0,
      findings: 1,
      usage: 2,
      input: 3,
      permission: 4,
      bug: 70,
      interrupted: 130,
      terminated: 143,
    })
  })

  it.each([
    ['usage', 2],
    ['input', 3],
    ['permission', 4],
  ] as const)('of an operator’s %s error is %d', (kind, code) => {
    expect(exitCodeOf(kind)).toBe(code)
  })
})
