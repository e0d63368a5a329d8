import { describe, expect, it } from 'vitest'
import { fileLines } from '../../../../src/workbench/lsp/file-lines.ts'
import { isCountedClass, statementTokens, tokenAt } from '../../../../src/workbench/lsp/statement-tokens.ts'
import { sourceOf } from '../../signature/texts.ts'

const tokensOf = (text: string) => statementTokens(fileLines(sourceOf(text))[0]!)

describe('statementTokens', () => {
  it('counts packets, and says where each token stands', () => {
    const tokens = tokensOf('  tcp 22 + c12 (any s@1) : A')
    expect(tokens.filter(({ ordinal }) => ordinal > 0).map(({ text, ordinal }) => [text, ordinal])).toEqual([
      ['c12', 1],
      ['any', 2],
      ['s@1', 3],
    ])
    expect(tokens[0]).toMatchObject({ type: 'protocol', text: 'tcp', span: { start: 2, end: 5 } })
  })

  it('ends in one token at a mistake, and has none of a line that is too long', () => {
    expect(tokensOf('tcp 22 x12 c12 : A').map(({ type }) => type)).toEqual(['protocol', 'number', 'error'])
    expect(tokensOf(`tcp 22 ${'c1 '.repeat(6000)}: A`)).toEqual([])
  })
})

describe('tokenAt', () => {
  it('takes the later of two that meet, and the one that ends there', () => {
    const tokens = tokensOf('tcp 22 c1{2} : A')
    expect(tokens[tokenAt(tokens, 9)]?.text).toBe('{2}')
    expect(tokens[tokenAt(tokens, 12)]?.text).toBe('{2}')
    expect(tokens[tokenAt(tokens, 99)]).toBeUndefined()
  })
})

describe('isCountedClass', () => {
  it('knows classes by the word before', () => {
    const tokens = tokensOf('count a then b by client within 1h where hits > 1 : A')
    expect(tokens.filter((_, i) => isCountedClass(tokens, i)).map(({ text }) => text)).toEqual(['a', 'b'])
  })
})
