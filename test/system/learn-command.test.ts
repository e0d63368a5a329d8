// `gait learn` and `gait unknown` as authors use them.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { GOLDEN, runGait } from '../support/gait.ts'
import { Workspace } from '../support/workspace.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())

const captureOf = (name: string) => join(GOLDEN, name, 'input.pcap')
const [telnet, smtp, dns, scan] = ['telnet-by-hand', 'smtp-by-hand', 'dns-lookups', 'port-scan'].map(
  captureOf,
)
const run = (...args: readonly (string | undefined)[]) => runGait(args.map((arg) => arg ?? ''))

describe('gait learn', () => {
  it('drafts a signature that passes its tests, and hits what it was drafted from', () => {
    const { code, stdout, stderr } = run(
      'learn',
      ...['--match', smtp, '--not', telnet, '--not', dns],
      ...['--name', 'SMTP by hand', '--class', 'smtp.manual', '--sid', '9000042', '--port', 'common'],
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('#: sid=9000042 rev=1 class=smtp.manual\n')
    expect(stdout).toMatch(/^tcp 25 .* : SMTP by hand$/m)
    mkdirSync(workspace.folder, { recursive: true })
    const file = join(workspace.folder, 'draft.sig')
    writeFileSync(file, stdout)
    expect(run('test', file, '--complete')).toMatchObject({ code: 0, stderr: '' })
    const replayed = run('replay', '-s', file, '-l', smtp, telnet, dns)
    expect(replayed.stdout.trim().split('\n')).toHaveLength(1)
  })

  it('exits 1 and shows two flows when there is nothing to draft from', () => {
    const short = run('learn', '-m', dns, '--min-length', '3')
    expect(short.code).toBe(1)
    expect(short.stdout).toMatch(/^The 20 flows to match have too little in common/)
  })

  it('takes flows of --match out of --not', () => {
    const { stdout } = run('learn', '-m', dns, '-n', dns)
    expect(stdout).toContain('hits 20 of 20 flows to match; nothing was given')
  })

  it('is told to programs', () => {
    const { code, stdout } = run('learn', '-m', dns, '-n', telnet, '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      found: true,
      match: { flows: 20, hits: 20 },
      not: { hits: 0 },
    })
  })

  it('says what is wrong with its command line', () => {
    expect(run('learn').code).toBe(2)
    expect(run('learn', '-m', dns, '--class', 'No Class').code).toBe(2)
    expect(run('learn', '-m', dns, '--sid', '0').code).toBe(2)
    expect(run('learn', '-m', dns, '--name', ' ').code).toBe(2)
    expect(run('learn', '-m', dns, '--flow', 'no filter').code).toBe(2)
    expect(run('learn', '-m', 'gone.pcap').code).toBe(3)
    const { code, stderr } = run('learn', '-m', scan)
    expect(code).toBe(3)
    expect(stderr).toContain('bring no payload')
  })
})

describe('gait unknown', () => {
  it('sorts what nothing matched', async () => {
    const { code, stdout, stderr } = run('unknown', telnet, smtp, dns, scan)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    await expect(stdout.replaceAll(GOLDEN, 'golden')).toMatchFileSnapshot('../golden/unknown/captures.txt')
  })

  it('goes by the signatures that it is given', () => {
    mkdirSync(workspace.folder, { recursive: true })
    const file = join(workspace.folder, 'known.sig')
    writeFileSync(file, 'udp 53 = c* s* : known\n')
    const facts = (...args: readonly (string | undefined)[]) =>
      JSON.parse(run('unknown', ...args, '--format', 'json').stdout) as object
    expect(facts(dns, '-s', file)).toMatchObject({ flows: 20, matched: 20, clusters: 0 })
    expect(facts(dns, telnet, '-s', file)).toMatchObject({ matched: 20, clusters: 1 })
    expect(facts(dns, telnet, '--min-flows', '2')).toMatchObject({ unknown: [{ flows: 20, hits: 20 }] })
    expect(facts(dns, '--filter', 'tcp')).toMatchObject({ flows: 0 })
  })

  it('says what is wrong with its command line', () => {
    expect(run('unknown').code).toBe(2)
    expect(run('unknown', dns, '--top', '0').code).toBe(2)
    expect(run('unknown', 'gone.pcap').code).toBe(3)
  })
})
