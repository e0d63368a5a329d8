// Where reports go and how they look: formats, a file, a pipe that closes, a device that is full.

import { existsSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { type Outcome, parseEve, runGait, runShell } from '../support/gait.ts'
import { Workspace } from '../support/workspace.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())
const { folder, hits } = workspace

const replay = (...args: string[]): Outcome =>
  runGait(['replay', '-s', 'telnet.sig', ...args, 'telnet.pcap'], { cwd: folder })
const shell = (command: string): Outcome => runShell(command, folder)

describe('text', () => {
  it('has three lines and a blank one for each hit', () => {
    const blocks = replay().stdout.split('\n\n')
    expect(blocks.pop()).toBe('')
    expect(blocks).toHaveLength(5)
    expect(blocks[0]).toBe(
      [
        '(tcp) 10.40.104.65:33694 -> 10.40.104.239:23',
        'Observed for: 308B, 18 packets, spans 1 second',
        'Matches: Text typed by a person, character by character (hit: 1)',
      ].join('\n'),
    )
  })

  it('has one line for each hit with -l, and the time before with -t', () => {
    const bare = hits.replaceAll(/^\S+ /gm, '')
    expect(replay('-l').stdout).toBe(bare)
    expect(replay('--one-line').stdout).toBe(bare)
    expect(replay('-l', '-t').stdout).toBe(hits)
    expect(replay('-t').stdout.split('\n')[0]).toBe(
      '2026-11-21T03:19:54.911884+0000 (tcp) 10.40.104.65:33694 -> 10.40.104.239:23',
    )
  })
})

describe('--resolve', () => {
  it('shows names where there are any, and ends all the same where there are none', () => {
    const { code, stdout } = replay('-l', '--resolve')
    expect(code).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(line).toMatch(/^\(tcp\) \S+:33694 -> \S+:23: /)
  })
})

describe('--summary', () => {
  it('tells the totals on standard error and leaves standard output alone', () => {
    const { code, stdout, stderr } = replay('-l', '-t', '--summary')
    expect({ code, stdout }).toEqual({ code: 0, stdout: hits })
    const lines = stderr.trim().split('\n')
    expect(lines.slice(0, 5)).toEqual([
      'packets:    262',
      'bytes:      23104 (23.1kB)',
      'flows:      1',
      'signatures: 3',
      'hits:       5',
    ])
    expect(lines).toContain('           2  decode.not_ip_frames')
    expect(lines.at(-2)).toBe('           4  9000001  Text typed by a person, character by character')
  })
})

describe('-o', () => {
  it('writes to a file instead of standard output', () => {
    expect(replay('-l', '-t', '-o', 'hits.txt')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(workspace.read('hits.txt')).toBe(hits)
    expect(replay('--format', 'eve', '--output', 'hits.ndjson').stdout).toBe('')
    expect(parseEve(workspace.read('hits.ndjson'))).toHaveLength(6)
  })

  it('says when the file cannot be written', () => {
    const { code, stdout, stderr } = replay('-o', 'nowhere/hits.txt')
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(/^gait: cannot write nowhere\/hits\.txt: .*\n$/)
  })
})

describe('--format eve', () => {
  it('has alerts and the totals, and flows when asked', () => {
    const types = (...options: string[]) =>
      parseEve(replay('--format', 'eve', ...options).stdout).map(({ event_type }) => event_type)
    const alerts = Array<string>(5).fill('alert')
    expect(types()).toEqual([...alerts, 'stats'])
    expect(types('--flows')).toEqual([...alerts, 'flow', 'stats'])
  })
})

const PRINTING = ['gait --help', 'gait replay --help', 'gait --version', 'gait completion']

describe('a reader that goes away', () => {
  it('ends the run quietly', () => {
    const { code, stdout, stderr } = shell(
      'gait replay -s telnet.sig -l -t telnet.pcap | head -1; exit $PIPESTATUS',
    )
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${hits.split('\n')[0]}\n`, stderr: '' })
  })

  it('ends the run early, however much there is to come', () => {
    const many = Array<string>(2000).fill('telnet.pcap').join(' ')
    const { code, stdout, stderr } = shell(
      `gait replay -s telnet.sig --format eve --flows ${many} | head -1 | wc -l; exit $PIPESTATUS`,
    )
    expect({ code, stdout: stdout.trim(), stderr }).toEqual({ code: 0, stdout: '1', stderr: '' })
  })
})

describe('a reader that went away before', () => {
  it.each(PRINTING)('is no error for %s', (command) => {
    const closing = `{ sleep 0.2; ${command}; } | true; exit $PIPESTATUS`
    expect(shell(closing)).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe.skipIf(!existsSync('/dev/full'))('a device that is full', () => {
  it.each([
    'gait replay -s telnet.sig telnet.pcap > /dev/full',
    'gait replay -s telnet.sig -o /dev/full telnet.pcap',
    ...PRINTING.map((command) => `${command} > /dev/full`),
  ])('is reported in one line: %s', (command) => {
    const { code, stderr } = shell(command)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^gait: cannot write to (standard output|\/dev\/full): ENOSPC.*\n$/)
  })
})

describe('a closed standard error', () => {
  it('is nobody’s concern', () => {
    expect(shell('gait replay -s telnet.sig -l -t telnet.pcap nowhere.pcap 2>&-')).toMatchObject({
      code: 3,
      stdout: hits,
    })
  })
})
