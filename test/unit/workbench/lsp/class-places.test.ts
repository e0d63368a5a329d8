import { expect, it } from 'vitest'
import { classAt, classNames, classPlaces, placesOf } from '../../../../src/workbench/lsp/class-places.ts'
import { sourceOf } from '../../signature/texts.ts'

const source = sourceOf(
  '#: class=b.c also=a fp=class=z\ntcp 22 s12 : A\n#+ a@1>2\n#+ file:x@y>z.pcap\ncount a by pair within 1h where hits > 1 : A\n#: class=\n#: class=No\n',
)

it('finds classes wherever they are named', () => {
  expect(classPlaces(source).map(({ name, role }) => [name, role])).toEqual([
    ['b.c', 'has'],
    ['a', 'has'],
    ['a', 'example'],
    ['a', 'counts'],
    ['No', 'has'],
  ])
  expect(placesOf([source], 'a')).toHaveLength(3)
  expect(classNames([source, source])).toEqual(['a', 'b.c'])
})

it('finds the class at a place', () => {
  expect(classAt(source, 9)?.name).toBe('b.c')
  expect(classAt(source, 12)?.name).toBe('b.c')
  expect(classAt(source, 5)).toBeUndefined()
})
