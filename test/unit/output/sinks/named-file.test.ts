import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NamedFile } from '../../../../src/output/sinks/named-file.ts'

let folder = ''
let path = ''
let file: NamedFile

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-named-file-'))
  path = join(folder, 'logs/eve.json')
  mkdirSync(join(folder, 'logs'))
  file = new NamedFile(path)
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
  file.close()
  rmSync(folder, { recursive: true })
})

const write = (line: string): void => {
  writeSync(file.settle().descriptor, `${line}\n`)
}
const read = (name = path): string => readFileSync(name, 'utf8')

describe('a named file', () => {
  it('is the same as long as nothing happens to it', () => {
    const first = file.settle()
    write('one')
    file.reopen()
    expect(file.settle()).toBe(first)
    write('two')
    expect(read()).toBe('one\ntwo\n')
    expect(file.bytes).toBe(8)
  })

  it('is written on where it was moved to, until asked to reopen', () => {
    write('one')
    renameSync(path, `${path}.1`)
    write('two')
    file.reopen()
    write('three')
    expect([read(`${path}.1`), read()]).toEqual(['one\ntwo\n', 'three\n'])
    expect(file.bytes).toBe(6)
  })

  it('that somebody else made anew after a move is taken over, with what is in it', () => {
    write('one')
    renameSync(path, `${path}.1`)
    writeFileSync(path, 'theirs\n')
    file.reopen()
    write('two')
    expect(read()).toBe('theirs\ntwo\n')
  })

  it('is made anew two seconds after it was moved when nobody asks', () => {
    write('one')
    renameSync(path, `${path}.1`)
    write('two')
    vi.advanceTimersByTime(1999)
    write('three')
    vi.advanceTimersByTime(1)
    write('four')
    expect([read(`${path}.1`), read()]).toEqual(['one\ntwo\nthree\n', 'four\n'])
  })

  it('is made anew at once when it was deleted, with its first line whole', () => {
    const first = file.settle()
    write('one')
    rmSync(path)
    expect(file.settle()).not.toBe(first)
    write('two')
    expect(read()).toBe('two\n')
  })

  it('is not there while its folder is gone, and is again with it', () => {
    write('one')
    rmSync(join(folder, 'logs'), { recursive: true })
    expect(() => file.settle()).toThrow(/ENOENT/)
    expect(() => file.settle()).toThrow(/ENOENT/)
    expect(file.bytes).toBeUndefined()
    mkdirSync(join(folder, 'logs'))
    write('two')
    expect(read()).toBe('two\n')
  })

  it('is written on, with a complaint, where it was moved with its folder and none can be made', () => {
    write('one')
    renameSync(join(folder, 'logs'), join(folder, 'old'))
    file.reopen()
    write('two')
    expect(file.trouble).toMatch(/ENOENT.*the moved file is written on/)
    mkdirSync(join(folder, 'logs'))
    write('three')
    vi.advanceTimersByTime(2000)
    write('four')
    expect(file.trouble).toBeUndefined()
    expect([read(join(folder, 'old/eve.json')), read()]).toEqual(['one\ntwo\nthree\n', 'four\n'])
  })
})
