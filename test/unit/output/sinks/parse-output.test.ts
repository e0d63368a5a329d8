import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import { DEFAULT_QUEUE_BYTES } from '../../../../src/model/output-options.ts'
import { nameOutput } from '../../../../src/output/sinks/create-transport.ts'
import { parseOutput } from '../../../../src/output/sinks/parse-output.ts'
import { ALL } from './receiving.ts'

const plain = { filter: ALL, queueBytes: DEFAULT_QUEUE_BYTES }

describe('an output', () => {
  it.each([
    ['-', { type: 'stdout' }],
    ['eve.json', { type: 'file', path: 'eve.json' }],
    ['/var/log/gait/eve.json', { type: 'file', path: '/var/log/gait/eve.json' }],
    ['./-', { type: 'file', path: './-' }],
    ['unix:/run/x.sock', { type: 'unix', path: '/run/x.sock' }],
    ['unix:x.sock', { type: 'unix', path: 'x.sock' }],
    ['tcp://host:5000', { type: 'tcp', host: 'host', port: 5000 }],
    ['tcp://[::1]:5000', { type: 'tcp', host: '::1', port: 5000 }],
    [
      'syslog+udp://host:514',
      { type: 'syslog', transport: 'udp', host: 'host', port: 514, facility: 'local0' },
    ],
    [
      'syslog+tcp://10.0.0.1:601',
      { type: 'syslog', transport: 'tcp', host: '10.0.0.1', port: 601, facility: 'local0' },
    ],
  ])('may be `%s`, and is named like that', (text, expected) => {
    const options = parseOutput(text)
    expect(options).toEqual({ ...expected, ...plain })
    expect(nameOutput(options)).toBe(text)
  })

  it.each([
    ['file:eve.json', { type: 'file', path: 'eve.json' }],
    ['file:///var/eve.json', { type: 'file', path: '/var/eve.json' }],
    ['unix:///run/x.sock', { type: 'unix', path: '/run/x.sock' }],
    ['tcp:host:5000', { type: 'tcp', host: 'host', port: 5000 }],
  ])('may also be written `%s`', (text, expected) => {
    expect(parseOutput(text)).toEqual({ ...expected, ...plain })
  })

  it('may choose events, and the size of its queue', () => {
    const text = 'eve.json?types=alert,ssh&classes=ssh.auth.*,actor.human&severity=2&queue=1MiB'
    expect(parseOutput(text)).toEqual({
      type: 'file',
      path: 'eve.json',
      filter: { types: ['alert', 'ssh'], classes: ['ssh.auth.*', 'actor.human'], severity: 2 },
      queueBytes: 1 << 20,
    })
    expect(parseOutput('-?types=engine').filter).toEqual({ ...ALL, types: ['engine'] })
    expect(parseOutput('syslog+tcp://h:1?facility=auth')).toMatchObject({ facility: 'auth' })
  })

  it.each([
    ['', 'it has no path'],
    ['?types=alert', 'it has no path'],
    ['unix:', 'it has no path'],
    [`unix:/${'x'.repeat(107)}`, 'the path of a socket has at most 107 bytes'],
    ['udp://host:1', 'there is no such kind of output'],
    ['http://host:1/x', 'there is no such kind of output'],
    ['tcp://host', '`host` is no HOST:PORT'],
    ['tcp://::1:5000', '`::1:5000` is no HOST:PORT'],
    ['syslog://host:514', 'syslog goes over `syslog+udp` or `syslog+tcp`'],
    ['syslog+tls://host:514', 'syslog goes over `syslog+udp` or `syslog+tcp`'],
    ['x?', 'there is no setting ``; there are types, classes, severity, queue, facility'],
    ['x?type=alert', 'there is no setting `type`; there are types, classes, severity, queue, facility'],
    ['x?types=alert&types=ssh', '`types` stands twice'],
    ['x?types=', '`types` has no value'],
    ['x?types=alerts', 'there is no event `alerts`; there are alert, flow, ssh, stats, engine'],
    ['x?types=alert,', 'there is no event ``; there are alert, flow, ssh, stats, engine'],
    ['x?classes=ssh*', '`ssh*` is no class such as `ssh.auth.failure` or `ssh.auth.*`'],
    ['x?severity=0', 'severity `0` is not 1 (grave) to 255'],
    ['x?severity=high', 'severity `high` is not 1 (grave) to 255'],
    ['x?queue=1KiB', 'queue `1KiB` is no size from 64KiB to 1GiB'],
    ['x?queue=big', 'queue `big` is no size from 64KiB to 1GiB'],
    ['x?facility=auth', 'only syslog has a facility'],
    [
      'syslog+udp://h:1?facility=me',
      'there is no facility `me`; there are kern, user, mail, daemon, auth, syslog, lpr, news, uucp, cron, authpriv, ftp, ntp, audit, alert, clock, local0, local1, local2, local3, local4, local5, local6, local7',
    ],
  ])('is not `%s`', (text, what) => {
    let error: unknown
    try {
      parseOutput(text)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(OperatorError)
    expect(error).toMatchObject({ code: 'usage', message: `output \`${text}\`: ${what}` })
    expect((error as OperatorError).hint).toBeTruthy()
  })
})
