// `gait profile` as an author uses it.

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACTIVITY, missesCorpus } from '../support/corpus.ts'
import { eventsOf, GOLDEN, runGait } from '../support/gait.ts'

const cwd = join(GOLDEN, 'profile')
const TELNET = ['-s', '../telnet-by-hand/input.sig', '../telnet-by-hand/input.pcap']

const run = (...args: string[]) => runGait(['profile', ...args], { cwd })

interface Row {
  readonly sid: number
  readonly begun?: number
  readonly hits: number
  readonly share: number
}

describe('gait profile', () => {
  it.each([
    ['text', 'expected.txt'],
    ['json', 'expected.json'],
  ])('writes %s', async (format, file) => {
    const { code, stdout, stderr } = run(...TELNET, '--format', format)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    await expect(stdout).toMatchFileSnapshot(join(cwd, file))
  })

  it('exits 2 when the command line is wrong, 3 when something cannot be read', () => {
    expect(run().code).toBe(2)
    expect(run(...TELNET, '--sort', 'x').code).toBe(2)
    expect(run(...TELNET, '--top', 'x').code).toBe(2)
    expect(run('gone.pcap').code).toBe(3)
    expect(run('-s', 'gone.sig', '../telnet-by-hand/input.pcap').code).toBe(3)
  })

  it('counts the hits that a replay has, and for each a match that began', ({ skip }) => {
    if (missesCorpus('profile on the corpus')) skip()
    const capture = join(ACTIVITY, 'mix-1.pcap')
    const rows: readonly Row[] = JSON.parse(run('--format', 'json', capture).stdout)
    const alerts = eventsOf([capture]).filter(({ event_type }) => event_type === 'alert')
    const sids = new Set(alerts.map(({ alert }) => alert?.signature_id))
    expect(new Set(rows.filter(({ hits }) => hits > 0).map(({ sid }) => sid))).toEqual(sids)
    expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
    expect(rows.map(({ share }) => share)).toEqual(rows.map(({ share }) => share).sort((a, b) => b - a))
  })
})
