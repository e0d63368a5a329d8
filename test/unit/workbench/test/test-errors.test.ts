import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../../../src/signature/compile-program.ts'
import { testErrors, unreadable } from '../../../../src/workbench/test/test-errors.ts'

describe('testErrors', () => {
  it('has errors with their places, and no warnings', () => {
    const text = 'tcp 22 c1 : a\ntcp 22 c1 : a\ntcp 22 x1 : broken\n'
    const { diagnostics } = compileProgram([{ name: 'a.sig', text }])
    expect(diagnostics.length).toBeGreaterThan(1)
    expect(testErrors(diagnostics)).toMatchObject([{ file: 'a.sig', line: 3, column: 8, code: 'S005' }])
  })

  it('has no place in a file that cannot be read', () => {
    expect(unreadable('a.sig', 'why')).toMatchObject({ file: 'a.sig', line: undefined, message: 'why' })
  })
})
