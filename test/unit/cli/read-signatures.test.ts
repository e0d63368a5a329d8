import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readSignatures } from '../../../src/cli/read-signatures.ts'
import { Workspace } from '../../support/workspace.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())

describe('readSignatures', () => {
  it('reads what it can, and throws when that is nothing', () => {
    const sound = join(workspace.folder, 'a.sig')
    const gone = join(workspace.folder, 'gone.sig')
    writeFileSync(sound, 'tcp 22 c1 : a\n')
    const { sources, problems } = readSignatures([gone, sound])
    expect(sources).toEqual([{ name: sound, text: 'tcp 22 c1 : a\n' }])
    expect(problems.map(({ path }) => path)).toEqual([gone])
    expect(() => readSignatures([gone])).toThrow('no such file')
  })
})
