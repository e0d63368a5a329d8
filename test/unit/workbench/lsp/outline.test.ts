import { expect, it } from 'vitest'
import { outlineOf } from '../../../../src/workbench/lsp/outline.ts'
import { sourceOf } from '../../signature/texts.ts'
import { textOf } from './cursor.ts'

it('lists sound statements with what stands above them', () => {
  const source = sourceOf(
    '# why\n#: sid=7 class=a.b\ntcp 22 s12 : One\nbroken\n\ncount a.b by pair within 1h where hits > 1 : Many\n',
  )
  const entries = outlineOf(source)
  expect(entries.map(({ name, detail, kind }) => [name, detail, kind])).toEqual([
    ['One', 'a.b, sid 7', 'signature'],
    ['Many', '', 'campaign'],
  ])
  expect(textOf(source, entries[0]!.span)).toBe('# why\n#: sid=7 class=a.b\ntcp 22 s12 : One')
  expect(textOf(source, entries[0]!.statement)).toBe('tcp 22 s12 : One')
})
