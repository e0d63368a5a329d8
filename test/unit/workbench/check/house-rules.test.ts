import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import {
  isOfClass,
  NO_RULES,
  parseRules,
  readRules,
  readSeverities,
  rulesBeside,
} from '../../../../src/workbench/check/house-rules.ts'
import { readDocument } from '../../docs/markdown.ts'
import { fencedBlocks } from '../../signature/texts.ts'

function problem(text: string): string {
  try {
    parseRules(text, 'rules')
  } catch (error) {
    if (error instanceof OperatorError) return error.message
  }
  return ''
}

describe('parseRules', () => {
  it('reads what the manual shows', () => {
    const [example] = fencedBlocks(readDocument('docs/checking.md'), 'yaml')
    expect(parseRules(example!, 'rules')).toEqual({
      require: ['sid', 'class', 'severity'],
      classes: ['ssh.*', 'actor.human', 'actor.automated'],
      sids: [
        { low: 9_000_001, high: 9_000_999 },
        { low: 9_100_001, high: 9_100_999 },
      ],
      severities: [
        { classes: 'ssh.auth.failure', range: { low: 2, high: 2 } },
        { classes: 'ssh.*', range: { low: 1, high: 3 } },
      ],
      description: /^SSH[12]? - /u,
      exclusive: [['actor.human', 'actor.automated']],
      codes: new Map([
        ['S106', 'error'],
        ['S110', 'off'],
      ]),
    })
  })

  it('takes an empty file for no rules', () => {
    expect(parseRules('', 'rules')).toEqual(NO_RULES)
  })

  it('tells all mistakes together', () => {
    const text = problem('requires: [sid]\nrequire: [sidd]\nsids: 9-3\nseverities: {Ssh: 1}\n')
    expect(text).toContain('rules: ')
    expect(text).toContain('requires')
    expect(text).toContain('require.0')
    expect(text).toContain('sids')
    expect(text).toContain('severities')
  })

  it('refuses severities that no statement can have', () => {
    for (const range of ['300', '0', '1-256'])
      expect(problem(`severities: {a.b: ${range}}`)).toContain('severities.a.b: severities are from 1 to 255')
    expect(problem('severities: {a.b: 1-255}')).toBe('')
  })

  it('refuses what is no YAML, no regular expression, no code, or an error', () => {
    expect(problem('a: [')).not.toBe('')
    expect(problem("description: '('")).toContain('no regular expression')
    expect(problem('codes: {S999: off}')).toContain('there is no diagnostic S999')
    expect(problem("codes: {S001: 'off'}")).toContain('S001 is an error, and stays one')
  })
})

describe('files of rules', () => {
  it('are found beside signatures', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gait-rules-'))
    expect(rulesBeside(join(folder, 'a.sig'))).toBe(NO_RULES)
    writeFileSync(join(folder, 'gait.check.yaml'), 'require: [class]\n')
    expect(rulesBeside(join(folder, 'a.sig')).require).toEqual(['class'])
  })

  it('are an operator error when they cannot be read', () => {
    expect(() => readRules('/nowhere/rules.yaml')).toThrow(OperatorError)
  })
})

describe('readSeverities', () => {
  it('says where a choice is wrong', () => {
    expect(readSeverities([['S106', 'off']], '--severity')).toEqual(new Map([['S106', 'off']]))
    expect(() => readSeverities([['S106', 'loud']], '--severity')).toThrow('--severity: S106: expected off')
  })
})

describe('isOfClass', () => {
  it('knows names and what begins with them', () => {
    expect(isOfClass('ssh.auth', 'ssh.*')).toBe(true)
    expect(isOfClass('ssh', 'ssh.*')).toBe(false)
    expect(isOfClass('sshd.auth', 'ssh.*')).toBe(false)
    expect(isOfClass('ssh', '*')).toBe(true)
    expect(isOfClass('ssh.auth', 'ssh.auth')).toBe(true)
  })
})
