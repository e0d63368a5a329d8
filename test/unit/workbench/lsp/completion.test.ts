import { describe, expect, it } from 'vitest'
import { completionsAt } from '../../../../src/workbench/lsp/completion.ts'
import { cursorIn, textOf } from './cursor.ts'

const REST = ['', '#: sid=7 class=a.b mitre=T1110', 'tcp 22 s12 : One']

/** What is offered, and in place of what. */
function offered(...lines: readonly string[]): readonly string[] {
  const { source, offset } = cursorIn(...lines, ...REST)
  return completionsAt([source], source, offset).map(({ text, span }) => `${textOf(source, span)}|${text}`)
}

describe('completionsAt', () => {
  it('begins with protocols', () => {
    expect(offered('‸')).toEqual(['|tcp', '|udp', '|icmp', '|ssh', '|count'])
    expect(offered('t‸')).toEqual(['t|tcp'])
    expect(offered('tcp ‸')).toEqual(['|*'])
  })

  it('offers messages of the side that sends', () => {
    expect(offered('ssh * c:PA‸ s:FAILURE : A')).toEqual(['PA|PASSWORD'])
    expect(offered('ssh * (c:NONE | s:p‸')).toEqual(['p|PARTIAL', 'p|PK_OK'])
    expect(offered('ssh * s:‸')).toContain('|ssh(')
    expect(offered('ssh * s:‸')).not.toContain('|PASSWORD')
    expect(offered('tcp * s:‸')).toEqual([])
  })

  it('offers phases in ssh only', () => {
    expect(offered('ssh * <‸')).toEqual(['|newkeys', '|auth', '|session', '|channel'])
    expect(offered('tcp * <‸')).not.toContain('|auth')
  })

  it('offers packets that stand before a reference', () => {
    expect(offered('tcp * c12 s* c@‸')).toEqual(['|1', '|2'])
    expect(offered('tcp * c12 s* c@1‸')).toEqual(['1|1'])
  })

  it('offers what may come next in a pattern', () => {
    expect(offered('tcp * c12 ‸')).toEqual(['|c*', '|s*', '|any', '|where'])
    expect(offered('ssh * (c‸')).toEqual(['c|c:'])
    expect(offered('tcp * c12 w‸')).toEqual(['w|where'])
  })

  it('offers figures where a value is wanted, and connectives behind one', () => {
    expect(offered('tcp * where c.‸')).toEqual(['c.|c.bytes'])
    expect(offered('ssh * where c.o‸')).toEqual(['c.o|c.openssh'])
    expect(offered('tcp * where c.bytes > 1M ‸')).toEqual(['|and', '|or'])
    expect(offered('tcp * where c.bytes > 1M a‸')).toEqual(['a|and'])
    expect(offered('tcp * where c.bytes > 1M and n‸')).toEqual(['n|not'])
    expect(offered('tcp * where c.bytes > 1‸')).toEqual([])
    expect(offered('count a.b by pair within 1h where h‸')).toEqual(['h|hits'])
  })

  it('leads through a campaign', () => {
    expect(offered('count ‸')).toEqual(['|a.b'])
    expect(offered('count a.b ‸')).toEqual(['|by', '|then'])
    expect(offered('count a.b then a‸')).toEqual(['a|a.b'])
    expect(offered('count a.b then a.b ‸')).toEqual(['|by'])
    expect(offered('count a.b by ‸')).toEqual(['|client', '|server', '|pair'])
    expect(offered('count a.b by pair ‸')).toEqual(['|within'])
    expect(offered('count a.b by pair within 3‸')).toEqual(['3|30m'])
    expect(offered('count a.b by pair within 30m ‸')).toEqual(['|where'])
  })

  it('is silent in descriptions and comments', () => {
    expect(offered('tcp * c12 : Down‸')).toEqual([])
    expect(offered('tcp * x12 : Down‸')).toEqual([])
    expect(offered('tcp * c12 where idle > 2s : c‸')).toEqual([])
    expect(offered('# about t‸')).toEqual([])
    expect(offered('quic * c‸')).toEqual([])
  })

  it('offers keys that are not given yet', () => {
    expect(offered('#: s‸')).toEqual(['s|sid=', 's|severity='])
    expect(offered('# why', '#: sid=8', '#: s‸', 'tcp 22 c12 : A')).toEqual(['s|severity='])
    expect(offered('#: mitre=T1110 m‸')).toEqual(['m|mitre='])
  })

  it('offers values', () => {
    expect(offered('#: class=‸')).toEqual(['|a.b'])
    expect(offered('#: also=a‸')).toEqual(['a|a.b'])
    expect(offered('#: sid=‸')).toEqual(['|9000001'])
    expect(offered('#: severity=‸')).toEqual(['|1', '|2', '|3'])
    expect(offered('#: mitre=T1078,T‸')).toEqual(['T|T1110'])
    expect(offered('#: tell=duration,think_‸')).toEqual(['think_|think_ms'])
    expect(offered('#: fp=a ‸')).toEqual([])
    expect(offered('#: rev=‸')).toEqual([])
  })

  it('does not offer the class that is being typed', () => {
    expect(offered('#: class=new.‸')).toEqual([])
  })

  it('offers what comments can be', () => {
    expect(offered('#‸')).toEqual(['#|#: ', '#|#+ ', '#|#- '])
  })

  it('completes examples by the statement below', () => {
    const ssh = 'ssh * c:NONE : A'
    expect(offered('#+ c:PA‸', ssh)).toEqual(['PA|PASSWORD'])
    expect(offered('#+ (+2s s:PA‸', ssh)).toEqual(['PA|PARTIAL'])
    expect(offered('#+ c:‸', 'tcp * c12 : A')).toEqual([])
    expect(offered('#+ c.l‸', ssh)).toEqual(['c.l|c.library='])
    expect(offered('#+ 2x sp‸', 'tcp * c12 : A')).toEqual(['sp|speaks.tls=', 'sp|speaks.ssh='])
    expect(offered('#- f‸', 'tcp * c12 : A')).toEqual(['f|file:'])
    expect(offered('#+ file:c‸', 'tcp * c12 : A')).toEqual([])
    expect(offered('#+ a‸', 'count a.b by client within 1h where hits > 3 : A')).toEqual(['a|a.b'])
    expect(offered('#+ c12 & ‸', 'tcp * c12 : A')).toEqual(['|7'])
  })
})
