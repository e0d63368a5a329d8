import { describe, expect, it } from 'vitest'
import { rateLimitSetting, suppressionSetting } from '../../../../src/sensor/config/alert-limits.ts'
import { messagesOf } from './checking.ts'

describe('a rate limit', () => {
  it.each([
    ['off', undefined],
    ['100/60', { alerts: 100, seconds: 60, by: 'signature-client' }],
    ['1/86400/signature', { alerts: 1, seconds: 86_400, by: 'signature' }],
    [
      { alerts: 5, seconds: 1 },
      { alerts: 5, seconds: 1, by: 'signature-client' },
    ],
    [
      { alerts: 5, seconds: 1, by: 'signature-pair' },
      { alerts: 5, seconds: 1, by: 'signature-pair' },
    ],
  ])('may be written %j', (written, read) => {
    expect(rateLimitSetting.parse(written)).toEqual(read)
  })

  it.each([
    ['of', 'found `of`, expected `off`, `alerts/seconds/by` such as'],
    ['100', 'found `100`, expected `off`'],
    [100, 'found `100`, expected `off`'],
    ['0/60', 'found `0`, expected a whole number from 1 to 1000000'],
    ['1/60/client', 'found `client`, expected `signature`, `signature-client`, `signature-pair`'],
    [{ alerts: 1 }, 'found no `seconds`, expected a whole number from 1 to 86400'],
    [{ alerts: 1, seconds: 1, per: 'x' }, 'found the unknown key `per`, expected `alerts`, `seconds`, `by`'],
  ])('is not %j', (written, message) => {
    expect(messagesOf(rateLimitSetting, written)).toEqual([expect.stringContaining(message)])
  })
})

describe('a suppression', () => {
  const none = { sid: undefined, class: undefined, network: undefined, end: 'either' }

  it.each([
    [{ sid: 5 }, { ...none, sid: 5 }],
    [{ network: '192.0.2.7' }, { ...none, network: '192.0.2.7/32' }],
    [
      { class: 'ssh.auth.*', network: 'fd00::/8', end: 'server' },
      { ...none, class: 'ssh.auth.*', network: 'fd00::/8', end: 'server' },
    ],
    ['sid=5', { ...none, sid: 5 }],
    ['class=*,network=10.0.0.0/8,end=client', { ...none, class: '*', network: '10.0.0.0/8', end: 'client' }],
  ])('may be written %j', (written, read) => {
    expect(suppressionSetting.parse(written)).toEqual(read)
  })

  it.each([
    [{}, 'found a map, expected one of `sid`, `class` and `network` at least'],
    [{ end: 'client' }, 'found a map, expected one of `sid`, `class` and `network` at least'],
    ['end=client', 'found a map, expected one of `sid`, `class` and `network` at least'],
    [{ sid: '5' }, 'found the text `"5"`, expected a whole number from 1 to 2147483647'],
    ['sid=x', 'found `x`, expected a whole number from 1 to 2147483647'],
    [
      'sidd=5',
      'found the unknown key `sidd`, expected `sid`, `class`, `network`, `end`; did you mean `sid`?',
    ],
    [
      { network: '10.0.0.7/8' },
      'found `10.0.0.7/8`, expected an address or a network such as `10.0.0.0/8`, without bits behind its prefix',
    ],
    [{ sid: 1, end: 'both' }, 'found `both`, expected `client`, `server`, `either`'],
    ['5', 'found `5`, expected `key=value,...` such as'],
    [5, 'found `5`, expected `key=value,...` such as'],
  ])('is not %j', (written, message) => {
    expect(messagesOf(suppressionSetting, written)).toEqual([expect.stringContaining(message)])
  })
})
