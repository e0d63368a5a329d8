import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OpenFiles } from '../../../../src/workbench/lsp/open-files.ts'
import { Scratch } from '../../../support/scratch.ts'

const scratch = new Scratch()
const path = (name: string) => scratch.path(name)
beforeAll(() => {
  writeFileSync(path('a.sig'), '# a')
  writeFileSync(path('b.fp'), '# b')
  writeFileSync(path('c.txt'), '# c')
  mkdirSync(path('more'))
  writeFileSync(path('more/d.sig'), '# d')
})
afterAll(() => scratch.remove())

const texts = (files: readonly { readonly text: string }[]) => files.map(({ text }) => text)

describe('OpenFiles', () => {
  it('puts open texts over those of the folder', () => {
    const files = new OpenFiles({ alone: false, addSignatures: [path('more')] })
    files.put(path('b.fp'), '# open')
    expect(texts(files.loadedWith(path('b.fp')))).toEqual(['# a', '# open', '# d'])
    expect(texts(files.folderOf(path('b.fp')))).toEqual(['# a', '# open'])
    expect(files.groupOf(path('a.sig'))).toBe(files.groupOf(path('b.fp')))
    files.remove(path('b.fp'))
    expect(files.of(path('b.fp'))).toBeUndefined()
    expect(files.names).toEqual([])
  })

  it('takes a file that is not on the disk yet', () => {
    const files = new OpenFiles({ alone: false, addSignatures: [] })
    files.put(path('new.sig'), '# new')
    expect(texts(files.loadedWith(path('new.sig')))).toEqual(['# a', '# b', '# new'])
    files.put(path('none/new.sig'), '# new')
    expect(texts(files.loadedWith(path('none/new.sig')))).toEqual(['# new'])
  })

  it.each([
    ['text that is no file', false, 'untitled:1'],
    ['a file of another name', false, path('c.txt')],
    ['a file that is to be alone', true, path('a.sig')],
  ])('takes %s by itself', (_, alone, name) => {
    const files = new OpenFiles({ alone, addSignatures: [path('gone')] })
    files.put(name, '# alone')
    expect(texts(files.loadedWith(name))).toEqual(['# alone'])
    expect(files.groupOf(name)).toBe(name)
  })

  it('reads a file again only when it has changed, and leaves out what cannot be read', () => {
    const files = new OpenFiles({ alone: false, addSignatures: [] })
    files.put(path('b.fp'), '# open')
    const [first] = files.loadedWith(path('b.fp'))
    expect(files.loadedWith(path('b.fp'))[0]).toBe(first)
    writeFileSync(path('a.sig'), '# changed')
    utimesSync(path('a.sig'), 1, 1)
    expect(files.loadedWith(path('b.fp'))[0]?.text).toBe('# changed')
    writeFileSync(path('a.sig'), '\0')
    expect(texts(files.loadedWith(path('b.fp')))).toEqual(['# open'])
  })
})
