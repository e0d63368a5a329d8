import { describe, expect, it } from 'vitest'
import { renameableAt, renameClass } from '../../../../src/workbench/lsp/rename-class.ts'
import { cursorIn, textOf } from './cursor.ts'

describe('renameClass', () => {
  it('edits metadata, campaigns and examples', () => {
    const { source, offset } = cursorIn(
      '#: sid=7 class=a.‸b also=a.b.c',
      'tcp 22 s12 : a.b',
      '#+ a.b@1>2 a.bc@1>2',
      'count a.b then a.b by pair within 1h where hits > 1 : Many',
    )
    const renaming = renameClass([source], source, offset, 'x')
    if ('refusal' in renaming) throw new Error(renaming.refusal)
    expect(renaming.edits.map(({ span }) => textOf(source, span))).toEqual(Array(4).fill('a.b'))
    expect(new Set(renaming.edits.map(({ text }) => text))).toEqual(new Set(['x']))
    expect(textOf(source, renameableAt(source, offset)!)).toBe('a.b')
  })

  it('refuses what is no class, and names that are none', () => {
    const word = cursorIn('tc‸p 22 s12 : A')
    expect(renameClass([word.source], word.source, word.offset, 'x')).toEqual({
      refusal: 'only classes can be renamed',
    })
    expect(renameableAt(word.source, word.offset)).toBeUndefined()
    const named = cursorIn('#: class=‸a')
    expect(renameClass([named.source], named.source, named.offset, 'A b')).toEqual({
      refusal: 'a class is lower-case words joined by dots, such as `ssh.auth.failure`; found `A b`',
    })
  })
})
