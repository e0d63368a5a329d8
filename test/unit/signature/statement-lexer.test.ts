import { describe, expect, it } from 'vitest'
import { statementLexer } from '../../../src/signature/statement-lexer.ts'

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = []
  statementLexer.reset(text)
  for (let token = statementLexer.next(); token !== undefined; token = statementLexer.next())
    tokens.push(`${token.type} ${token.text} ${token.offset}`)
  return tokens
}

describe('statementLexer', () => {
  it('cuts a statement into tokens and leaves white space out', () => {
    expect(tokensOf('tcp\t22 =<+c12 s27/15')).toEqual([
      'protocol tcp 0',
      'number 22 4',
      'mark = 7',
      'mark < 8',
      'mark + 9',
      'packet c12 10',
      'packet s27/15 14',
    ])
  })

  it('takes everything behind the first colon as description', () => {
    expect(tokensOf('c* : a : b # c')).toEqual(['packet c* 0', 'description : a : b # c 3'])
  })

  it('needs no white space between packets', () => {
    expect(tokensOf('s12c@1+c*')).toEqual(['packet s12 0', 'packet c@1 3', 'mark + 6', 'packet c* 7'])
  })

  it('knows the words and marks of the extended language', () => {
    expect(tokensOf('ssh 22-23,24 <auth (any? | c10..90{2,})')).toEqual([
      'protocol ssh 0',
      'number 22 4',
      'mark - 6',
      'number 23 7',
      'mark , 9',
      'number 24 10',
      'phase <auth 13',
      'mark ( 19',
      'packet any 20',
      'repeat ? 23',
      'mark | 25',
      'packet c10..90 27',
      'repeat {2,} 34',
      'mark ) 38',
    ])
  })

  it('tells an offset from a pause and a pause from a size', () => {
    expect(tokensOf('s@1+c2')).toEqual(['packet s@1 0', 'mark + 3', 'packet c2 4'])
    expect(tokensOf('s@1+16/2+c2')).toEqual(['packet s@1+16/2 0', 'mark + 8', 'packet c2 9'])
    expect(tokensOf('s@1+16s..20s c2')).toEqual([
      'packet s@1 0',
      'mark + 3',
      'span 16s..20s 4',
      'packet c2 13',
    ])
    expect(tokensOf('s@1+16c2')).toEqual(['packet s@1+16 0', 'packet c2 6'])
    expect(tokensOf('+?c2 +..5ms-rtt c2')).toEqual([
      'mark +? 0',
      'packet c2 2',
      'mark + 5',
      'span ..5ms-rtt 6',
      'packet c2 16',
    ])
    expect(tokensOf('+2s..c2')).toEqual(['mark + 0', 'span 2s.. 1', 'packet c2 5'])
  })

  it('takes a phase only as a whole word behind `<`', () => {
    expect(tokensOf('<s27/15')).toEqual(['mark < 0', 'packet s27/15 1'])
    expect(tokensOf('<session c1')).toEqual(['phase <session 0', 'packet c1 9'])
    expect(tokensOf('<sessions')).toEqual(['mark < 0', 'error sessions 1'])
    expect(tokensOf('< auth')).toEqual(['mark < 0', 'error auth 2'])
    expect(tokensOf('<channel')).toEqual(['phase <channel 0'])
  })

  it('takes a message where a lone direction stands before `:`', () => {
    expect(tokensOf('c:KEX s:ssh( 1 .. 2 ):KEX')).toEqual([
      'packet c:KEX 0',
      'packet s:ssh( 1 .. 2 ) 6',
      'description :KEX 21',
    ])
    expect(tokensOf('c12:KEX')).toEqual(['packet c12 0', 'description :KEX 3'])
    expect(tokensOf('c*:ssh(1)')).toEqual(['packet c* 0', 'description :ssh(1) 2'])
    expect(tokensOf('c:kex')).toEqual(['error c:kex 0'])
  })

  it('has other tokens behind `where`', () => {
    expect(tokensOf('c1 where c.bytes*2>=10s and not 2%<1:a')).toEqual([
      'packet c1 0',
      'where where 3',
      'figure c.bytes 9',
      'mark * 16',
      'quantity 2 17',
      'comparison >= 18',
      'quantity 10s 20',
      'connective and 24',
      'connective not 28',
      'quantity 2% 32',
      'comparison < 34',
      'quantity 1 35',
      'description :a 36',
    ])
    expect(statementLexer.part).toBe('condition')
  })

  it('has other tokens behind `count`', () => {
    expect(tokensOf('count a.b then c-d by pair within 1.5h where')).toEqual([
      'count count 0',
      'word a.b 6',
      'connective then 10',
      'word c-d 15',
      'connective by 19',
      'word pair 22',
      'connective within 27',
      'quantity 1.5h 34',
      'where where 39',
    ])
  })

  it('begins each statement anew', () => {
    expect(tokensOf('tcp * where 1')).toContain('quantity 1 12')
    expect(tokensOf('c1')).toEqual(['packet c1 0'])
    expect(statementLexer.part).toBe('pattern')
  })

  it('puts everything from the first character that fits nowhere into one error token', () => {
    expect(tokensOf('c12 x12 : a')).toEqual(['packet c12 0', 'error x12 : a 4'])
  })

  it('knows no protocol by its beginning', () => {
    expect(tokensOf('icmp6 *')).toEqual(['error icmp6 * 0'])
  })

  it('offers what nearley asks of a lexer', () => {
    expect(statementLexer.save()).toEqual({})
    expect(statementLexer.formatError(undefined, 'message')).toBe('message')
    expect(statementLexer.has('packet')).toBe(true)
    expect(statementLexer.has('comparison')).toBe(true)
    expect(statementLexer.has('gap')).toBe(false)
  })
})
