import { describe, expect, it } from 'vitest'
import { readCheckArguments, readFmtArguments } from '../../../src/cli/check-options.ts'

describe('readCheckArguments', () => {
  it('has defaults', () => {
    expect(readCheckArguments({})).toEqual({
      files: [],
      format: 'text',
      fix: false,
      overlaps: false,
      rules: undefined,
      severity: [],
      maxSeverity: 'hint',
    })
  })

  it('takes --strict for --max-severity none', () => {
    expect(readCheckArguments({ strict: true, 'max-severity': 'warning' }).maxSeverity).toBe('none')
    expect(readCheckArguments({ 'max-severity': 'warning' }).maxSeverity).toBe('warning')
  })
})

describe('readFmtArguments', () => {
  it('has defaults', () => {
    const defaults = { check: false, stdout: false, format: 'text' }
    expect(readFmtArguments({ files: ['a.sig', '-'] })).toEqual({ files: ['a.sig', '-'], ...defaults })
  })
})
