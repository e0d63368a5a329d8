import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatStatement } from '../../../../src/signature/format-statement.ts'
import { parseSignatures } from '../../../../src/signature/parse-signatures.ts'
import { formatSource } from '../../../../src/workbench/fmt/format-source.ts'
import { campaignStatement, classicStatement, sequenceStatement } from '../../signature/random-statements.ts'
import { sourceOf } from '../../signature/texts.ts'

function formatted(...lines: readonly string[]): string {
  const { text } = formatSource(sourceOf(lines.join('\n')))
  if (text === undefined) throw new Error('refused')
  return text
}

describe('formatSource', () => {
  it('writes statements in canonical form', () => {
    expect(formatted('tcp  022=s012   c12:Example  ')).toBe('tcp 22 = s12 c12 : Example\n')
  })

  it('keeps comments, and groups of lines, with one blank line between', () => {
    expect(formatted('', '  # one  ', '#  two', '', '', 'tcp 22 s12 : A', '# three', '', '')).toBe(
      '# one\n#  two\n\ntcp 22 s12 : A\n# three\n',
    )
  })

  it('puts metadata in order, on one line', () => {
    expect(
      formatted('#: severity=02 class=a.b', '# why', '#:sid=7 fp=a  b', '#: also=x also=y', 'tcp 22 s12 : A'),
    ).toBe('#: sid=7 class=a.b also=x also=y severity=2 fp=a  b\n# why\ntcp 22 s12 : A\n')
  })

  it('joins lists and drops what is in them twice', () => {
    expect(formatted('#: mitre=T1110 mitre=T1110,T1078 tell=a,b', 'tcp 22 s12 : A')).toBe(
      '#: mitre=T1110,T1078 tell=a,b\ntcp 22 s12 : A\n',
    )
  })

  it('breaks long metadata into lines', () => {
    const links = ['a', 'b', 'c'].map((letter) => `https://example.org/${letter.repeat(40)}`)
    expect(
      formatted(
        `#: fp=none ${'x'.repeat(30)}`,
        `#: reference=${links.join(' reference=')}`,
        'tcp 22 s12 : A',
      ),
    ).toBe(
      `#: reference=${links[0]}\n#: reference=${links[1]}\n#: reference=${links[2]} fp=none ${'x'.repeat(30)}\ntcp 22 s12 : A\n`,
    )
  })

  it('keeps unknown keys, and makes a comment of what is one', () => {
    expect(formatted('#: owner=me refused passwords', '#: sid=7 fp=x', 'tcp 22 s12 : A')).toBe(
      '# refused passwords\n#: sid=7 owner=me fp=x\ntcp 22 s12 : A\n',
    )
  })

  it('keeps examples, white space aside', () => {
    expect(
      formatted('#+  2x <  s12   c12 ', '#- file:captures/a  b.pcap ', '#: sid=7', 'tcp 22 s12 : A'),
    ).toBe('#+ 2x < s12 c12\n#- file:captures/a  b.pcap\n#: sid=7\ntcp 22 s12 : A\n')
  })

  it('leaves metadata alone that no statement follows', () => {
    expect(formatted('#: severity=1 sid=7 ', '', 'tcp 22 s12 : A')).toBe(
      '#: severity=1 sid=7\n\ntcp 22 s12 : A\n',
    )
  })

  it('writes line feeds, whatever the file had, and no byte order mark', () => {
    expect(formatSource(sourceOf('\ufefftcp 22 s12 : A\r\n\r\ntcp 22 s13 : B\r')).text).toBe(
      'tcp 22 s12 : A\n\ntcp 22 s13 : B\n',
    )
  })

  it('makes nothing of nothing', () => {
    expect(formatted('', '  ')).toBe('')
  })

  it('refuses a file with errors, and reports them all', () => {
    const { text, errors } = formatSource(sourceOf('tcp 22 x12 : A\n#: severity=high\ntcp 22 s12 : B\n'))
    expect(text).toBeUndefined()
    expect(errors.map(({ code }) => code)).toEqual(['S005', 'S022'])
  })
})

// --- properties

const space = fc.constantFrom('', ' ', '  ', '\t')
const word = fc.constantFrom(
  'sid=7',
  'sid=012',
  'rev=2',
  'class=a.b',
  'also=c',
  'also=d',
  'severity=1',
  'limit=3',
  'mitre=T1110',
  'mitre=T1078,T1110',
  'confidence=0.90',
  'confidence=0.000000001',
  'tell=duration,method',
  'reference=RFC4253',
  'owner=me',
  'fp=one  two',
  'fp=three',
  'prose',
  'reference=https://example.org/a-long-way-to-go/until-the-line-is-full/of-words-without-a-space',
)
const statement = fc.oneof(classicStatement, sequenceStatement, campaignStatement).map(formatStatement)
const line = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(space, fc.array(word, { maxLength: 5 }))
      .map(([gap, words]) => `#:${gap}${words.join(' ')}`),
  },
  { weight: 3, arbitrary: statement.map((text) => text.replace(' ', '   ')) },
  { weight: 1, arbitrary: fc.constantFrom('', '', '# a comment', '#+ s12  c12', '#- file:a  b', '#') },
)
const file = fc
  .array(
    fc.tuple(space, line, space).map((parts) => parts.join('')),
    { maxLength: 12 },
  )
  .map((lines) => lines.join('\n'))

/** What a file says, places aside. */
function saidBy(text: string) {
  return parseSignatures(sourceOf(text)).statements.map(({ ast, metadata }) => ({
    ast,
    metadata: { ...metadata, sidSpan: undefined },
  }))
}

describe('formatting any file', () => {
  it('changes nothing of what it says', () => {
    fc.assert(
      fc.property(file, (text) => {
        const after = formatSource(sourceOf(text)).text
        if (after !== undefined) expect(saidBy(after)).toEqual(saidBy(text))
      }),
      { numRuns: 400 },
    )
  })

  it('a second time changes nothing', () => {
    fc.assert(
      fc.property(file, (text) => {
        const after = formatSource(sourceOf(text)).text
        if (after !== undefined) expect(formatSource(sourceOf(after)).text).toBe(after)
      }),
      { numRuns: 400 },
    )
  })

  it('keeps comments and examples', () => {
    fc.assert(
      fc.property(file, (text) => {
        const count = (of: string) =>
          of.split('\n').filter((one) => /^\s*#( a comment|[+-])/.test(one)).length
        const after = formatSource(sourceOf(text)).text
        if (after !== undefined) expect(count(after)).toBe(count(text))
      }),
    )
  })
})
