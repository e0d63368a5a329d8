import { describe, expect, it } from 'vitest'
import { formatPacket, formatPattern, formatStatement } from '../../../src/signature/format-statement.ts'
import { statementOf, treeOf } from './texts.ts'

describe('formatStatement', () => {
  it('writes single spaces and no leading zeros', () => {
    expect(formatStatement(treeOf(' udp  053=<+c012 s07/03+c*s@01>:  a  b  '))).toBe(
      'udp 53 = < + c12 s7/3 + c* s@1 > : a  b',
    )
  })

  it('leaves a canonical statement as it is', () => {
    const text = 'tcp * s12 c@1 s28 + c52 s@1 c@1 s@3 : SSH1 - invalid password attempt'
    expect(formatStatement(treeOf(text))).toBe(text)
  })

  it.each([
    [
      'ssh 22,02200-2299=<auth(c:PASSWORD|any?)+..2s s*>where failures>=3:a',
      'ssh 22,2200-2299 <auth (c:PASSWORD | any?) +..2s s* > where failures >= 3 : a',
    ],
    ['tcp * where  (c.bytes>1):a', 'tcp * where c.bytes > 1 : a'],
    ['icmp *  <  c8..9  any:a', 'icmp * < c8..9 any : a'],
    [
      'count  a.b then c by pair within 030m where hits>1:a',
      'count a.b then c by pair within 30m where hits > 1 : a',
    ],
    ['count a by client within 1h where(hits>1):a', 'count a by client within 1h where hits > 1 : a'],
  ])('writes %s in canonical form', (text, canonical) => {
    expect(formatStatement(statementOf(text).ast)).toBe(canonical)
    expect(formatStatement(statementOf(canonical).ast)).toBe(canonical)
  })

  it('writes the parts alone', () => {
    const statement = treeOf('tcp * + c1 s2 : a')
    expect(formatPattern(statement)).toBe('tcp * + c1 s2')
    expect(statement.packets.map(formatPacket)).toEqual(['+ c1', 's2'])
  })
})
