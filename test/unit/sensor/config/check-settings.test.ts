import { describe, expect, it } from 'vitest'
import { checkSettings } from '../../../../src/sensor/config/check-settings.ts'
import { CONFIG_SCHEMA } from '../../../../src/sensor/config/config-schema.ts'

/** The settings that something is said about. */
const findingsOf = (values: object) =>
  checkSettings(CONFIG_SCHEMA.parse({ interfaces: ['eth0'], ...values })).map(({ path }) => path.join('.'))

describe('settings', () => {
  it.each([
    ['one interface', {}],
    ['several', { interfaces: ['eth0', 'eth1'] }],
    ['`any` alone', { interfaces: ['any'] }],
    ['a program for pipe', { capture: 'pipe', 'capture-program': 'tcpdump' }],
    ['a program for what is chosen', { 'capture-program': 'tcpdump' }],
    ['a daemon with a file and a log', { daemon: true, outputs: ['eve.json'], 'log-file': 'log' }],
  ])('go together: %s', (_what, values) => {
    expect(findingsOf(values)).toEqual([])
  })

  it.each([
    ['no interface', { interfaces: [] }, ['interfaces']],
    ['an interface twice', { interfaces: ['a', 'b', 'a'] }, ['interfaces.2']],
    ['`any` beside another', { interfaces: ['a', 'any'] }, ['interfaces.1']],
    ['a program for cap', { capture: 'cap', 'capture-program': 'tcpdump' }, ['capture-program']],
    ['a daemon that writes to its terminal', { daemon: true, 'log-file': 'log' }, ['daemon']],
    [
      'a daemon that writes there, too',
      { daemon: true, outputs: ['eve.json', '-'], 'log-file': 'log' },
      ['daemon'],
    ],
    ['a daemon that logs there', { daemon: true, outputs: ['eve.json'] }, ['daemon']],
  ])('do not go together: %s', (_what, values, paths) => {
    expect(findingsOf(values)).toEqual(paths)
  })
})
