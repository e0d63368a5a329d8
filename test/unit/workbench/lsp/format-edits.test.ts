import { describe, expect, it } from 'vitest'
import { formatSource } from '../../../../src/workbench/fmt/format-source.ts'
import { formatEdits } from '../../../../src/workbench/lsp/format-edits.ts'
import { sourceOf } from '../../signature/texts.ts'

function edited(text: string): readonly [replaced: string, result: string] {
  const [edit, ...others] = formatEdits(sourceOf(text))
  if (edit === undefined || others.length > 0) throw new Error('not one edit')
  const { start, end } = edit.span
  return [text.slice(start, end), text.slice(0, start) + edit.text + text.slice(end)]
}

describe('formatEdits', () => {
  it('edits the lines that need it', () => {
    expect(edited('# a\n\ntcp 022 s12 : A\n\n# b\n')).toEqual([
      'tcp 022 s12 : A\n',
      '# a\n\ntcp 22 s12 : A\n\n# b\n',
    ])
  })

  it.each([
    '\n\ntcp 22 s12 : A',
    'tcp 22 s12 : A\n\n\n',
    '# a\n\n\n# a\n\n\n# a',
    'tcp 22 s12 : A\r\n# b\r\n',
    '\n',
  ])('comes to the canonical form of %j', (text) => {
    expect(edited(text)[1]).toBe(formatSource(sourceOf(text)).text)
  })

  it('leaves what is canonical, or has errors', () => {
    expect(formatEdits(sourceOf('tcp 22 s12 : A\n'))).toEqual([])
    expect(formatEdits(sourceOf('tcp 022 x12 : A\n'))).toEqual([])
    expect(formatEdits(sourceOf(''))).toEqual([])
  })
})
