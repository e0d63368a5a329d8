import { describe, expect, it } from 'vitest'
import {
  addMetadata,
  linesAbove,
  placeOfKey,
  removeStatement,
} from '../../../../src/workbench/check/statement-lines.ts'
import { statementOf } from '../../signature/texts.ts'

const TEXT = '# far\n\n# near\n#: sid=7 fp=a  sid=8\n#+ s12\ntcp 22 s12 c12 : A\n'

describe('the lines of a statement', () => {
  it('are those directly above it', () => {
    const statement = statementOf(TEXT)
    expect(linesAbove(statement).map(({ number }) => number)).toEqual([3, 4, 5])
    expect(linesAbove(statementOf('tcp 22 s12 c12 : A'))).toEqual([])
  })

  it('tell where a key stands', () => {
    const { start, end } = placeOfKey(statementOf(TEXT), 'sid')!
    expect(TEXT.slice(start, end)).toBe('sid=7')
    expect(placeOfKey(statementOf(TEXT), 'class')).toBeUndefined()
    expect(placeOfKey(statementOf('#: prose sid=7\ntcp 22 s12 c12 : A\n'), 'sid')).toBeUndefined()
  })

  it('take metadata in front, or on a line of their own', () => {
    const edited = (text: string) => {
      const { span, text: by } = addMetadata(statementOf(text), 'rev=2')
      return text.slice(0, span.start) + by + text.slice(span.end)
    }
    expect(edited('#: sid=7\r\ntcp 22 s12 c12 : A')).toBe('#: rev=2 sid=7\r\ntcp 22 s12 c12 : A')
    expect(edited('# a\r\ntcp 22 s12 c12 : A')).toBe('# a\r\n#: rev=2\r\ntcp 22 s12 c12 : A')
  })

  it('go with it, comments aside', () => {
    const spans = removeStatement(statementOf(TEXT)).map(({ span }) => TEXT.slice(span.start, span.end))
    expect(spans).toEqual(['#: sid=7 fp=a  sid=8\n', '#+ s12\n', 'tcp 22 s12 c12 : A\n'])
  })
})
