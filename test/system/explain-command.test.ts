// `gait explain` as an author uses it.

import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { GOLDEN, runGait, runShell } from '../support/gait.ts'
import { Workspace } from '../support/workspace.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())

const TELNET = join(GOLDEN, 'telnet-by-hand', 'input.pcap')
const DNS = join(GOLDEN, 'dns-lookups', 'input.pcap')
const run = (...args: string[]) => runGait(['explain', ...args], { cwd: workspace.folder })

describe('gait explain', () => {
  it('shows why a signature hits a flow of a capture, and exits 0', () => {
    const { code, stdout, stderr } = run(TELNET, '--signature', '1000101')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('✓')
    expect(stdout).toMatch(/^match: elements \d+ to \d+; \d+ hits in all\n$/m)
    expect(stdout).not.toContain('\u001b')
  })

  it('shows why it does not, and exits 1', () => {
    const { code, stdout } = run('--sequence', 's12 c12 s28 +480ms c52', '-S', 'tcp * = s12 c@1 s28 + c52')
    expect(code).toBe(1)
    expect(stdout).toContain(
      'no match: element 4 `c52`: a pause of 480 ms: 20 ms under the threshold of 500 ms\n',
    )
    expect(run('--sequence', 's12 +480ms c52', '-S', 'tcp * = s12 + c52', '--threshold', '400').code).toBe(0)
  })

  it('takes a flow by its number and by its ends', () => {
    const listed = run(DNS, '--nearest')
    expect(listed.code).toBe(2)
    const [, ends = ''] = /flow 3: (\S+ > \S+) udp/.exec(listed.stderr) ?? []
    const byNumber = run(DNS, '--flow', '3', '-S', 'udp 53 c* s*')
    const byEnds = run(DNS, '--flow', ends, '-S', 'udp 53 c* s*')
    expect(byNumber.code).toBe(0)
    expect(byEnds.stdout).toBe(byNumber.stdout.replace('flow 3: ', ''))
    expect(run(DNS, '--flow', '10.1.1.1:5>10.1.1.2:6', '-S', 'udp 53 c* s*')).toMatchObject({ code: 2 })
  })

  it('takes of several flows that which comes closest', () => {
    const { code, stderr } = run(DNS, '-S', 'udp 53 c* s*')
    expect(code).toBe(0)
    expect(stderr).toMatch(/^gait: of \d+ flows that which comes closest; --flow takes another\n$/)
  })

  it('ranks the signatures that come closest', () => {
    const { code, stdout } = run('--sequence', '+ c23 s23 c23 s23 c24 s23', '--nearest', '2')
    expect(code).toBe(0)
    expect(stdout.split('\n')[3]).toContain('1000301')
    expect(
      JSON.parse(run('--sequence', 'c:PASSWORD', '--nearest', '--format', 'json').stdout).nearest,
    ).toHaveLength(5)
  })

  it('is told to other programs as JSON', () => {
    const { stdout } = run('--sequence', 'c1 s2', '-S', 'tcp * = c1 s3', '--format', 'json')
    expect(JSON.parse(stdout)).toMatchObject({ matches: false, problems: [{ kind: 'size', by: 1 }] })
  })

  it('has colours when it is asked for them', () => {
    expect(run('--sequence', 'c1', '-S', 'tcp * = c1', '--color').stdout).toContain('\u001b[32m')
    const shown = runShell("NO_COLOR=1 gait explain --sequence c1 -S 'tcp * = c1'", workspace.folder)
    expect(shown.stdout).not.toContain('\u001b')
  })

  it.each([
    ['no signature', ['--sequence', 'c1'], 'name a signature'],
    ['no exchange', ['-S', '1000101'], 'name a capture'],
    ['both', ['x.pcap', '--sequence', 'c1', '-S', '1000101'], 'name a capture, or'],
    ['an unknown sid', ['--sequence', 'c1', '-S', '99'], 'no signature has sid 99'],
    ['a bad statement', ['--sequence', 'c1', '-S', 'tcp * x1'], 'S005'],
    ['a bad exchange', ['--sequence', 'c1/3', '-S', '1000101'], 'S081'],
    ['a bad flow', [TELNET, '--flow', 'there', '-S', '1000101'], 'names no flow'],
    ['a bad count', ['--sequence', 'c1', '--nearest', 'x'], '--nearest takes'],
    ['no SSH in the capture', [DNS, '-S', '1000506'], 'no SSH connection'],
  ])('refuses %s', (_, args, message) => {
    const { code, stderr } = run(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it('exits 3 when the capture cannot be read', () => {
    expect(run('gone.pcap', '-S', '1000101').code).toBe(3)
    expect(run('/etc/passwd', '-S', '1000511').code).toBe(3)
  })

  it('takes a name behind --nearest for the capture', () => {
    const { code, stdout } = run('--nearest', TELNET)
    expect(code).toBe(0)
    expect(stdout).toBe(run(TELNET, '--nearest').stdout)
    expect(run(TELNET, '--nearest', DNS).stderr).toContain(`whole number from 1, found ${DNS}`)
  })
})
