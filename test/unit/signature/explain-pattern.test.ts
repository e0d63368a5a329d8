import { describe, expect, it } from 'vitest'
import { explained } from './texts.ts'

const CASES: readonly (readonly [text: string, place: string, message: string])[] = [
  ['tcp 22 s12 +', 'S006 +', 'expected a packet after `+`, found the end of the line'],
  ['tcp 22 s12 + : a', 'S006 +', 'expected a packet after `+`, found `:`'],
  ['tcp 22 s12 + > : a', 'S006 +', 'expected a packet after `+`, found `>`'],
  ['tcp 22 s12 ++ c1 : a', 'S006 +', 'expected a packet after `+`, found `+`'],
  ['tcp 22 + < c1 : a', 'S006 +', 'expected a packet after `+`, found `<`'],
  ['tcp 22 s12 +? : a', 'S006 +?', 'expected a packet after `+`, found `:`'],
  ['tcp 22 s12 +2s..30s : a', 'S006 +2s..30s', 'expected a packet after `+`, found `:`'],
  [
    'tcp 22 s12 +2s..30s-rtt where c.bytes > 1 : a',
    'S006 +2s..30s-rtt',
    'expected a packet after `+`, found `where`',
  ],
  ['tcp 22 (s12 + | c1) : a', 'S006 +', 'expected a packet after `+`, found `|`'],
  [
    'tcp 22 s12 +2s c1 : a',
    'S049 2s',
    'a time before a packet is a range, such as `+2s..`, `+..200ms` or `+2s..30s`; found `2s`',
  ],
  [
    'tcp 22 s12 +2s-30s c1 : a',
    'S049 2s-30s',
    'a time before a packet is a range, such as `+2s..`, `+..200ms` or `+2s..30s`; found `2s-30s`',
  ],
  [
    'tcp 22 s12 +2s..30sc1 : a',
    'S049 2s..30sc1',
    'a time before a packet is a range, such as `+2s..`, `+..200ms` or `+2s..30s`; found `2s..30sc1`',
  ],
  ['tcp 22 s12 +2s..30s-foo c1 : a', 'S049 2s..30s-foo', 'behind the times of a pause only `-rtt` can stand'],
  ['tcp 22', 'S007 ', 'expected at least one packet, such as `c12`, found the end of the line'],
  ['tcp 22 : a', 'S007 :', 'expected at least one packet, such as `c12`, found `:`'],
  ['tcp 22 <> : a', 'S007 >', 'expected at least one packet, such as `c12`, found `>`'],
  [
    'tcp 22 < where c.bytes > 1 : a',
    'S007 where',
    'expected at least one packet, such as `c12`, found `where`',
  ],
  ['tcp 22 s12', 'S008 ', 'expected `:` and a description, found the end of the line'],
  ['tcp 22 s12 >', 'S008 ', 'expected `:` and a description, found the end of the line'],
  ['tcp 22 s12 SSH1 refused', 'S008 SSH1', 'expected `:` before the description, found `SSH1`'],
  ['tcp 22 s12 > SSH1 : a', 'S008 SSH1', 'expected `:` after `>`, found `SSH1`'],
  ['tcp 22 < = s12 : a', 'S010 =', '`=` stands once, between the port and the first packet (or `<`)'],
  ['tcp 22 s12 = : a', 'S010 =', '`=` stands once, between the port and the first packet (or `<`)'],
  ['tcp 22 s12 < : a', 'S010 <', '`<` stands once, before the first packet (and its `+`)'],
  ['ssh * s12 <auth c1 : a', 'S010 <', '`<` stands once, before the first packet (and its `+`)'],
  ['tcp 22 s12 > > : a', 'S010 >', '`>` stands once, after the last packet'],
  ['tcp 22 s12 > c1 : a', 'S010 >', '`>` stands once, after the last packet; found `c1` behind it'],
  ['tcp 22 s12 > + c1 : a', 'S010 >', '`>` stands once, after the last packet; found `+` behind it'],
  ['tcp 22 s12 > (c1) : a', 'S010 >', '`>` stands once, after the last packet; found `(` behind it'],
  ['tcp 22 s12 > any : a', 'S010 >', '`>` stands once, after the last packet; found `any` behind it'],
  [
    'tcp 22 s12 c!1448 s1 : a',
    'S011 c!1448',
    'a gap cannot be part of a signature: cut the statement at `c!1448`',
  ],
  ['tcp 22 s12 ...', 'S012 ...', '`...` only marks where a printed sequence was cut: leave it out'],
  ['tcp 22 s12… : a', 'S012 …', '`…` only marks where a printed sequence was cut: leave it out'],
  ['tcp 22 s12.. : a', 'S005 ..', 'a range of sizes has two ends, such as `c10..90`'],
  ['tcp 22 s12 # a', 'S016 # a', 'a comment needs a line of its own: write it above the statement'],
  ['tcp 22 s12{x} : a', 'S043 {x}', 'a repeat is written `{3}`, `{2,5}`, `{2,}` or `{,5}`, found `{x}`'],
  ['tcp 22 s12{} : a', 'S043 {}', 'a repeat is written `{3}`, `{2,5}`, `{2,}` or `{,5}`, found `{}`'],
  ['tcp 22 s12{,} : a', 'S043 {,}', 'a repeat is written `{3}`, `{2,5}`, `{2,}` or `{,5}`, found `{,}`'],
  ['tcp 22 s12{2 : a', 'S043 {2', 'a repeat is written `{3}`, `{2,5}`, `{2,}` or `{,5}`, found `{2`'],
  ['tcp 22 s12?? : a', 'S043 ?', 'a repeat stands once, directly behind the packet or group that it repeats'],
  [
    'tcp 22 s12{2}? : a',
    'S043 ?',
    'a repeat stands once, directly behind the packet or group that it repeats',
  ],
  ['tcp 22 {2} : a', 'S043 {2}', 'a repeat stands once, directly behind the packet or group that it repeats'],
  [
    'tcp 22 s12 > ? : a',
    'S043 ?',
    'a repeat stands once, directly behind the packet or group that it repeats',
  ],
]

describe('explainPattern', () => {
  it.each(CASES)('%s', (text, place, message) => {
    expect(explained(text)).toEqual([place, message])
  })
})
