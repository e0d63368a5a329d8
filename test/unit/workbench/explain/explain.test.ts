import { describe, expect, it } from 'vitest'
import { compileWithStatements } from '../../../../src/signature/compile-program.ts'
import { loadSignatures } from '../../../../src/signature/load-signatures.ts'
import { type Explanation, explain, type Problem } from '../../../../src/workbench/explain/explain.ts'
import { explanationJson } from '../../../../src/workbench/explain/explanation-json.ts'
import { formatExplanation } from '../../../../src/workbench/explain/format-explanation.ts'
import { COLOURED } from '../../../../src/workbench/explain/paint.ts'
import { findSubject } from '../../../../src/workbench/explain/subject.ts'
import { exchangeOf, THRESHOLD } from '../exchanges.ts'

const shipped = compileWithStatements(loadSignatures(['signatures']))

function explained(signature: string, text: string): Explanation {
  const subject = findSubject(signature, () => shipped)
  return explain(subject, exchangeOf(text, subject.signature.protocol), THRESHOLD)
}

/** Of the first problem. */
function why(signature: string, text: string): Pick<Problem, 'kind' | 'element' | 'text' | 'by'> | undefined {
  const [first] = explained(signature, text).problems
  return first && { kind: first.kind, element: first.element, text: first.text, by: first.by }
}

const EXCHANGES: readonly [name: string, signature: string, text: string][] = [
  ['match', '1000002', 'c20 s12 s12 c12 s28 +3s c52 s12 c12 s28 +4s c52 s12'],
  ['short-pause', '1000002', 's12 c12 s28 +480ms c52 s12 c12 s28'],
  ['reference', '1000002', 's12 c12 s28 + c52 s12 c13 s28'],
  ['gap', '1000002', 's12 c12 ! s28 + c52 s12 c12 s28'],
  ['in-the-way', '1000201', '< s42 +3s c20 s35 +4s c31 s8 s9 +6s c25 s8'],
  ['missing', '1000201', '< s42 +3s c20 s35 +4s c31 +6s c25 s8'],
  ['end', '1000001', '< s20 c21 s270 c148 s12 >'],
  ['human-against-automated', '1000512', 's:FAILURE +2300ms c:PASSWORD s:FAILURE'],
  ['automated-against-human', '1000511', 's:FAILURE c:PASSWORD s:FAILURE'],
  ['condition', '1000606', 's:SUCCESS (+120ms c:ssh(10) s:ssh(10) +300ms c:ssh(10) s:ssh(10)){9}'],
  ['phase', '1000622', 'c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION'],
  [
    'long-run',
    '1000624',
    's:SUCCESS c:GLOBAL_REQUEST s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION c100{30} (+3s s:ssh(20) c:ssh(20)){3}',
  ],
  ['fuzzy', 'tcp 4000 c12 s200 c30 s90 c20 : fuzzy', 'port 4000: c12 s200 c30 c20'],
  ['port', 'tcp 4000-4005 c12 s200', 'c12 s200'],
]

describe('an explanation in text', () => {
  it.each(EXCHANGES)('of %s', async (name, signature, text) => {
    const lines = formatExplanation(explained(signature, text), `--sequence ${text}`)
    const shown = lines.join('\n').replaceAll(/^\S*signatures\//gm, 'signatures/')
    await expect(`${shown}\n`).toMatchFileSnapshot(`../../../golden/explain/${name}.txt`)
  })

  it('has colours on a terminal', () => {
    const lines = formatExplanation(explained('tcp * = c1 s2', 'c1 s3'), 'x', COLOURED)
    expect(lines.some((line) => line.startsWith('\u001b[32m✓'))).toBe(true)
    expect(lines.some((line) => line.startsWith('\u001b[31mno match'))).toBe(true)
  })

  it('lets nothing drive a terminal', () => {
    const subject = findSubject('tcp * = c1 s2 : a\u200bb', () => shipped)
    const lines = formatExplanation(explain(subject, exchangeOf('c1'), THRESHOLD), 'x\u001b[2J')
    expect(lines.join('')).not.toContain('\u001b')
    expect(lines.join('')).not.toContain('\u200b')
  })
})

describe('explain', () => {
  it('says by how much a size is off', () => {
    expect(why('tcp * = c10 s20/2 c30', 'c10 s25 c30')).toEqual({
      kind: 'size',
      element: 2,
      text: 'size 25: 3 above 18..22',
      by: 3,
    })
    expect(why('tcp * = c10 s20/2 c30', 'c10 s17 c30')?.text).toBe('size 17: 1 below 18..22')
  })

  it('says by how much a pause is off', () => {
    expect(why('tcp * = c10 + s20', 'c10 +480ms s20')).toMatchObject({ kind: 'pause', by: 20_000 })
    expect(why('tcp * = c10 s20', 'c10 +2s s20')?.text).toBe(
      'a pause of 2 s: 1.5 s over the threshold of 500 ms',
    )
    expect(why('tcp * c10 +2s..3s s20', 'c10 +5s s20')).toMatchObject({ kind: 'pause', by: 2_000_000 })
    expect(
      why('ssh * +1s..-rtt c:PASSWORD', '< s:VERSION +900ms c:VERSION s:KEXINIT +1500ms c:PASSWORD')?.text,
    ).toBe('1.5 s after the one before (600 ms without the round trip): 400 ms under 1 s')
    expect(why('tcp * = c10 + s20 c30', 'c10 ! +2s s20 c30')?.kind).toBe('gap')
  })

  it('says what else was said, and by whom', () => {
    expect(why('ssh * c:PASSWORD s:FAILURE', 'c:PASSWORD s:SUCCESS')?.text).toBe('SUCCESS, not FAILURE')
    expect(why('ssh * c:PASSWORD s:FAILURE', 'c:PASSWORD s52')?.text).toBe(
      'a message of 52 bytes without a name, not FAILURE',
    )
    expect(why('tcp * = c10 s20 c30', 'c10 c400 c30')?.text).toBe('sent by the client, not by the server')
  })

  it('says that a payload is too long, or not known', () => {
    expect(why('ssh * c:PASSWORD c:ssh(10)', 'c:PASSWORD c:ssh(50)')).toMatchObject({ kind: 'payload' })
    expect(why('ssh * < c:VERSION c:ssh(10)', '< c:VERSION c:KEXINIT')?.text).toBe(
      'its payload is not known: 1136 bytes on the wire',
    )
  })

  it('says that a match would begin or end at the wrong place', () => {
    expect(why('tcp * = < c1 s2', 'c1 s2')?.text).toBe("the flow's start was not seen")
    expect(why('tcp * = < c1 s2', '< s9 c1 s2')?.kind).toBe('direction')
    expect(why('tcp * = < c1 s2', '< ! c1 s2')?.text).toBe('bytes are missing before the first element')
    expect(why('ssh * <session c52', 'c:NONE c52')?.text).toBe('phase `session` never begins')
    expect(why('tcp * = c1 s2 >', 'c1 s2')?.text).toBe("the flow's end was not seen")
    expect(why('tcp * = c1 s2 >', 'c1 s2 c3 c4 >')).toMatchObject({ kind: 'end', by: 2 })
    expect(why('tcp * = c1 s2 >', 'c1 s2 ! >')?.text).toBe('bytes are missing behind the last element')
  })

  it('says which comparisons of a condition fail', () => {
    const { problems } = explained(
      'tcp * c1 +? s2 where s.bytes > 100 and duration < 1s and packets = 2',
      'c1 +2s s2',
    )
    expect(problems.map(({ text }) => text)).toEqual([
      '`s.bytes > 100`: s.bytes is 2, 98 off',
      '`duration < 1s`: duration is 2 s, 1 s off',
    ])
    expect(why('tcp * where packets > 5', 'c1 s2')?.text).toBe('`packets > 5`: packets is 2, 3 off')
    expect(why('tcp * c1 where not packets = 1', 'c1')?.text).toBe('`not packets = 1`: it holds')
    expect(why('tcp * c1 where packets = 7 or c.bytes / packets > 2', 'c1')?.text).toContain('`packets = 7`')
  })

  it('says that it is about another protocol or port', () => {
    const subject = findSubject('udp 53,60-70 = c1', () => shipped)
    const { problems } = explain(subject, exchangeOf('c1'), THRESHOLD)
    expect(problems.map(({ text }) => text)).toEqual([
      'the statement is about udp, the exchange is tcp',
      'the flow goes to port 22, the statement wants 53,60-70',
    ])
  })

  it('finds the place where the most fits, wherever it is', () => {
    const { alignment } = explained('tcp * = c1 s2 c3 s4 c5', 'c1 s9 s9 c1 s2 c3 s4 c6 s9 c1 s2')
    expect(alignment.steps[0]).toMatchObject({ element: { ordinal: 4 } })
    expect(alignment.matched).toBe(4)
  })

  it('knows what the matcher knows: hits do not overlap, and of elements there may be none', () => {
    expect(explained('tcp * = c1 s2 c1', 'c1 s2 c1 s2 c1').hits).toEqual([{ first: 1, last: 3 }])
    const { problems, distance } = explained('tcp * = c1 s2 c1', '!')
    expect(problems.map(({ kind }) => kind)).toEqual(['missing', 'missing', 'missing'])
    expect(distance).toBe(3)
  })

  it('is told to other programs', () => {
    const json = explanationJson(explained('tcp * = c10 s20 c30', 'c10 s25 c30'), { label: 'x' })
    expect(json).toMatchObject({
      signature: { statement: 'tcp * = c10 s20 c30' },
      flow: { label: 'x', elements: 3 },
      matches: false,
      fit: 2,
      wanted: 3,
      problems: [{ kind: 'size', element: 2, by: 5 }],
      rows: [{ kind: 'taken', element: 'c10', test: 'c10' }, { misfits: [{ kind: 'size', by: 5 }] }, {}],
    })
  })
})
