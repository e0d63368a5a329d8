import { describe, expect, it } from 'vitest'
import { loadSignatures } from '../../../../src/signature/load-signatures.ts'
import { checkSignatures } from '../../../../src/workbench/check/check-signatures.ts'
import { parseRules, rulesBeside } from '../../../../src/workbench/check/house-rules.ts'
import { formatSource } from '../../../../src/workbench/fmt/format-source.ts'
import { sourceOf } from '../../signature/texts.ts'
import { check, found } from '../signatures.ts'

describe('checkSignatures', () => {
  it('has nothing to say against the shipped signatures, which keep their house rules', () => {
    const files = loadSignatures(['signatures'])
    const { diagnostics, statements } = checkSignatures(files, { rulesOf: ({ name }) => rulesBeside(name) })
    expect(diagnostics).toEqual([])
    expect(statements).toBeGreaterThan(70)
    for (const file of files) expect(formatSource(file).text).toBe(file.text)
  })

  it('tells what the language tells, in order, with what it finds itself', () => {
    expect(found('tcp 22 x12 : A\ntcp 22  s12 c12 : B\ntcp 22 c10 s@1-20 : C\n')).toEqual([
      'S005 x12',
      'S110 tcp 22  s12 c12 : B',
      'S101 tcp 22 c10 s@1-20',
    ])
  })

  it('compares statements of several files', () => {
    const files = [
      sourceOf('tcp 22 = s12 c12 s28 : A\n', 'a.sig'),
      sourceOf('tcp * = s12 c12 : B\n', 'b.sig'),
    ]
    const { diagnostics } = checkSignatures(files)
    expect(
      diagnostics.map(({ code, source, related }) => [code, source.name, related[0]?.source.name]),
    ).toEqual([['S104', 'a.sig', 'b.sig']])
  })

  it('shows an exchange that both accept', () => {
    const [shadow] = check('tcp * = s12 c12 : General\ntcp 22 = < s12 c12 + s28 : Special\n')
    expect(shadow?.message).toBe(
      'whatever this statement hits, `General` hits, too, such as `port 22: < s12 c12 + s28`',
    )
  })

  it('keeps silent of a shadow that has its own class, or is graver', () => {
    const pair = (above: string) =>
      `#: class=a\ntcp * = s12 c12 : General\n#: ${above}\ntcp 22 = s12 c12 s28 : Special\n`
    expect(found(pair('class=a'))).toEqual(['S104 tcp 22 = s12 c12 s28'])
    expect(found(pair('class=a severity=1'))).toEqual([])
    expect(found(pair('class=a also=b'))).toEqual([])
    expect(found(pair('class=b'))).toEqual([])
    expect(check(pair('class=b'), { overlaps: true }).map(({ code }) => code)).toEqual(['S104'])
  })

  it('tells of a pair once', () => {
    expect(found('tcp 22 s12 c12 : A\ntcp 22 s12 c012 : B\n').map((one) => one.slice(0, 4))).toEqual([
      'S031',
      'S110',
    ])
  })

  it('proves nothing of what never matches', () => {
    expect(check('tcp * = s12 c12 : A\ntcp * s12 c12 s@1-20 : B\n').map(({ code }) => code)).toEqual(['S101'])
  })

  it('counts codes as it is told to: rules first, the command line before them', () => {
    const text = 'tcp 22  s12 c12 : A\n'
    const rulesOf = () => parseRules('codes: {S110: warning}', 'rules')
    expect(check(text, { rulesOf }).map(({ severity }) => severity)).toEqual(['warning'])
    expect(check(text, { rulesOf, severities: new Map([['S110', 'off']]) })).toEqual([])
  })
})
