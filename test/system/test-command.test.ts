// `gait test` as an author and a build server use it.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { GOLDEN, runGait, startGait } from '../support/gait.ts'
import { Workspace } from '../support/workspace.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())

const sound = '#+ c1 s2\n#- c1 s3\ntcp * = c1 s2 : sound\n'
const write = (name: string, text: string) => {
  mkdirSync(workspace.folder, { recursive: true })
  writeFileSync(join(workspace.folder, name), text)
}
const run = (...args: string[]) => runGait(['test', ...args], { cwd: workspace.folder })

describe('gait test', () => {
  it('passes over the shipped signatures, all of which have examples', () => {
    const { code, stdout, stderr } = run('--complete')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/ signatures, \d+ examples: all passed\n$/)
  })

  it('exits 1 when an example fails, and 0 when all pass', () => {
    write('sound.sig', sound)
    write('wrong.sig', sound.replace('#+ c1 s2', '#+ c1 s3'))
    expect(run('sound.sig').code).toBe(0)
    const { code, stdout } = run('wrong.sig')
    expect(code).toBe(1)
    expect(stdout).toContain('must hit once, hits never')
  })

  it('exits 1 when an example cannot be read, and points at the place', () => {
    write('broken.sig', sound.replace('s3', 'x3'))
    const { code, stderr } = run('broken.sig')
    expect(code).toBe(1)
    expect(stderr).toContain('broken.sig:2:7: error S081')
  })

  it('exits 1 with --complete when a signature has none', () => {
    write('bare.sig', 'tcp * = c1 s2 : bare\n')
    expect(run('bare.sig').code).toBe(0)
    expect(run('bare.sig', '--complete').code).toBe(1)
  })

  it('exits 3 when there are no signatures to read, 2 when the command line is wrong', () => {
    expect(run('gone.sig').code).toBe(3)
    expect(run('sound.sig', '--threshold', 'x').code).toBe(2)
    expect(run('sound.sig', '--junit', 'no/folder/x.xml').code).toBe(3)
  })

  it('replays the captures that examples name', () => {
    const capture = join(GOLDEN, 'telnet-by-hand', 'input.pcap')
    write('capture.sig', `#+ 4x file:${capture}\ntcp * = + c1 s1 c1 s1 c1 s1 c1 s1 : Typed\n`)
    expect(run('capture.sig')).toMatchObject({ code: 0, stderr: '' })
    write('capture.sig', '#+ file:gone.pcap\ntcp * = c1 s1 : Typed\n')
    const { code, stdout } = run('capture.sig')
    expect(code).toBe(1)
    expect(stdout).toContain('cannot read gone.pcap')
  })

  it('writes JSON and JUnit XML', () => {
    write('wrong.sig', sound.replace('#+ c1 s2', '#+ c1 s3'))
    const { stdout } = run('wrong.sig', '--format', 'json', '--junit', 'report.xml')
    expect(JSON.parse(stdout)).toMatchObject({ passed: false, signatures: 1, examples: 2, failed: 1 })
    expect(readFileSync(join(workspace.folder, 'report.xml'), 'utf8')).toContain('tests="2" failures="1"')
  })

  it('has what could not be tested in both, and in its last line', () => {
    write('broken.sig', `${sound.replace('s3', 'x3')}tcp 22 x1 : broken\n`)
    const { code, stdout, stderr } = run('broken.sig', '--format', 'json', '--junit', 'broken.xml')
    expect(code).toBe(1)
    expect(stderr).toContain('S005')
    expect(JSON.parse(stdout)).toMatchObject({
      passed: false,
      failed: 0,
      errors: [
        { file: 'broken.sig', line: 2, column: 7, code: 'S081' },
        { file: 'broken.sig', line: 4, code: 'S005' },
      ],
    })
    const report = readFileSync(join(workspace.folder, 'broken.xml'), 'utf8')
    expect(report).toContain('tests="3" failures="0" errors="2"')
    expect(report).toContain('name="line 4: S005"')
    expect(run('broken.sig').stdout).toMatch(/all passed; 2 errors\n$/)
    expect(JSON.parse(run('gone.sig', 'sound.sig', '--format', 'json').stdout)).toMatchObject({
      passed: false,
      errors: [{ file: 'gone.sig' }],
    })
  })

  it('writes its report over nothing but a report', () => {
    write('sound.sig', sound)
    write('notes', 'to be kept\n')
    for (const path of ['sound.sig', 'new.sig', 'new.fp', 'notes'])
      expect(run('sound.sig', '--junit', path)).toMatchObject({ code: 2, stdout: '' })
    expect(readFileSync(join(workspace.folder, 'sound.sig'), 'utf8')).toBe(sound)
    expect(readFileSync(join(workspace.folder, 'notes'), 'utf8')).toBe('to be kept\n')
    for (let i = 0; i < 2; i++) expect(run('sound.sig', '--junit', 'again.xml').code).toBe(0)
  })

  it('runs again when a file changes, with --watch', async () => {
    write('watched.sig', sound)
    const child = startGait(['test', join(workspace.folder, 'watched.sig'), '--watch'])
    let output = ''
    const saw = (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (output.includes(text)) resolve()
        }
        child.stdout.on('data', look)
        look()
      })
    child.stdout.on('data', (data) => {
      output += data
    })
    await saw('all passed')
    write('watched.sig', sound.replace('#+ c1 s2', '#+ c1 s3'))
    await saw('1 failed')
    const code = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    expect(await code).toBe(1)
  })
})
