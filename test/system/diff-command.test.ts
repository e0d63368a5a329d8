// `gait diff` as an author and a build server use it.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ACTIVITY, capturesOf, missesCorpus } from '../support/corpus.ts'
import { GOLDEN, runGait } from '../support/gait.ts'
import { Scratch } from '../support/scratch.ts'

const cwd = join(GOLDEN, 'diff')
const CAPTURES = ['../telnet-by-hand/input.pcap', '../smtp-by-hand']
const scratch = new Scratch()
afterAll(() => scratch.remove())

const run = (...args: string[]) => runGait(['diff', ...args], { cwd })

describe('gait diff', () => {
  it.each([
    ['text', 'expected.txt'],
    ['markdown', 'expected.md'],
    ['json', 'expected.json'],
  ])('writes %s, and exits 1 when a hit is lost', async (format, file) => {
    const { code, stdout, stderr } = run('old.sig', 'new.sig', ...CAPTURES, '--format', format)
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    await expect(stdout).toMatchFileSnapshot(join(cwd, file))
  })

  it('exits 0 when none is lost, or when that is allowed', () => {
    expect(run('old.sig', 'new.sig', ...CAPTURES, '--allow-loss').code).toBe(0)
    const { code, stdout } = run('old.sig', 'old.sig', ...CAPTURES)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '5 hits in 1 flow before, 5 in 1 now: all alike\n' })
  })

  it('is symmetric: what one way loses the other way gains', () => {
    const there = JSON.parse(run('old.sig', 'new.sig', ...CAPTURES, '--format', 'json').stdout)
    const back = JSON.parse(run('new.sig', 'old.sig', ...CAPTURES, '--format', 'json').stdout)
    expect(back.hits).toEqual({
      old: there.hits.now,
      now: there.hits.old,
      gained: there.hits.lost,
      lost: there.hits.gained,
      changed: there.hits.changed,
    })
  })

  it('compares with an empty database', () => {
    writeFileSync(scratch.path('empty.sig'), '# nothing yet\n')
    expect(run(scratch.path('empty.sig'), 'old.sig', ...CAPTURES).code).toBe(0)
    expect(run('old.sig', scratch.path('empty.sig'), ...CAPTURES).code).toBe(1)
  })

  it('exits 2 when the command line is wrong, 3 when something cannot be read', () => {
    expect(run('old.sig', 'new.sig').code).toBe(2)
    expect(run('old.sig', 'new.sig', '-').code).toBe(2)
    expect(run('old.sig', 'new.sig', ...CAPTURES, '--flows', 'x').code).toBe(2)
    expect(run('old.sig', 'gone.sig', ...CAPTURES).code).toBe(3)
    const { code, stderr } = run('old.sig', 'new.sig', 'gone.pcap')
    expect(code).toBe(3)
    expect(stderr.match(/cannot read gone.pcap/g)).toHaveLength(1)
  })

  it('finds no difference between the shipped signatures and themselves on real captures', ({ skip }) => {
    if (missesCorpus('diff on the corpus')) skip()
    const captures = capturesOf(ACTIVITY).filter((path) => /mix-1|scan/.test(path))
    const { code, stdout } = run('../../../signatures', '../../../signatures', ...captures)
    expect(code).toBe(0)
    expect(stdout).toMatch(/: all alike\n$/)
  })
})
