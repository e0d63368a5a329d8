import { describe, expect, it } from 'vitest'
import { lintStatement } from '../../../src/signature/statement-lint.ts'
import { pointed, statementOf } from './texts.ts'

function lintOf(text: string): readonly string[] {
  return lintStatement(statementOf(text)).map(pointed)
}

describe('lintStatement', () => {
  it('says nothing of the statements of the announcement', () => {
    expect(lintOf('tcp * = < s27/15 c27/15 s300/100 > : a')).toEqual([])
    expect(lintOf('tcp * = s12 c@1 s28 + c52 s@1 c@1 s@3 : a')).toEqual([])
  })

  it('warns of empty TCP packets, which never come', () => {
    expect(lintOf('tcp 22 c0 + s0/0 c1/1 : a')).toEqual(['S033 c0', 'S033 + s0/0'])
    expect(lintOf('udp 22 c0 s0 : a')).toEqual([])
  })

  it('warns of datagrams that are too large', () => {
    expect(lintOf('udp 22 c65528 s65537/10 : a')).toEqual(['S033 c65528'])
    expect(lintOf('tcp 22 c65528 : a')).toEqual([])
  })

  it('warns of a pause before the first datagram of a flow', () => {
    expect(lintOf('udp 22 < + c1 + s1 : a')).toEqual(['S033 + c1'])
    expect(lintOf('udp 22 + c1 : a')).toEqual([])
    expect(lintOf('tcp 22 < + c1 : a')).toEqual([])
  })

  it('warns of patterns that nearly every flow matches', () => {
    expect(lintOf('tcp 22 = < c* : a')).toEqual(['S032 tcp 22 = < c*'])
    expect(lintOf('tcp 22 c* > : a')).toEqual(['S032 tcp 22 c* >'])
    expect(lintOf('tcp * + s* : a')).toEqual(['S032 tcp * + s*'])
    expect(lintOf('tcp * c* s* c730/729 : a')).toEqual(['S032 tcp * c* s* c730/729'])
  })

  it('takes a flow of exactly one packet for something', () => {
    expect(lintOf('tcp 22 = < c* > : a')).toEqual([])
    expect(lintOf('udp * < s* > : a')).toEqual([])
    expect(lintOf('tcp * < + s700/699 > : a')).toEqual([])
  })

  it('takes pauses, references and sizes for something', () => {
    expect(lintOf('tcp * c* + s* : a')).toEqual([])
    expect(lintOf('tcp * c* s@1 : a')).toEqual([])
    expect(lintOf('tcp * c* s10 : a')).toEqual([])
    expect(lintOf('tcp * c1 : a')).toEqual([])
  })

  it('hints at ranges that begin below zero', () => {
    expect(lintOf('udp 22 c10/11 s10/10 : a')).toEqual(['S034 c10/11'])
  })

  it('hints at `/0` where it changes nothing', () => {
    expect(lintOf('tcp 22 c15/0 s16/0 : a')).toEqual(['S035 c15/0'])
    expect(lintOf('tcp 22 = c16/0 : a')).toEqual(['S035 c16/0'])
  })
})
