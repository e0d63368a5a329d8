import { describe, expect, it } from 'vitest'
import { compareHits } from '../../../../src/workbench/diff/compare-hits.ts'
import { diffMarkdown } from '../../../../src/workbench/diff/diff-markdown.ts'
import { formatDiff } from '../../../../src/workbench/diff/format-diff.ts'
import { HitLog } from '../../../../src/workbench/diff/hit-log.ts'
import { head, hit } from './hits.ts'

function lossOf(description: string, flows = 1) {
  const old = new HitLog()
  const signature = head(1, { description, text: `tcp * = c1 : ${description}` })
  for (let id = 1; id <= flows; id++) old.hits.push(hit(id, 1, 4, signature))
  return compareHits(old, new HitLog(), { old: [signature], now: [] })
}

describe('formatDiff', () => {
  it('shows as many flows as asked for, and says how many there are', () => {
    const lines = formatDiff(lossOf('x', 5), ['a.pcap'], 2)
    expect(lines.filter((line) => line.startsWith('  flow'))).toHaveLength(2)
    expect(lines).toContain('  and 3 more flows: --flows 5 shows all')
  })

  it('hands no control character to a terminal', () => {
    const text = formatDiff(lossOf('\u001b[31mred'), ['\u0007.pcap'], 9).join('')
    expect([...text].filter((character) => character < ' ')).toEqual([])
  })
})

describe('diffMarkdown', () => {
  it('lets no description end its cell, its fence or its fold', () => {
    const text = diffMarkdown(lossOf('a | b ``` </details> <img> @everyone'), ['a.pcap'], 9).join('\n')
    const row = text.split('\n').find((line) => line.startsWith('| 1 '))
    expect(row?.split(/(?<!\\)\|/)).toHaveLength(9)
    expect(row).not.toMatch(/<|@/)
    expect(text.match(/^````diff$/gm)).toHaveLength(2)
    expect(text.match(/^<\/details>$/gm)).toHaveLength(2)
  })

  it('puts a loss first', () => {
    expect(diffMarkdown(lossOf('x', 2), ['a.pcap'], 9)[0]).toBe('### Signatures: 2 hits lost')
  })
})
