import { describe, expect, it } from 'vitest'
import { MAX_LINE } from '../../../src/signature/parse-statement.ts'
import type { ClassicStatement } from '../../../src/signature/statement.ts'
import { problemsOf, statementOf, treeOf } from './texts.ts'

describe('parseStatement', () => {
  it('reads the first statement of the fl0p announcement', () => {
    const text = 'tcp * = < s27/15 c27/15 s300/100 > : SSH1 - client chose to refuse server key'
    expect(treeOf(text)).toEqual({
      kind: 'classic',
      protocol: 'tcp',
      port: 'any',
      isExact: true,
      atStart: true,
      packets: [
        { pauseBefore: false, direction: 'server', size: { kind: 'range', bytes: 27, distance: 15 } },
        { pauseBefore: false, direction: 'client', size: { kind: 'range', bytes: 27, distance: 15 } },
        { pauseBefore: false, direction: 'server', size: { kind: 'range', bytes: 300, distance: 100 } },
      ],
      atEnd: true,
      description: 'SSH1 - client chose to refuse server key',
    } satisfies ClassicStatement)
  })

  it('reads the second, with its pause and back-references', () => {
    const { packets, isExact } = treeOf(
      'tcp * = s12 c@1 s28 + c52 s@1 c@1 s@3 : SSH1 - invalid password attempt',
    )
    expect(isExact).toBe(true)
    expect(packets.map(({ pauseBefore }) => pauseBefore)).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
      false,
    ])
    expect(packets[6]).toEqual({ pauseBefore: false, direction: 'server', size: { kind: 'same', packet: 3 } })
  })

  it('takes white space where fl0p has it and where it has none', () => {
    const tight = treeOf('udp 53=<+c12s@1+c*>:x')
    expect(treeOf('\tudp\t53  =  <  +  c12  s@1  +  c*  >  :  x  ')).toEqual(tight)
  })

  it('tells where the packets stand, pauses included', () => {
    const text = 'tcp 22 s12 +  c@1 : x'
    const { packetSpans, descriptionSpan, span, line } = statementOf(`# a\n  ${text}`)
    const shift = '# a\n  '.length
    expect(packetSpans).toEqual([
      { start: shift + 7, end: shift + 10 },
      { start: shift + 11, end: shift + 17 },
    ])
    expect(descriptionSpan).toEqual({ start: shift + 18, end: shift + text.length })
    expect(span).toEqual({ start: shift, end: shift + text.length })
    expect(line).toBe(2)
  })

  it('refuses a line that is longer than any statement', () => {
    const text = `tcp 22 ${'c1 '.repeat(MAX_LINE / 3)}: x`
    expect(problemsOf(text)).toEqual([`S017 ${text}`])
  })
})
