import { describe, expect, it } from 'vitest'
import { shortestWay } from '../../../../src/workbench/prove/shortest-way.ts'
import { StartLists } from '../../../../src/workbench/prove/start-lists.ts'
import { recogniser } from '../signatures.ts'

/** Which of the outer ones may begin at a place of the inner one. */
function begins(inner: string, at: number, ...outers: readonly string[]): readonly number[] {
  const lists = new StartLists()
  for (const [i, text] of outers.entries()) lists.file(recogniser(text), i)
  const found: number[] = []
  lists.find(recogniser(inner), shortestWay(recogniser(inner)), at, found)
  return [...new Set(found)].sort()
}

describe('StartLists', () => {
  it('finds by either of the first two sizes', () => {
    expect(
      begins('tcp * = c5 s12 c9', 0, 'tcp * = c5 s*', 'tcp * = c* s12', 'tcp * = c6 s12', 'tcp * = c5 s13'),
    ).toEqual([0, 1])
  })

  it('finds wide, large and single ones', () => {
    expect(
      begins(
        'tcp * = c5000 s12 c9',
        0,
        'tcp * = c*',
        'tcp * = c5000 s12',
        'tcp * = c4000..6000 any',
        'tcp * = c4000',
      ),
    ).toEqual([0, 1, 2])
    expect(begins('tcp * = s12 c9', 1, 'tcp * = c9', 'tcp * = c9 s1')).toEqual([0])
  })

  it('leaves out what is too long, on other ports, or tied to the start', () => {
    expect(
      begins(
        'tcp 22 = c1 c2 c3',
        1,
        'tcp * = c2 c3',
        'tcp * = c2 c3 c4',
        'tcp 23 = c2 c3',
        'tcp * = < c2 c3',
      ),
    ).toEqual([0])
  })
})
