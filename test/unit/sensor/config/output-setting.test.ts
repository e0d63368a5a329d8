import { describe, expect, it } from 'vitest'
import { parseOutput } from '../../../../src/output/sinks/parse-output.ts'
import { outputSetting } from '../../../../src/sensor/config/output-setting.ts'
import { messagesOf } from './checking.ts'

describe('an output', () => {
  it.each([
    ['-', { type: 'stdout' }],
    ['/var/log/eve.json', { type: 'file', path: '/var/log/eve.json' }],
    ['unix:/run/x.sock', { type: 'unix', path: '/run/x.sock' }],
    ['tcp://host:5170', { type: 'tcp', address: 'host:5170' }],
    ['tcp://[::1]:5170', { type: 'tcp', address: '[::1]:5170' }],
    ['syslog+udp://host:514', { type: 'syslog', address: 'host:514' }],
    [
      'syslog+tcp://host:601?facility=auth',
      { type: 'syslog', address: 'host:601', transport: 'tcp', facility: 'auth' },
    ],
    [
      'eve.json?types=alert,ssh&classes=ssh.auth.*&severity=2&queue=1MiB',
      {
        type: 'file',
        path: 'eve.json',
        types: ['alert', 'ssh'],
        classes: ['ssh.auth.*'],
        severity: 2,
        queue: '1MiB',
      },
    ],
  ])('%s is the same as a text and as a map', (text, map) => {
    expect(outputSetting.parse(map)).toEqual(parseOutput(text))
    expect(outputSetting.parse(text)).toEqual(parseOutput(text))
  })

  it.each([
    ['', 'found nothing, expected `-`, a path,'],
    [5, 'found `5`, expected `-`, a path,'],
    ['eve.json?typs=alert', 'output `eve.json?typs=alert`: there is no setting `typs`'],
    [{}, 'found no `type`, expected `file`, `stdout`, `unix`, `tcp`, `syslog`'],
    [{ path: 'x' }, 'found no `type`, expected `file`'],
    [
      { type: 'fle', path: 'x' },
      'found `fle`, expected `file`, `stdout`, `unix`, `tcp`, `syslog`; did you mean',
    ],
    [{ type: 'stdout', path: 'x' }, 'found the unknown key `path`, expected `type`, `types`'],
    [{ type: 'tcp' }, 'found no `address`, expected `host:port`'],
    [{ type: 'tcp', address: 'host' }, 'found `host`, expected `host:port`'],
    [{ type: 'stdout', types: 'alert' }, 'found `alert`, expected a list of event types'],
    [
      { type: 'stdout', types: ['alerts'] },
      'found `alerts`, expected `alert`, `flow`, `ssh`, `stats`, `engine`;',
    ],
    [{ type: 'stdout', queue: 5 }, 'found `5`, expected a size from 64KiB to 1GiB'],
    [
      { type: 'syslog', address: 'h:1', facility: 'locla7' },
      'found `locla7`, expected `kern`, `user`, `mail`, … `local7`; did you mean `local7`?',
    ],
  ])('is not %j', (written, message) => {
    expect(messagesOf(outputSetting, written)).toEqual([expect.stringContaining(message)])
  })
})
