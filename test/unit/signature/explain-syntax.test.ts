import { describe, expect, it } from 'vitest'
import { explained } from './texts.ts'

const CASES: readonly (readonly [text: string, place: string, message: string])[] = [
  [
    'TCP * s12 : a',
    'S001 TCP',
    'expected `tcp`, `udp`, `icmp`, `ssh` or `count`, found `TCP`; did you mean `tcp`?',
  ],
  [
    'tpc * s12 : a',
    'S001 tpc',
    'expected `tcp`, `udp`, `icmp`, `ssh` or `count`, found `tpc`; did you mean `tcp`?',
  ],
  [
    'icmpv6 * s12 : a',
    'S001 icmpv6',
    'expected `tcp`, `udp`, `icmp`, `ssh` or `count`, found `icmpv6`; did you mean `icmp`?',
  ],
  [
    'tcp22 s12 : a',
    'S001 tcp22',
    'expected `tcp`, `udp`, `icmp`, `ssh` or `count`, found `tcp22`; did you mean `tcp`?',
  ],
  [
    'sctp-over-udp * s12 : a',
    'S001 sctp-over-udp',
    'expected `tcp`, `udp`, `icmp`, `ssh` or `count`, found `sctp-over-udp`',
  ],
  [
    'sshd * s12 : a',
    'S001 sshd',
    'expected `tcp`, `udp`, `icmp`, `ssh` or `count`, found `sshd`; did you mean `ssh`?',
  ],
  [
    'counts a by client within 1m where hits > 1 : a',
    'S001 counts',
    'expected `tcp`, `udp`, `icmp`, `ssh` or `count`, found `counts`; did you mean `count`?',
  ],
  [': a', 'S001 :', 'expected `tcp`, `udp`, `icmp`, `ssh` or `count`, found `:`'],
  ['tcp', 'S002 ', 'expected ports such as `22` or `22,2200-2299`, or `*`, found the end of the line'],
  ['tcp c12 s12 : a', 'S002 c12', 'expected ports such as `22` or `22,2200-2299`, or `*`, found `c12`'],
  ['tcp ssh s12 : a', 'S002 ssh', 'expected ports such as `22` or `22,2200-2299`, or `*`, found `ssh`'],
  ['tcp 25,x s12 : a', 'S002 25,x', 'expected ports such as `22` or `22,2200-2299`, or `*`, found `25,x`'],
  ['tcp 25, s12 : a', 'S002 s12', 'expected ports such as `22` or `22,2200-2299`, or `*`, found `s12`'],
  ['tcp 25-x s12 : a', 'S002 25-x', 'expected ports such as `22` or `22,2200-2299`, or `*`, found `25-x`'],
  [
    'tcp 22..30 s12 : a',
    'S002 22..30',
    'expected ports such as `22` or `22,2200-2299`, or `*`, found `22..30`: a range of ports is written `22-30`',
  ],
  ['tcp 22x s12 : a', 'S002 22x', 'expected ports such as `22` or `22,2200-2299`, or `*`, found `22x`'],
  ['tcp = s12 : a', 'S002 =', 'expected ports such as `22` or `22,2200-2299`, or `*`, found `=`'],
  [
    'tcp where c.bytes > 1 : a',
    'S002 where',
    'expected ports such as `22` or `22,2200-2299`, or `*`, found `where`',
  ],
  [
    'tcp * where c.bytes > 1 # a',
    'S016 # a',
    'a comment needs a line of its own: write it above the statement',
  ],
  ['count a # b', 'S016 # b', 'a comment needs a line of its own: write it above the statement'],
]

describe('explainSyntax', () => {
  it.each(CASES)('%s', (text, place, message) => {
    expect(explained(text)).toEqual([place, message])
  })
})
