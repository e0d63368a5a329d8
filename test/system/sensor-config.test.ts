// The sensor's configuration as an operator meets it: what `gait sensor --test-config` says, and its exit code.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Outcome, runGait } from '../support/gait.ts'
import { Workspace } from '../support/workspace.ts'

const EXAMPLE = join(import.meta.dirname, '../../docs/gait.yaml')
const workspace = new Workspace()
afterAll(() => workspace.remove())

const test = (...args: string[]): Outcome =>
  runGait(['sensor', '--test-config', ...args], { cwd: workspace.folder })

const write = (text: string) => workspace.write('gait.yaml', text)

describe('a sound configuration', () => {
  it('is said to be so, with what it has', () => {
    write('interfaces: [lo]\nallow-root: true\nsignatures: [telnet.sig]\noutputs: [a.json, b.json, "-"]\n')
    expect(test('-c', 'gait.yaml')).toEqual({
      code: 0,
      stdout: 'gait.yaml: sound: 1 interface, 3 signatures, 3 outputs\n',
      stderr: '',
    })
  })

  it('is the example', () => {
    const { code, stdout } = test('--config', EXAMPLE)
    expect(code).toBe(0)
    expect(stdout).toMatch(/docs\/gait\.yaml: sound: 1 interface, \d+ signatures, 1 output\n$/)
  })

  it('may come from flags alone, in any spelling', () => {
    const sound = {
      code: 0,
      stdout: 'command line: sound: 1 interface, 3 signatures, 2 outputs\n',
      stderr: '',
    }
    for (const line of [
      '--no-config -i lo --allow-root -s telnet.sig -o - -o eve.json',
      '--no-config --allow-root -Filo -stelnet.sig -o- -o eve.json --no-promiscuous -q 250 --buffer 64MB',
      '--no-config --allow-root --interface=lo --signatures telnet.sig --output a.json --outputs -?types=alert --shed=false',
    ])
      expect(test(...line.split(' ')), line).toEqual(sound)
  })
})

describe('what is wrong with a configuration', () => {
  it('is said all at once, with places to jump to; flags are named', () => {
    write('interfaces: [eth0]\nthreshhold: 5\noutputs:\n  - {type: fil}\n')
    const { code, stdout, stderr } = test('-c', 'gait.yaml', '--elements', 'ten')
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr.split('\n')).toEqual([
      'gait.yaml:2:1: found the unknown key `threshhold`, expected a setting; did you mean `threshold`?',
      '  threshhold: 5',
      '  ^~~~~~~~~~',
      'gait.yaml:4:12: found `fil`, expected `file`, `stdout`, `unix`, `tcp`, `syslog`; did you mean `file`?',
      '    - {type: fil}',
      '             ^~~',
      'gait: --elements: found `ten`, expected a whole number from 1 to 65535',
      '',
    ])
  })

  it('is a wrong usage when it is in flags only', () => {
    const { code, stderr } = test('--no-config', '-i', 'eth0', '--snaplen', '5')
    expect(code).toBe(2)
    expect(stderr).toBe('gait: --snaplen: found `5`, expected a whole number of bytes from 64 to 262144\n')
  })

  it('is that a file is not there', () => {
    expect(test('-c', 'none.yaml')).toEqual({
      code: 3,
      stdout: '',
      stderr: 'gait: cannot read the configuration none.yaml: no such file\n',
    })
  })

  it('may be its signatures', () => {
    workspace.write('broken.sig', 'tcp * = c1 x2 : broken\n')
    write('interfaces: [eth0]\nsignatures: [telnet.sig, broken.sig]\n')
    const { code, stdout, stderr } = test('-c', 'gait.yaml')
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain('broken.sig:1:12: error S005')
    expect(test('--no-config', '-i', 'eth0', '-s', 'none.sig')).toMatchObject({ code: 3 })
  })
})

describe('what would keep a sound sensor from starting', () => {
  it('is warned of when it is a matter of this machine', () => {
    const { code, stdout, stderr } = test('--no-config', '-i', 'nosuch0', '-o', '/none/x', '--user', 'nosuch')
    expect(code).toBe(0)
    expect(stdout).toContain('sound: 1 interface')
    for (const what of ['there is no interface nosuch0', 'there is no folder /none', 'no user nosuch'])
      expect(stderr).toContain(what)
  })

  it('is an error when it is one everywhere', () => {
    const { code, stderr } = test('--no-config', '-i', 'lo', '--allow-root', '-f', 'tcp prot 22')
    expect(code).toBe(2)
    expect(stderr).toContain('wrong filter `tcp prot 22`')
    expect(test('--no-config', '-i', 'lo', '-o', 'a', '-o', 'a?types=alert').code).toBe(2)
  })
})

describe('the example', () => {
  it('is named by the help of the sensor', () => {
    expect(readFileSync(EXAMPLE, 'utf8')).toContain('gait sensor --config gait.yaml --test-config')
    expect(runGait(['sensor', '--help']).stdout).toContain('docs/gait.yaml')
  })
})
