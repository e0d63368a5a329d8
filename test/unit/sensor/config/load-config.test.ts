import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import { parseOutput } from '../../../../src/output/sinks/parse-output.ts'
import { ConfigError } from '../../../../src/sensor/config/config-problem.ts'
import { type Flags, loadConfig } from '../../../../src/sensor/config/load-config.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'gait.yaml')
const load = (text: string, flags: Flags = {}) => {
  writeFileSync(file, text)
  return loadConfig(file, flags)
}

/** What is said, less the file's folder and the lines with carets. */
function complaints(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const lines = error.message.replaceAll(`${folder}/`, '').split('\n')
    return lines.filter((line) => !line.startsWith('  '))
  }
  return []
}

const EVERYTHING = `
interfaces: [eth0, eth1]
capture: pipe
capture-program: bin/tcpdump
filter: tcp port 22
snaplen: 1500
promiscuous: false
buffer: 128MiB
signatures: [a.sig, /b]
add-signatures: [../c.sig]
watch-signatures: true
exact: true
threshold: 250.5
checksums: true
max-flows: 1000
flows: false
elements: 10
ssh-memory: 1GiB
match-memory: 16777216
shed: false
outputs: [eve.json, {type: unix, path: x.sock}, 'tcp://host:5170']
rate-limit: 100/60
suppress: [{sid: 5}]
stats-interval: 0
metrics: off
control: off
user: 1000
group: gait
allow-root: true
daemon: true
pid-file: gait.pid
log-level: debug
log-file: gait.log
`

describe('a configuration', () => {
  it('of flags alone has defaults for all else', () => {
    expect(loadConfig(undefined, { interfaces: ['eth0'] })).toEqual({
      file: undefined,
      interfaces: ['eth0'],
      capture: 'auto',
      captureProgram: undefined,
      filter: undefined,
      snaplenBytes: 262_144,
      promiscuous: true,
      bufferBytes: 64 << 20,
      signatures: [],
      addSignatures: [],
      watchSignatures: false,
      exact: false,
      thresholdMs: 500,
      checksums: false,
      maxFlows: 262_144,
      flows: true,
      elements: 64,
      sshMemoryBytes: 64 << 20,
      matchMemoryBytes: 32 << 20,
      shed: true,
      outputs: [parseOutput('-')],
      rateLimit: undefined,
      suppress: [],
      statsIntervalSeconds: 60,
      metrics: { host: '127.0.0.1', port: 9477 },
      control: '/run/gait/gait.sock',
      user: undefined,
      group: undefined,
      allowRoot: false,
      daemon: false,
      pidFile: undefined,
      logLevel: 'info',
      logFile: undefined,
    })
  })

  it('of a file has what it says; paths begin at the file’s folder', () => {
    expect(load(EVERYTHING)).toEqual({
      file,
      interfaces: ['eth0', 'eth1'],
      capture: 'pipe',
      captureProgram: join(folder, 'bin/tcpdump'),
      filter: 'tcp port 22',
      snaplenBytes: 1500,
      promiscuous: false,
      bufferBytes: 128 << 20,
      signatures: [join(folder, 'a.sig'), '/b'],
      addSignatures: [join(folder, '../c.sig')],
      watchSignatures: true,
      exact: true,
      thresholdMs: 250.5,
      checksums: true,
      maxFlows: 1000,
      flows: false,
      elements: 10,
      sshMemoryBytes: 1 << 30,
      matchMemoryBytes: 16 << 20,
      shed: false,
      outputs: [
        parseOutput(join(folder, 'eve.json')),
        parseOutput(`unix:${join(folder, 'x.sock')}`),
        parseOutput('tcp://host:5170'),
      ],
      rateLimit: { alerts: 100, seconds: 60, by: 'signature-client' },
      suppress: [{ sid: 5, class: undefined, network: undefined, end: 'either' }],
      statsIntervalSeconds: 0,
      metrics: undefined,
      control: undefined,
      user: '1000',
      group: 'gait',
      allowRoot: true,
      daemon: true,
      pidFile: join(folder, 'gait.pid'),
      logLevel: 'debug',
      logFile: join(folder, 'gait.log'),
    })
  })

  it('may be empty when flags suffice', () => {
    expect(load('# nothing\n', { interfaces: ['eth0'] }).interfaces).toEqual(['eth0'])
  })

  it('leaves the name of a capture program to be looked up', () => {
    expect(load('interfaces: [eth0]\ncapture-program: dumpcap\n').captureProgram).toBe('dumpcap')
  })

  it('of a daemon has a pid file', () => {
    const flags = { interfaces: ['eth0'], daemon: true, outputs: ['eve.json'], 'log-file': 'gait.log' }
    expect(loadConfig(undefined, flags).pidFile).toBe('/run/gait/gait.pid')
  })
})

describe('flags', () => {
  it('win over the file, lists as a whole; their paths begin at the current folder', () => {
    const flags = {
      interfaces: ['lo'],
      signatures: ['mine.sig'],
      promiscuous: true,
      outputs: ['-'],
      metrics: 'off',
    }
    expect(load(EVERYTHING.replace('daemon: true', ''), flags)).toMatchObject({
      interfaces: ['lo'],
      signatures: [resolve('mine.sig')],
      addSignatures: [join(folder, '../c.sig')],
      promiscuous: true,
      outputs: [parseOutput('-')],
      metrics: undefined,
    })
  })

  it('that are undefined are not given', () => {
    expect(load('interfaces: [eth0]\n', { interfaces: undefined }).interfaces).toEqual(['eth0'])
  })
})

describe('all that is wrong is said at once', () => {
  it('by its place in the file, then flags', () => {
    const text = 'treshold: 5\ninterfaces: [eth0]\nsnaplen: 5\noutputs:\n  - {type: file, pth: x}\n'
    expect(complaints(() => load(text, { buffer: '5', metrics: 'here' }))).toEqual([
      'gait.yaml:1:1: found the unknown key `treshold`, expected a setting; did you mean `threshold`?',
      'gait.yaml:3:10: found `5`, expected a whole number of bytes from 64 to 262144',
      'gait.yaml:5:5: found no `path`, expected the path of a file',
      'gait.yaml:5:18: found the unknown key `pth`, expected `type`, `path`, `types`, `classes`, `severity`, ' +
        '`queue`; did you mean `path`?',
      'gait: --buffer: found `5`, expected a size from 64KiB to 2047MiB, such as `64MiB` or `64MB`',
      'gait: --metrics: found `here`, expected `off`, or an address and a port such as `127.0.0.1:9477`',
    ])
  })

  it('with the line and a caret', () => {
    expect(() => load('interfaces: [eth0]\nthreshold: fast # ms\n')).toThrow(
      `${file}:2:12: found \`fast\`, expected a number of ms from 0 to 3600000\n` +
        '  threshold: fast # ms\n             ^~~~',
    )
  })

  it('also what a flag would win over', () => {
    expect(complaints(() => load('interfaces: [eth0]\nelements: 0\n', { elements: 5 }))).toEqual([
      'gait.yaml:2:11: found `0`, expected a whole number from 1 to 65535',
    ])
  })

  it('of the flags also when the file is no YAML', () => {
    expect(complaints(() => load('a: b: c\n', { elements: 0 }))).toEqual([
      expect.stringContaining('gait.yaml:1:4: found a map, expected a value:'),
      'gait: --elements: found `0`, expected a whole number from 1 to 65535',
    ])
  })

  it('of settings beside a key that stands twice', () => {
    expect(complaints(() => load('exact: true\nexact: yes\n'))).toEqual([
      'gait.yaml:2:1: found this key a second time, expected it once',
      'gait.yaml:2:8: found `yes`, expected `true` or `false`',
    ])
  })

  it('when the file is no map', () => {
    expect(complaints(() => load('eth0\n'))).toEqual([
      'gait.yaml:1:1: found `eth0`, expected a map of settings',
    ])
  })
})

describe('what does not go together', () => {
  it('is said where it is set', () => {
    const text = 'interfaces: [eth0, eth0]\ncapture: cap\ncapture-program: tcpdump\ndaemon: true\n'
    expect(complaints(() => load(text))).toEqual([
      'gait.yaml:1:20: found `eth0` twice, expected each interface once',
      expect.stringMatching(/^gait.yaml:3:18: found a program with the capture `cap`/),
      expect.stringMatching(/^gait.yaml:4:9: found a daemon with events on standard output/),
      expect.stringMatching(/^gait.yaml:4:9: found a daemon with its log on standard error/),
    ])
  })

  it('is said of the flag that sets it, or that would', () => {
    expect(complaints(() => load('exact: true\n'))).toEqual([
      'gait: --interfaces: found no interface, expected one at least, such as `eth0`',
    ])
    expect(complaints(() => load('interfaces: [eth0]\n', { interfaces: ['any', 'lo'] }))).toEqual([
      expect.stringMatching(/^gait: --interfaces: found `any` beside other interfaces/),
    ])
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['is not there', 'none.yaml', 'no such file'],
    ['is a folder', 'folder', 'it is a folder'],
    ['is not UTF-8', 'latin.yaml', 'it is not text in UTF-8'],
  ])('because it %s', (_what, name, reason) => {
    mkdirSync(join(folder, 'folder'), { recursive: true })
    writeFileSync(join(folder, 'latin.yaml'), Buffer.from('filter: b\xe9\n', 'latin1'))
    const path = join(folder, name)
    expect(() => loadConfig(path, {})).toThrow(
      new OperatorError('input', `cannot read the configuration ${path}: ${reason}`),
    )
  })
})
