import { describe, expect, it } from 'vitest'
import { explained } from './texts.ts'

const CASES: readonly (readonly [text: string, place: string, message: string])[] = [
  [
    'count',
    'S050 ',
    'expected the class of hits to count, such as `ssh.auth.failure`, found the end of the line',
  ],
  ['count : a', 'S050 :', 'expected the class of hits to count, such as `ssh.auth.failure`, found `:`'],
  ['count a : a', 'S050 :', 'expected `by client`, `by server` or `by pair`, found `:`'],
  [
    'count a client within 1m where hits > 1 : a',
    'S050 client',
    'expected `by client`, `by server` or `by pair`, found `client`',
  ],
  [
    'count a then by client within 1m where hits > 1 : a',
    'S050 by',
    'expected the class of hits to count, such as `ssh.auth.failure`, found `by`',
  ],
  [
    'count a then b within 1m where hits > 1 : a',
    'S050 within',
    'expected `by client`, `by server` or `by pair`, found `within`',
  ],
  [
    'count a by within 1m where hits > 1 : a',
    'S050 within',
    'expected `client`, `server` or `pair`, found `within`',
  ],
  [
    'count a by client where hits > 1 : a',
    'S050 where',
    'expected `within` and a time, such as `within 30m`, found `where`',
  ],
  [
    'count a by client within where hits > 1 : a',
    'S050 where',
    'expected a time, such as `30m`, found `where`',
  ],
  [
    'count a by client within 1m',
    'S048 ',
    'expected `where` and a condition, such as `where hits >= 10`, found the end of the line',
  ],
  [
    'count a by client within 1m : a',
    'S048 :',
    'expected `where` and a condition, such as `where hits >= 10`, found `:`',
  ],
  [
    'count a by client within 1m hits > 1 : a',
    'S048 hits',
    'expected `where` and a condition, such as `where hits >= 10`, found `hits`',
  ],
  [
    'count a by client within 1m where : a',
    'S048 :',
    'expected a condition after `where`, such as `s.bytes > 1M`, found `:`',
  ],
]

describe('explainCampaign', () => {
  it.each(CASES)('%s', (text, place, message) => {
    expect(explained(text)).toEqual([place, message])
  })
})
