import { describe, expect, it } from 'vitest'
import { explained } from './texts.ts'

const CASES: readonly (readonly [text: string, place: string, message: string])[] = [
  ['tcp 22 x12 : a', 'S005 x12', 'expected `c` or `s` and a size, found `x12`'],
  [
    'tcp 22 s1 12 : a',
    'S005 12',
    'expected `c` or `s` and a size, found `12`: write `c12` if the client sends it, `s12` if the server does',
  ],
  [
    'tcp 22 s1 + 12 : a',
    'S005 12',
    'expected `c` or `s` and a size, found `12`: write `c12` if the client sends it, `s12` if the server does',
  ],
  ['tcp 22 C12 : a', 'S005 C12', 'expected `c` or `s` and a size, found `C12`: write `c12`'],
  [
    'tcp 22 * : a',
    'S005 *',
    'expected `c` or `s` and a size, found `*`: write `c*` or `s*`; behind a group, `{0,}` for any number of times',
  ],
  ['tcp 22 any* : a', 'S005 any*', 'expected `c` or `s` and a size, found `any*`: write `any{0,}`'],
  ['tcp 22 s1 @1 : a', 'S005 @1', 'expected `c` or `s` and a size, found `@1`: write `c@1` or `s@1`'],
  [
    'tcp 22 c s1 : a',
    'S005 c',
    'expected `c` or `s` and a size, found `c`: write `c12`, `c12/3`, `c*` or `c@1`',
  ],
  [
    'tcp 22 c@ : a',
    'S005 c@',
    'expected `c` or `s` and a size, found `c@`: after `@` comes the number of an earlier packet',
  ],
  [
    'tcp 22 c12/ : a',
    'S005 c12/',
    'expected `c` or `s` and a size, found `c12/`: after `/` comes how far the size may be off, in bytes',
  ],
  [
    'tcp 22 c10-20 : a',
    'S005 c10-20',
    'expected `c` or `s` and a size, found `c10-20`: a range is written middle/distance: `c15/5`, or `c10..20`',
  ],
  [
    'tcp 22 s10-21 : a',
    'S005 s10-21',
    'expected `c` or `s` and a size, found `s10-21`: a range is written middle/distance: `s15/6`, or `s10..21`',
  ],
  [
    'tcp 22 c20-10 : a',
    'S005 c20-10',
    'expected `c` or `s` and a size, found `c20-10`: a range is written middle/distance, such as `c15/5`, or `c10..20`',
  ],
  ['tcp 22 s12 foo : a', 'S005 foo', 'expected `c` or `s` and a size, found `foo`'],
  ['tcp 22 (c1 | foo) : a', 'S005 foo', 'expected `c` or `s` and a size, found `foo`'],
  ['tcp 22 + foo', 'S005 foo', 'expected `c` or `s` and a size, found `foo`'],
  ['tcp 22 ANY c1 : a', 'S005 ANY', 'expected `c` or `s` and a size, found `ANY`: did you mean `any`?'],
  [
    'tcp 22 c1 wher c.bytes > 1 : a',
    'S005 wher',
    'expected `c` or `s` and a size, found `wher`: did you mean `where`?',
  ],
  [
    'tcp 22 c:password : a',
    'S005 c',
    'expected `c` or `s` and a size, found `c`: write `c12`, `c12/3`, `c*` or `c@1`',
  ],
  [
    'ssh * c:password : a',
    'S018 c:password',
    'messages have upper-case names, found `password`; did you mean `PASSWORD`?',
  ],
  [
    'ssh * c:Public-key : a',
    'S018 c:Public-key',
    'messages have upper-case names, found `Public-key`; did you mean `PUBLICKEY`?',
  ],
  ['ssh * c:foo : a', 'S018 c:foo', 'messages have upper-case names, found `foo`'],
  [
    'ssh * s:ssh(x) : a',
    'S005 s:ssh',
    'a length in a cipher of SSH is written `s:ssh(10)` or `s:ssh(10..20)`',
  ],
  ['ssh * FAILURE : a', 'S005 FAILURE', 'a message needs its sender: write `c:FAILURE` or `s:FAILURE`'],
  ['ssh * < session c1 : a', 'S040 session', 'a phase stands directly behind `<`: write `<session`'],
  [
    'ssh * <sesion c1 : a',
    'S040 sesion',
    'a phase is `newkeys`, `auth`, `session`, `channel`, found `sesion`; did you mean `session`?',
  ],
  ['ssh * <foo c1 : a', 'S040 foo', 'a phase is `newkeys`, `auth`, `session`, `channel`, found `foo`'],
  ['tcp * <foo c1 : a', 'S005 foo', 'expected `c` or `s` and a size, found `foo`'],
]

describe('explainPacket', () => {
  it.each(CASES)('%s', (text, place, message) => {
    expect(explained(text)).toEqual([place, message])
  })

  it('never shows a control character raw', () => {
    expect(explained('tcp 22 c1 \u001b[31m : a')[1]).toBe(
      'expected `c` or `s` and a size, found `\\u{1b}[31m`',
    )
  })
})
