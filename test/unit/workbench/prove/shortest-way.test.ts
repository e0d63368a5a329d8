import { describe, expect, it } from 'vitest'
import { shortestWay } from '../../../../src/workbench/prove/shortest-way.ts'
import { recogniser } from '../signatures.ts'

const wayOf = (text: string) => shortestWay(recogniser(text)).map(({ low, high }) => `${low}..${high}`)

describe('shortestWay', () => {
  it('goes through groups the shortest way', () => {
    expect(wayOf('tcp * c1 (c2 c3 | c4..9) s5? c6 >')).toEqual(['1..1', '4..9', '6..6'])
  })

  it('knows what sizes come to that refer to others', () => {
    expect(wayOf('tcp * c10..20 s@1+5 c@2/2')).toEqual(['10..20', '15..25', '13..27'])
  })

  it('is empty for a condition alone', () => {
    expect(wayOf('tcp * where packets > 3')).toEqual([])
  })
})
