import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  FACTS,
  MARKS,
  MESSAGE_MEANINGS,
  METADATA,
  PHASES,
  WORDS,
} from '../../../../src/workbench/lsp/meanings.ts'

const manual = readFileSync(join(import.meta.dirname, '../../../../docs/signature-language.md'), 'utf8')

/** Of the first table behind a heading: first cells, with another cell of the row. */
function rowsNear(heading: string, cell: number): ReadonlyMap<string, string> {
  const lines = manual.slice(manual.indexOf(`\n${heading}\n`)).split('\n')
  const begin = lines.findIndex((line) => line.startsWith('| -'))
  const end = lines.findIndex((line, i) => i > begin && !line.startsWith('|'))
  return new Map(
    lines.slice(begin + 1, end).map((line) => {
      const cells = line.split(/(?<!\\)\|/).map((text) => text.trim())
      return [cells[1]!.replaceAll('`', ''), cells[cell]!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')]
    }),
  )
}

describe('meanings', () => {
  it.each([
    ['messages', '### Messages', 3, Object.entries(MESSAGE_MEANINGS)],
    ['metadata', '## Metadata', 2, Object.entries(METADATA)],
  ] as const)('are those of the manual: %s', (_, heading, cell, entries) => {
    expect(rowsNear(heading, cell)).toEqual(new Map(entries))
  })

  it('are those of the manual: facts', () => {
    expect(rowsNear('### Facts', 2)).toEqual(FACTS)
  })

  it('are those of the manual: phases', () => {
    const phases = new Map([...rowsNear('### Phases', 2)].filter(([start]) => start !== '<'))
    expect(phases).toEqual(new Map(Object.entries(PHASES).map(([name, text]) => [`<${name}`, text])))
  })

  it('are phrases that a sentence can be made of', () => {
    for (const text of [...MARKS.values(), ...WORDS.values()]) expect(text).toMatch(/[^.]$/)
  })
})
