import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import { replaceFile } from '../../../../src/workbench/fmt/replace-file.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'gait-replace-'))

describe('replaceFile', () => {
  it('puts the new text in place, keeps the mode, and leaves nothing beside', () => {
    const dir = folder()
    const path = join(dir, 'a.sig')
    writeFileSync(path, 'old')
    chmodSync(path, 0o640)
    replaceFile(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readdirSync(dir)).toEqual(['a.sig'])
  })

  it('replaces the file, not its name: who has it open reads on', () => {
    const dir = folder()
    const path = join(dir, 'a.sig')
    writeFileSync(path, 'old')
    const before = statSync(path).ino
    replaceFile(path, 'new')
    expect(statSync(path).ino).not.toBe(before)
  })

  it('follows a symbolic link', () => {
    const dir = folder()
    writeFileSync(join(dir, 'a.sig'), 'old')
    symlinkSync('a.sig', join(dir, 'b.sig'))
    replaceFile(join(dir, 'b.sig'), 'new')
    expect(readFileSync(join(dir, 'a.sig'), 'utf8')).toBe('new')
  })

  it('says why it cannot', () => {
    expect(() => replaceFile(join(folder(), 'missing.sig'), 'x')).toThrow(OperatorError)
  })
})
