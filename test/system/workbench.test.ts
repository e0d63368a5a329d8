// The author's verbs as they are run: files, exit codes, both forms of output.

import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GOLDEN_CAPTURES, runGait } from '../support/gait.ts'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gait-workbench-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

describe('gait check', () => {
  it('has nothing to say against the shipped signatures', () => {
    const { code, stdout } = runGait(['check', '--strict'])
    expect(stdout).toMatch(/^\d+ statements in \d+ files: nothing to say\n$/)
    expect(code).toBe(0)
  })

  it('exits 1 on warnings, 0 on hints unless they count, too', () => {
    const cwd = folderWith({ 'warning.sig': 'tcp * s1..700 c* : A\n', 'hint.sig': 'tcp 22  s12 c12 : A\n' })
    expect(runGait(['check', 'warning.sig'], { cwd }).code).toBe(1)
    expect(runGait(['check', '--max-severity', 'warning', 'warning.sig'], { cwd }).code).toBe(0)
    expect(runGait(['check', '--severity', 'S106=off', 'warning.sig'], { cwd }).code).toBe(0)
    expect(runGait(['check', 'hint.sig'], { cwd }).code).toBe(0)
    expect(runGait(['check', '--strict', 'hint.sig'], { cwd }).code).toBe(1)
    expect(runGait(['check', '--severity=S110=warning', 'hint.sig'], { cwd }).code).toBe(1)
  })

  it('takes the rules beside the files, or those that are named', () => {
    const cwd = folderWith({
      'a.sig': 'tcp 22 s12 c12 : A\n',
      'gait.check.yaml': 'require: [class]\n',
      'other.yaml': 'require: [sid]\n',
    })
    expect(runGait(['check', '.'], { cwd }).stdout).toContain('S111: `class` is missing')
    expect(runGait(['check', '--rules', 'other.yaml', 'a.sig'], { cwd }).stdout).toContain(
      'S111: `sid` is missing',
    )
  })

  it('tells of mistakes in rules and options', () => {
    const cwd = folderWith({ 'a.sig': 'tcp 22 s12 c12 : A\n', 'gait.check.yaml': 'requires: [class]\n' })
    const rules = runGait(['check', 'a.sig'], { cwd })
    expect([rules.code, rules.stderr]).toEqual([3, expect.stringContaining('requires')])
    for (const wrong of ['S001=off', 'S999=off', 'S106', 'S106=loud', 'S106=off=on']) {
      const { code, stderr } = runGait(['check', '--severity', wrong, 'a.sig'], { cwd })
      expect([code, stderr]).toEqual([2, expect.stringContaining(`--severity: `)])
    }
    expect(runGait(['check', '--max-severity', 'much', 'a.sig'], { cwd }).code).toBe(2)
    expect(runGait(['check', 'missing.sig'], { cwd }).code).toBe(3)
  })

  it('mends files, and says how many fixes it applied', () => {
    const cwd = folderWith({ 'a.sig': 'tcp 22  s12 c12/0 : A\n' })
    const { code, stdout } = runGait(['check', '--fix', 'a.sig'], { cwd })
    expect([code, stdout]).toEqual([0, '1 statement in 1 file: nothing to say; 2 fixes applied\n'])
    expect(readFileSync(join(cwd, 'a.sig'), 'utf8')).toBe('tcp 22 s12 c12 : A\n')
  })

  it('prints JSON', () => {
    const cwd = folderWith({ 'a.sig': 'tcp 22  s12 c12 : A\n' })
    const { stdout } = runGait(['check', '--format', 'json', 'a.sig'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({
      hints: 1,
      diagnostics: [{ code: 'S110', line: 1, column: 1, fix: { edits: [{ text: 'tcp 22 s12 c12 : A' }] } }],
    })
  })

  it('lets nothing of a file drive the terminal', () => {
    const cwd = folderWith({ 'a.sig': 'tcp 22 s12 x\u001b[2J : A\n' })
    expect(runGait(['check', 'a.sig'], { cwd }).stdout).not.toContain('\u001b')
  })
})

describe('gait fmt', () => {
  it('rewrites files, keeps their mode, and names what changed', () => {
    const cwd = folderWith({ 'a.sig': 'tcp  22 s12 : A\n', 'b.sig': 'tcp 22 s12 : B\n' })
    chmodSync(join(cwd, 'a.sig'), 0o600)
    const { code, stdout } = runGait(['fmt', '.'], { cwd })
    expect([code, stdout]).toEqual([0, 'a.sig: changed\n'])
    expect(readFileSync(join(cwd, 'a.sig'), 'utf8')).toBe('tcp 22 s12 : A\n')
    expect(statSync(join(cwd, 'a.sig')).mode & 0o777).toBe(0o600)
    expect(runGait(['fmt', '.'], { cwd }).stdout).toBe('')
  })

  it('with --check rewrites nothing, and exits 1 when it would', () => {
    const text = 'tcp  22 s12 : A\n'
    const cwd = folderWith({ 'a.sig': text })
    const { code, stdout } = runGait(['fmt', '--check', 'a.sig'], { cwd })
    expect([code, stdout]).toEqual([1, 'a.sig: would change\n'])
    expect(readFileSync(join(cwd, 'a.sig'), 'utf8')).toBe(text)
    const json = runGait(['fmt', '--check', '--format', 'json', 'a.sig'], { cwd })
    expect(JSON.parse(json.stdout)).toEqual({ files: [{ file: 'a.sig', state: 'changed' }] })
  })

  it('leaves a file with errors alone', () => {
    const text = 'tcp  22 x12 : A\n'
    const cwd = folderWith({ 'a.sig': text })
    const { code, stdout, stderr } = runGait(['fmt', 'a.sig'], { cwd })
    expect([code, stdout]).toEqual([3, 'a.sig: left alone: it has errors\n'])
    expect(stderr).toContain('S005')
    expect(readFileSync(join(cwd, 'a.sig'), 'utf8')).toBe(text)
  })

  it('prints to standard output on demand, and for standard input', () => {
    const cwd = folderWith({ 'a.sig': 'tcp  22 s12 : A\n' })
    expect(runGait(['fmt', '--stdout', 'a.sig'], { cwd }).stdout).toBe('tcp 22 s12 : A\n')
    expect(readFileSync(join(cwd, 'a.sig'), 'utf8')).toBe('tcp  22 s12 : A\n')
    expect(runGait(['fmt', '-'], { input: 'tcp  22 s12 : A' }).stdout).toBe('tcp 22 s12 : A\n')
    expect(runGait(['fmt', '-'])).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('wants to know which files', () => {
    expect(runGait(['fmt']).code).toBe(2)
    expect(runGait(['fmt', '-', 'a.sig']).code).toBe(2)
  })
})

describe('standard input', () => {
  it('is what `check -` and `test -` read', () => {
    const input = '#+ c1 s2\ntcp * = c1 s2 : sound\n'
    expect(runGait(['check', '-'], { input }).stdout).toContain('1 statement in 1 file')
    expect(runGait(['test', '-'], { input }).stdout).toContain('1 signature, 1 example: all passed')
    expect(runGait(['check', '-'], { input: 'tcp 22 x12 : A\n' }).stdout).toContain('standard input:1:8')
  })

  it('is the capture of `-` wherever captures are read', () => {
    const input = readFileSync(GOLDEN_CAPTURES[0] ?? '')
    const explained = runGait(['explain', '-', '-S', '1000101'], { input })
    expect(explained).toMatchObject({ code: 0, stderr: '' })
    expect(runGait(['unknown', '-'], { input }).stdout).toContain('1 flow: 1 matched')
    expect(runGait(['learn', '--match', '-'], { input }).stdout).toContain('hits 1 of 1 flows')
    expect(runGait(['profile', '-'], { input }).stdout).toContain('1000101')
    const folder = folderWith({})
    expect(runGait(['extract', '-', '--flow', '1', '-o', join(folder, 'x.pcap')], { input }).code).toBe(0)
  })

  it('cannot be rewritten, watched or read twice', () => {
    for (const args of [
      ['check', '--fix', '-'],
      ['test', '--watch', '-'],
      ['diff', 'a.sig', 'b.sig', '-'],
    ]) {
      const { code, stderr } = runGait(args)
      expect([code, stderr]).toEqual([2, expect.stringContaining('standard input')])
    }
  })
})

describe('a file that cannot be read', () => {
  const cwd = folderWith({ 'a.sig': 'tcp  22 c1 : a\n', 'b.sig': 'tcp 22 \0 : b\n' })

  it.each([
    ['check', '1 statement in 1 file'],
    ['test', '1 signature, 0 examples'],
    ['fmt', 'a.sig: changed'],
  ])('does not keep `%s` from the others', (command, told) => {
    const { code, stdout, stderr } = runGait([command, 'b.sig', 'gone.sig', 'a.sig'], { cwd })
    expect(code).toBe(3)
    expect(stdout).toContain(told)
    expect(stderr).toContain('b.sig is no signature file')
    expect(stderr).toContain('gone.sig: no such file')
  })

  it('is told of when it is the only one', () => {
    const { code, stdout, stderr } = runGait(['check', 'gone.sig'], { cwd })
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('gone.sig: no such file')
  })
})
