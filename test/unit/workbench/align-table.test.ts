import { describe, expect, it } from 'vitest'
import { alignTable } from '../../../src/workbench/align-table.ts'

describe('alignTable', () => {
  it('makes columns as wide as their widest cell, figures to the right', () => {
    expect(
      alignTable(
        ['name', 'count', 'size', 'note'],
        [
          ['a', '7', '2.9kB', 'x'],
          ['longer', '1200', '-', ''],
        ],
      ),
    ).toEqual([
      //
      'name    count   size  note',
      'a           7  2.9kB  x',
      'longer   1200      -',
    ])
  })

  it('counts what a terminal shows, and shows nothing that it obeys', () => {
    expect(
      alignTable(
        ['name', 'by'],
        [
          ['日本', 'x'],
          ['\u001b[', 'y'],
        ],
      ),
    ).toEqual(['name     by', '日本     x', '\\u001b[  y'])
  })

  it('has a header without rows', () => {
    expect(alignTable(['a', 'b'], [])).toEqual(['a  b'])
  })
})
