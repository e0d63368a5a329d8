import { describe, expect, it } from 'vitest'
import { sourceLines } from '../../../../src/signature/source-lines.ts'
import { formatMetadata } from '../../../../src/workbench/fmt/format-metadata.ts'
import { sourceOf } from '../../signature/texts.ts'

const formatted = (...lines: readonly string[]) =>
  formatMetadata([...sourceLines(sourceOf(lines.join('\n')))])

describe('formatMetadata', () => {
  it('puts keys in order, from all lines', () => {
    expect(formatted('#: fp=x y', '#: tell=a limit=2', '#: rev=3 sid=1').lines).toEqual([
      '#: sid=1 rev=3 limit=2 tell=a fp=x y',
    ])
  })

  it('writes numbers without needless zeros', () => {
    expect(formatted('#: sid=007 confidence=0.90').lines).toEqual(['#: sid=7 confidence=0.9'])
    expect(formatted('#: confidence=1.000').lines).toEqual(['#: confidence=1'])
    expect(formatted('#: confidence=0.000000100').lines).toEqual(['#: confidence=0.0000001'])
    expect(formatted('#: confidence=0').lines).toEqual(['#: confidence=0'])
  })

  it('gives back what is no metadata', () => {
    expect(formatted('#: sid=1 and so on')).toEqual({ lines: ['#: sid=1'], comments: ['# and so on'] })
    expect(formatted('#:')).toEqual({ lines: [], comments: [] })
  })
})
