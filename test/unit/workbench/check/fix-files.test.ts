import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatStatement } from '../../../../src/signature/format-statement.ts'
import { matchKey } from '../../../../src/signature/match-key.ts'
import { parseSignatures } from '../../../../src/signature/parse-signatures.ts'
import { fixFiles, fixTexts } from '../../../../src/workbench/check/fix-files.ts'
import { parseRules } from '../../../../src/workbench/check/house-rules.ts'
import { classicStatement, sequenceStatement } from '../../signature/random-statements.ts'
import { sourceOf } from '../../signature/texts.ts'

function fixed(text: string, rules = ''): string {
  const result = fixTexts([sourceOf(text)], { rulesOf: () => parseRules(rules, 'rules') })
  return result.files[0]!.text
}

describe('fixes', () => {
  it('remove duplicates, with their metadata', () => {
    expect(
      fixed(
        '# one\n#: sid=1\ntcp 22 s12 c12 : A\n# two\n#: sid=2\n#+ s12 c12\ntcp 22 s12 c012 : A\n\ntcp 22 s9 c9 : B',
      ),
    ).toBe('# one\n#: sid=1\ntcp 22 s12 c12 : A\n# two\n\ntcp 22 s9 c9 : B')
  })

  it('bring no error, and do not keep the others from being applied', () => {
    const text = '#: sid=7\ntcp 22  s12 c12 : A\ntcp 22  s9 c9 : B\n'
    const result = fixTexts([sourceOf(text)], { rulesOf: () => parseRules('sids: 4000000000', 'rules') })
    expect(result.files[0]!.text).toBe('#: sid=7\ntcp 22 s12 c12 : A\ntcp 22 s9 c9 : B\n')
    expect(result.fixed).toBe(2)
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['S113'])
  })

  it('give an id that is free', () => {
    expect(fixed('#: sid=7\ntcp 22 s12 c12 : A\n#: sid=7 class=a\ntcp 22 s9 c9 : B\n')).toBe(
      '#: sid=7\ntcp 22 s12 c12 : A\n#: sid=9000001 class=a\ntcp 22 s9 c9 : B\n',
    )
    expect(fixed('tcp 22 s12 c12 : A\n#: class=a\ntcp 22 s9 c9 : B\n', 'require: [sid]\nsids: 50-60')).toBe(
      '#: sid=50\ntcp 22 s12 c12 : A\n#: sid=51 class=a\ntcp 22 s9 c9 : B\n',
    )
    expect(fixed('#: sid=7\ntcp 22 s12 c12 : A\n', 'sids: 50-60')).toBe('#: sid=50\ntcp 22 s12 c12 : A\n')
    expect(fixed('#: sid=7\ntcp 22 s12 c12 : A\n#: sid=60\ntcp 22 s9 c9 : B\n', 'sids: 60')).toContain(
      'sid=7',
    )
  })

  it('write the severity that a class has', () => {
    const rules = 'severities: {ssh.*: 2}'
    expect(fixed('#: class=ssh.a severity=4\ntcp 22 s12 c12 : A\n', rules)).toBe(
      '#: class=ssh.a severity=2\ntcp 22 s12 c12 : A\n',
    )
    expect(fixed('#: class=ssh.a\ntcp 22 s12 c12 : A\n', rules)).toBe(
      '#: severity=2 class=ssh.a\ntcp 22 s12 c12 : A\n',
    )
  })

  it('mend keys that are misspelled or given twice', () => {
    expect(fixed('#: sevrity=1 limit=2 limit=3\ntcp 22 s12 c12 : A\n')).toBe(
      '#: severity=1 limit=2\ntcp 22 s12 c12 : A\n',
    )
  })

  it('leave out what says nothing', () => {
    expect(fixed('tcp 22 s12 c12/0 : A\n')).toBe('tcp 22 s12 c12 : A\n')
    expect(fixed('tcp 22 s12 c10/20 : A\n')).toBe('tcp 22 s12 c15/15 : A\n')
    expect(fixed('tcp 22 s12 c10/21 : A\n')).toBe('tcp 22 s12 c10/21 : A\n')
    expect(fixed('tcp 22 = s12 any c12 : A\n')).toBe('tcp 22 s12 any c12 : A\n')
    expect(fixed('tcp 22 s12 c12 s28? (c1 | c2){2,5} : A\n')).toBe('tcp 22 s12 c12 s28? (c1 | c2){2} : A\n')
    expect(fixed('tcp 22 s28? c9? s12 c12{2} : A\n')).toBe('tcp 22 s12 c12{2} : A\n')
    expect(fixed('tcp 22 s28? s12 c@2 any : A\n')).toBe('tcp 22 s28? s12 c@2 any : A\n')
  })

  it('write statements in canonical form', () => {
    expect(fixed('tcp  22 s012 c12:A\r\n')).toBe('tcp 22 s12 c12 : A\r\n')
  })

  it('go on until there is nothing left', () => {
    const result = fixTexts([sourceOf('tcp 22  = s12 any c12/0 s28? c9? : A\n')], {})
    expect(result.files[0]!.text).toBe('tcp 22 s12 any c12 : A\n')
    expect(result.diagnostics).toEqual([])
    expect(result.fixed).toBeGreaterThan(3)
  })

  it('never change what statements match, and leave nothing that they could mend', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(classicStatement, sequenceStatement), { maxLength: 4 }), (statements) => {
        const text = statements.map((one) => `${formatStatement(one)}\n`).join('')
        const result = fixTexts([sourceOf(text)], {})
        expect(result.diagnostics.filter(({ fix }) => fix !== undefined)).toEqual([])
        // Optional ends are matched before they come, so leaving them out changes the automaton.
        const keys = (of: string) => parseSignatures(sourceOf(of)).statements.map(({ ast }) => matchKey(ast))
        const before = parseSignatures(sourceOf(text)).statements
        if (before.length === keys(result.files[0]!.text).length && !/[?}]/.test(text))
          expect(keys(result.files[0]!.text)).toEqual(keys(text))
      }),
      { numRuns: 150 },
    )
  })
})

describe('fixFiles', () => {
  it('rewrites the files that changed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gait-fix-'))
    const path = join(folder, 'a.sig')
    const text = 'tcp 22 s12 c12/0 : A\n'
    writeFileSync(path, text)
    fixFiles([{ name: path, text }], {})
    expect(readFileSync(path, 'utf8')).toBe('tcp 22 s12 c12 : A\n')
  })
})
