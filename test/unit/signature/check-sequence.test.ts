import { describe, expect, it } from 'vitest'
import { problemsOf } from './texts.ts'

describe('checkSequence', () => {
  it('refuses a pattern that matches without any packet', () => {
    expect(problemsOf('tcp * < c1? s2{,3} > : a')).toEqual(['S051 c1? s2{,3}'])
    expect(problemsOf('tcp * (c1? | s2){5} : a')).toEqual(['S051 (c1? | s2){5}'])
    expect(problemsOf('tcp * c1? s2 : a')).toEqual([])
  })

  it('refuses a pattern with too many steps', () => {
    expect(problemsOf('tcp * c1{1000} : a')).toEqual([])
    expect(problemsOf('tcp * (c1{100} s2){100} : a')).toEqual(['S052 (c1{100} s2){100}'])
  })

  it('says nothing of a pattern that has other faults', () => {
    expect(problemsOf('tcp * c@1? : a')).toEqual(['S015 c@1'])
  })
})
