import { describe, expect, it } from 'vitest'
import { contiguousBlocks, gappedAlignment } from '../../../../src/workbench/learn/align.ts'
import { specimensOf } from '../traces.ts'

describe('contiguous blocks', () => {
  it('go on as far as directions and names are the same in all flows', () => {
    const blocks = contiguousBlocks(specimensOf(['c1 s2 c3 c4', 's9 c1 s2 c3 s4 s5']), 16)
    expect(blocks[0]).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ])
  })

  it('are found where a flow is most like the others', () => {
    const blocks = contiguousBlocks(specimensOf(['c10 s20', 'c99 s7 c10 s20 c3']), 16)
    expect(blocks[0]).toEqual([
      [0, 2],
      [1, 3],
    ])
  })

  it('do not go across a gap', () => {
    const blocks = contiguousBlocks(specimensOf(['c1 s2 c3', 'c1 s2 ! c3 s9']), 16)
    expect(blocks[0]).toHaveLength(2)
  })

  it('are as long as is asked for at most', () => {
    expect(contiguousBlocks(specimensOf(['c1 s2 c3 s4']), 2)[0]).toHaveLength(2)
  })

  it('do not exist where directions differ', () => {
    expect(contiguousBlocks(specimensOf(['c1', 's1']), 16)).toEqual([])
  })
})

describe('an alignment with gaps', () => {
  it('leaves out what only some flows have', () => {
    expect(gappedAlignment(specimensOf(['c10 s20 c30', 'c10 s500 s20 c30']))).toEqual([
      [0, 0],
      [1, 2],
      [2, 3],
    ])
  })

  it('keeps the order of the flows, whichever is shortest', () => {
    expect(gappedAlignment(specimensOf(['c10 s500 s20', 'c10 s20']))).toEqual([
      [0, 0],
      [2, 1],
    ])
  })

  it('goes by the names of messages', () => {
    const specimens = specimensOf(['c:NONE s:FAILURE', 'c:NONE s:BANNER s:FAILURE'], 'messages')
    expect(gappedAlignment(specimens)).toEqual([
      [0, 0],
      [1, 2],
    ])
  })
})
