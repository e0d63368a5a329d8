// What a user meets first: help, version, completion, and the messages for a wrong command line.

import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { REPLAY_OPTIONS } from '../../src/cli/replay-options.ts'
import { SENSOR_OPTIONS } from '../../src/cli/sensor-options.ts'
import { type Outcome, runGait } from '../support/gait.ts'
import { Workspace } from '../support/workspace.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())

const run = (...args: string[]): Outcome => runGait(args, { cwd: workspace.folder })

describe('help', () => {
  it.each(['--help', '-h'])('%s names the commands and the exit codes', (option) => {
    const { code, stdout, stderr } = run(option)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const command of ['replay', 'sensor', 'interfaces', 'ctl', 'completion'])
      expect(stdout).toContain(`gait ${command}`)
    expect(stdout).toContain('Exit codes: 0 done')
  })

  it.each([
    ['replay', REPLAY_OPTIONS],
    ['sensor', SENSOR_OPTIONS],
  ])('of %s describes every option', (command, options) => {
    const { code, stdout, stderr } = run(command, '--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const [name, option] of Object.entries(options)) {
      expect(stdout).toContain(`--${name}`)
      expect(stdout.replace(/\s+/g, ' ')).toContain(option.describe)
    }
  })

  it('of ctl names its requests', () => {
    const { code, stdout } = run('ctl', '--help')
    expect(code).toBe(0)
    for (const request of ['status', 'reload', 'flows', 'stats', 'log-level'])
      expect(stdout).toContain(`gait ctl ${request}`)
  })

  it('is printed for replay with a capture, too', () => {
    expect(run('replay', 'telnet.pcap', '--help').stdout).toBe(run('replay', '--help').stdout)
  })
})

describe('version', () => {
  it('is that of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
})

describe('completion', () => {
  it('prints a script that bash can read', () => {
    const { code, stdout } = run('completion')
    expect(code).toBe(0)
    expect(stdout).toContain('gait-completions')
    expect(stdout).toContain('complete ')
  })

  it('completes options of replay', () => {
    const { stdout } = run('--get-yargs-completions', 'gait', 'replay', '--exi')
    expect(stdout).toContain('--exit-match')
  })

  it.each([
    ['commands', [''], ['replay', 'sensor', 'interfaces', 'ctl', 'completion']],
    ['options of the sensor', ['sensor', '--log'], ['--log-level', '--log-file']],
    ['values of the sensor’s options', ['sensor', '--capture', ''], ['auto', 'cap', 'pipe']],
    ['requests of ctl', ['ctl', ''], ['status', 'reload', 'flows', 'stats', 'log-level']],
  ])('completes %s', (_what, words, offers) => {
    const { stdout } = run('--get-yargs-completions', 'gait', ...words)
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(offers))
  })
})

describe('a wrong command line is a usage error, said in one line and a hint', () => {
  it.each([
    ['no command', [], 'name a command'],
    ['an unknown command', ['reply'], 'unknown option or command: reply'],
    ['an unknown option', ['replay', 'telnet.pcap', '--exot'], 'unknown option or command: exot'],
    [
      'an unknown option before the capture',
      ['replay', '--exot', 'telnet.pcap'],
      'unknown option or command: exot',
    ],
    ['an unknown letter', ['replay', '-Z', 'telnet.pcap'], 'unknown option or command: Z'],
    ['no capture', ['replay'], 'name a capture'],
    ['an option without its value', ['replay', 'telnet.pcap', '-s'], 'Not enough arguments following: s'],
    [
      'a value that is no number',
      ['replay', 'telnet.pcap', '--threshold', 'abc'],
      '--threshold must be a number',
    ],
    [
      'a value out of range',
      ['replay', 'telnet.pcap', '--elements', '0'],
      '--elements must be a number from 1',
    ],
    ['a broken number', ['replay', 'telnet.pcap', '--elements', '1.5'], '--elements must be a whole number'],
    ['a value that is no choice', ['replay', 'telnet.pcap', '--format', 'xml'], 'Choices: "text", "eve"'],
    [
      'a sensor’s unknown option',
      ['sensor', '-i', 'eth0', '--oputs', 'x'],
      'unknown option or command: oputs',
    ],
    ['a sensor’s value that is no choice', ['sensor', '--capture', 'x'], 'Choices: "auto", "cap", "pipe"'],
    ['a sensor without an interface', ['sensor', '--no-config'], '--interfaces: found no interface'],
    ['nothing to ask', ['ctl'], 'name a request: status, reload, flows, stats or log-level'],
    ['an unknown request', ['ctl', 'restart'], 'unknown option or command: restart'],
    ['no flows to ask for', ['ctl', 'flows', '--top', '0'], '--top must be a whole number from 1 to 1000'],
    ['an unknown level', ['ctl', 'log-level', 'loud'], 'Choices: "trace", "debug"'],
    [
      'flow events as text',
      ['replay', 'telnet.pcap', '--flows'],
      '--flows asks for EVE events: add --format eve',
    ],
  ])('%s', (_what, args, message) => {
    const { code, stdout, stderr } = run(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^gait: /)
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(3)
  })

  it('shows where a filter is wrong', () => {
    const { code, stderr } = run('replay', '--filter', 'tcp prot 23', 'telnet.pcap')
    expect(code).toBe(2)
    expect(stderr).toContain('column 5')
    expect(stderr).toContain('\n  tcp prot 23\n      ^\n')
  })
})

describe('a plain command line and an odd one', () => {
  it.each([
    ['options after the capture', ['replay', 'telnet.pcap', '-l', '-t', '-s', 'telnet.sig']],
    ['letters together', ['replay', '-lts', 'telnet.sig', 'telnet.pcap']],
    ['values after an equals sign', ['replay', '--signatures=telnet.sig', '-lt', 'telnet.pcap']],
    ['a double dash', ['replay', '-s', 'telnet.sig', '-lt', '--', 'telnet.pcap']],
    ['camel case', ['replay', '-s', 'telnet.sig', '--oneLine', '--timestamps', 'telnet.pcap']],
    ['a switch that is set to true', ['replay', '-s', 'telnet.sig', '--one-line=true', '-t', 'telnet.pcap']],
  ])('mean the same: %s', (_what, args) => {
    expect(run(...args)).toEqual({ code: 0, stdout: workspace.hits, stderr: '' })
  })
})
