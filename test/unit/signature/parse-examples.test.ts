import { describe, expect, it } from 'vitest'
import { formatExample } from '../../../src/signature/format-example.ts'
import { parseExamples } from '../../../src/signature/parse-examples.ts'
import { parseSignatures } from '../../../src/signature/parse-signatures.ts'
import { pointed, sourceOf, statementOf } from './texts.ts'

const PACKETS = 'tcp 22 c1 : test'
const MESSAGES = 'ssh * c* : test'
const CAMPAIGN = 'count a.b by client within 1h where hits > 3 : test'

/** What is read of lines above a statement, in canonical form. */
function readOf(statement: string, ...lines: readonly string[]): readonly string[] {
  return parseExamples(statementOf([...lines, statement].join('\n'))).examples.map(({ ast }) =>
    formatExample(ast),
  )
}

function problemsOf(line: string, statement = PACKETS): readonly string[] {
  return parseExamples(statementOf(`${line}\n${statement}`)).diagnostics.map(pointed)
}

describe('parseExamples', () => {
  it('reads what must hit, how often, and what must not', () => {
    const { examples } = parseExamples(statementOf(`#+ c1\n#+ 02x c1 c1\n#- s1\n${PACKETS}`))
    expect(examples.map(({ ast, line }) => [ast.hits, line])).toEqual([
      [1, 1],
      [2, 2],
      [0, 3],
    ])
  })

  it.each([
    ['#+ < c1 + s2 >'],
    ['#+ 3x < c1 +700ms s2 +2s >'],
    ['#- port 2222: speaks.tls=1 c1'],
    ['#+ (c1 +1.5s s2){4} c3{2}'],
    ['#+ file:captures/a b.pcap'],
    ['#- file:x.pcap & 1000001'],
    ['#+ c1 & 1000001 5'],
  ])('gives %s back in its canonical form', (line) => {
    expect(readOf(PACKETS, line)).toEqual([line])
  })

  it('takes what Gait prints, and any white space', () => {
    expect(readOf(PACKETS, '#+   <c1  +s02 c!1448   + c3 …')).toEqual(['#+ < c1 + s2 ! + c3'])
  })

  it('reads messages above ssh statements', () => {
    const line = '#+ c.openssh=7.4 < c:PASSWORD s:FAILURE(24) c:ssh(10) s52 !'
    expect(readOf(MESSAGES, line)).toEqual([line])
  })

  it('reads hits above campaigns', () => {
    const line = '#+ (+1m ssh.auth.failure@10.0.0.1>fe80::1){20} a@x>y'
    expect(readOf(CAMPAIGN, line)).toEqual([line])
  })

  it('lets metadata and comments stand between, no blank line', () => {
    expect(readOf(PACKETS, '#+ c1', '# why', '#: sid=7', '#- c2')).toEqual(['#+ c1', '#- c2'])
    const { statements, diagnostics } = parseSignatures(sourceOf(`#+ c1\n\n${PACKETS}`))
    expect(statements[0]?.exampleLines).toEqual([])
    expect(diagnostics.map(pointed)).toEqual(['S080 #+ c1'])
  })

  it('takes lines that somebody drew for comments', () => {
    expect(readOf(PACKETS, '#-------', '#+x', '#--- c1')).toEqual([])
  })

  it('does not hand the examples of a bad statement on', () => {
    const { statements } = parseSignatures(sourceOf('#+ c1\ntcp 22 x1 : a\ntcp 22 c2 : b'))
    expect(statements.map(({ exampleLines }) => exampleLines)).toEqual([[]])
  })

  it.each([
    ['#+', 'S081 #+'],
    ['#- 2x c1', 'S081 #- 2x c1'],
    ['#+ 0x c1', 'S081 #+ 0x c1'],
    ['#+ file:', 'S081 #+ file:'],
    ['#+ c1 &', 'S081 #+ c1 &'],
    ['#+ c1 & x', 'S081 &'],
    ['#+ c1 & 0', 'S081 #+ c1 & 0'],
    ['#+ c12/4', 'S081 c12/4'],
    ['#+ c1 +', 'S081 '],
    ['#+ c1 + > x', 'S081 x'],
    ['#+ <', 'S081 '],
    ['#+ (c1', 'S081 '],
    ['#+ () c1', 'S081 ('],
    ['#+ + !', 'S081 +'],
    ['#+ + (+2s c1)', 'S047 + ('],
    ['#+ c300000000', 'S013 c300000000'],
    ['#+ c1{0}', 'S043 {0}'],
    ['#+ +2x c1', 'S046 +2x'],
    ['#+ +2 c1', 'S046 +2'],
    ['#+ +1234567890123456s c1', 'S054 +1234567890123456s'],
    ['#+ port 70000: c1', 'S003 port 70000:'],
    ['#+ weak.kex=1 c1', 'S019 weak.kex=1'],
    ['#+ speaks.tls=yes c1', 'S081 speaks.tls=yes'],
    ['#+ (c1{60000}){60000}', 'S082 (c1{60000}){60000}'],
    ['#+ c:PASSWORD', 'S083 c:PASSWORD'],
    ['#+ a@b>c', 'S083 a@b>c'],
  ])('finds what is wrong with %s', (line, problem) => {
    expect(problemsOf(line)).toEqual([problem])
  })

  it.each([
    ['#+ c:PASWORD', 'S018 c:PASWORD'],
    ['#+ s:PASSWORD', 'S081 s:PASSWORD'],
    ['#+ c:ssh', 'S081 c:ssh'],
    ['#+ c:ssh(0)', 'S013 c:ssh(0)'],
    ['#+ speaks.tls=1 c1', 'S019 speaks.tls=1'],
  ])('finds what is wrong with %s above an ssh statement', (line, problem) => {
    expect(problemsOf(line, MESSAGES)).toEqual([problem])
  })

  it('finds what is wrong above a campaign', () => {
    expect(problemsOf('#+ c1', CAMPAIGN)).toEqual(['S083 c1'])
    expect(problemsOf('#+ !', CAMPAIGN)).toEqual(['S083 !'])
    expect(problemsOf('#+ a..b@c>d', CAMPAIGN)).toEqual(['S081 a..b@c>d'])
  })

  it('is not deceived by depth or length', () => {
    expect(problemsOf(`#+ ${'('.repeat(100)} c1`)).toEqual(['S053 ('])
    expect(problemsOf(`#+ ${'c1 '.repeat(6000)}`)[0]?.slice(0, 4)).toBe('S017')
  })
})
