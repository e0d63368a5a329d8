import { describe, expect, it } from 'vitest'
import {
  exchangeKindOf,
  fileLines,
  lineAt,
  parsedOf,
  statementBelow,
  statementOn,
} from '../../../../src/workbench/lsp/file-lines.ts'
import { sourceOf } from '../../signature/texts.ts'

const source = sourceOf('# a\r\n #: sid=7\r\n#+ s12\r\n#-----\r\ntcp 22 s12 : A\r\n\r\n#- c:NONE\r\n')

describe('fileLines', () => {
  it('tells what each line is', () => {
    expect(fileLines(source).map(({ kind, text }) => [kind, text])).toEqual([
      ['comment', '# a'],
      ['metadata', '#: sid=7'],
      ['example', '#+ s12'],
      ['comment', '#-----'],
      ['statement', 'tcp 22 s12 : A'],
      ['example', '#- c:NONE'],
    ])
  })
})

describe('lineAt', () => {
  it('finds the line of an offset, also a blank one', () => {
    expect(lineAt(source, 7)).toMatchObject({ number: 2, kind: 'metadata', text: '#: sid=7' })
    const blank = source.text.indexOf('\r\n\r\n') + 2
    expect(lineAt(source, blank)).toMatchObject({ kind: 'blank', span: { start: blank, end: blank } })
    expect(lineAt(source, source.text.length)).toMatchObject({ kind: 'blank' })
  })
})

describe('statementBelow', () => {
  it('skips comments, and ends at a blank line', () => {
    const lines = fileLines(source)
    expect(statementBelow(lines[0]!)?.text).toBe('tcp 22 s12 : A')
    expect(exchangeKindOf(statementBelow(lines[0]!))).toBe('packets')
    expect(statementBelow(lines.at(-1)!)).toBeUndefined()
    const [above] = fileLines(sourceOf('# a\n\ntcp 22 s12 : A'))
    expect(statementBelow(above!)).toBeUndefined()
    expect(statementBelow(fileLines(sourceOf('# a'))[0]!)).toBeUndefined()
  })
})

describe('exchangeKindOf', () => {
  it('goes by the first word', () => {
    const kinds = ['ssh * c', 'count a', 'icmp', '*'].map((text) =>
      exchangeKindOf(fileLines(sourceOf(text))[0]),
    )
    expect(kinds).toEqual(['messages', 'hits', 'packets', undefined])
    expect(exchangeKindOf(undefined)).toBeUndefined()
  })
})

describe('parsedOf', () => {
  it('parses a text once', () => {
    expect(parsedOf(source)).toBe(parsedOf(source))
    expect(statementOn(fileLines(source)[4]!)?.ast.description).toBe('A')
    expect(statementOn(fileLines(source)[0]!)).toBeUndefined()
  })
})
