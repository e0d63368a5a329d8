import { describe, expect, it } from 'vitest'
import { hideHyphens, restoreHyphens, showHyphens } from '../../../src/cli/bare-hyphens.ts'

describe('a bare hyphen', () => {
  it('is no word for yargs, and is one again for the command', () => {
    const hidden = hideHyphens(['check', '-', 'a-b', '-x', '--'])
    expect(hidden.filter((word) => word === '-')).toEqual([])
    expect([hidden[0], ...hidden.slice(2)]).toEqual(['check', 'a-b', '-x', '--'])
    const parsed: Record<string, unknown> = { files: hidden, junit: hidden[1], threshold: 5, fix: true }
    restoreHyphens(parsed)
    const files = ['check', '-', 'a-b', '-x', '--']
    expect(parsed).toEqual({ files, junit: '-', threshold: 5, fix: true })
    expect(showHyphens(`unknown: ${hidden[1]}`)).toBe('unknown: -')
  })

  it('stays where a word is to be completed', () => {
    expect(hideHyphens(['--get-yargs-completions', 'gait', '-'])).toContain('-')
  })
})
