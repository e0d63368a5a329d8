import { describe, expect, it } from 'vitest'
import {
  commentProblem,
  found,
  guessOf,
  isProse,
  openParenthesis,
  unclosedProblem,
  wordAt,
} from '../../../src/signature/syntax-problem.ts'

describe('wordAt', () => {
  it('takes the word around a place, up to white space and marks', () => {
    expect(wordAt('tcp (x12,y|c1)', 6)).toEqual({ text: 'x12,y', start: 5, end: 10 })
    expect(wordAt('a<b', 2)).toEqual({ text: 'b', start: 2, end: 3 })
  })

  it('takes a mark alone, and nothing at the end', () => {
    expect(wordAt('a<b', 1)).toEqual({ text: '<', start: 1, end: 2 })
    expect(wordAt('ab ', 3)).toEqual({ text: '', start: 3, end: 3 })
  })
})

describe('openParenthesis', () => {
  it('finds the last that is not closed', () => {
    expect(openParenthesis('(a (b) c', 8)).toBe(0)
    expect(openParenthesis('(a (b', 5)).toBe(3)
    expect(openParenthesis('(a (b', 2)).toBe(0)
    expect(openParenthesis('(a) )', 5)).toBe(-1)
  })
})

describe('words of messages', () => {
  it('name what was found', () => {
    expect(found({ text: '', start: 3, end: 3 })).toBe('the end of the line')
    expect(found({ text: 'x', start: 3, end: 4 })).toBe('`x`')
    expect(guessOf('tcp')).toBe('; did you mean `tcp`?')
    expect(guessOf(undefined)).toBe('')
    expect(isProse({ text: 'Ab1', start: 0, end: 3 })).toBe(true)
    expect(isProse({ text: 'a1', start: 0, end: 2 })).toBe(false)
  })

  it('point at comments and open parentheses', () => {
    expect(commentProblem('a # b', 2)).toMatchObject({ code: 'S016', start: 2, end: 5 })
    expect(commentProblem('a b', 2)).toBeUndefined()
    expect(unclosedProblem(4, { text: ':', start: 9, end: 10 })).toMatchObject({
      code: 'S045',
      start: 4,
      end: 5,
    })
  })
})
