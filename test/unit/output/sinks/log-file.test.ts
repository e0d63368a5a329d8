import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openLogFile, whereaboutsOf } from '../../../../src/output/sinks/log-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-log-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What is in the file after `line` was written to it. */
function appended(path: string, line = 'new\n'): string {
  const { descriptor } = openLogFile(path)
  writeSync(descriptor, line)
  closeSync(descriptor)
  return readFileSync(path, 'utf8')
}

describe('an event file', () => {
  const path = join(folder, 'eve.json')

  it('is made, for its owner and group, or appended to', () => {
    expect(appended(path)).toBe('new\n')
    expect(statSync(path).mode & 0o777).toBe(0o640 & ~process.umask())
    expect(appended(path)).toBe('new\nnew\n')
  })

  it('has half a line ended before the first new one', () => {
    writeFileSync(path, 'whole\n{"half":')
    expect(appended(path)).toBe('whole\n{"half":\nnew\n')
    writeFileSync(path, '')
    expect(appended(path)).toBe('new\n')
  })

  it('is left alone in its middle, whoever else writes', () => {
    const { descriptor } = openLogFile(path)
    writeFileSync(path, 'other\n', { flag: 'a' })
    writeSync(descriptor, 'ours\n')
    closeSync(descriptor)
    expect(readFileSync(path, 'utf8')).toMatch(/other\nours\n$/)
  })

  it('that cannot be opened tells why', () => {
    expect(() => openLogFile(join(folder, 'nowhere/eve.json'))).toThrow(/ENOENT/)
    expect(() => openLogFile(folder)).toThrow(/EISDIR/)
  })

  it('may be a named pipe, whose reader is not waited for', () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(() => openLogFile(pipe)).toThrow(/ENXIO/)
  })

  it('may be write-only: then it gets an empty line rather than two in one', () => {
    const secret = join(folder, 'secret')
    writeFileSync(secret, 'whole\n')
    chmodSync(secret, 0o200)
    const text = appended(secret)
    // The superuser may read it all the same.
    expect(['whole\nnew\n', 'whole\n\nnew\n']).toContain(text)
  })
})

describe('the whereabouts of an open file', () => {
  it('are known when it is moved, replaced, deleted, or its folder is gone', () => {
    const home = join(folder, 'home')
    mkdirSync(home)
    const path = join(home, 'eve.json')
    const file = openLogFile(path)
    expect(whereaboutsOf(file, path)).toBe('in place')
    renameSync(path, `${path}.1`)
    expect(whereaboutsOf(file, path)).toBe('moved')
    writeFileSync(path, '')
    expect(whereaboutsOf(file, path)).toBe('moved')
    symlinkSync(`${path}.1`, join(home, 'link'))
    expect(whereaboutsOf(file, join(home, 'link'))).toBe('in place')
    rmSync(home, { recursive: true })
    expect(fstatSync(file.descriptor).nlink).toBe(0)
    expect(whereaboutsOf(file, path)).toBe('deleted')
    closeSync(file.descriptor)
    expect(whereaboutsOf(file, path)).toBe('deleted')
  })
})
