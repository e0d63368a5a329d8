// The grammar for editors knows the words that the language knows, and paints them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MESSAGES } from '../../../src/model/messages.ts'
import { SSH_PHASES } from '../../../src/model/program.ts'
import { METADATA_ORDER } from '../../../src/signature/metadata-keys.ts'

interface Rule {
  readonly name?: string
  readonly match?: string
  readonly begin?: string
  readonly end?: string
  readonly include?: string
  readonly captures?: Readonly<Record<string, { readonly name: string }>>
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>
  readonly patterns?: readonly Rule[]
}

const FOLDER = join(import.meta.dirname, '../../../docs/vscode')
const read = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))
const grammar: { readonly patterns: readonly Rule[]; readonly repository: Readonly<Record<string, Rule>> } =
  read('gait.tmLanguage.json')

/** Rules that match by themselves: includes written out. */
function flat(rules: readonly Rule[]): readonly Rule[] {
  return rules.flatMap((rule) => {
    if (rule.include !== undefined) return flat([grammar.repository[rule.include.slice(1)]!])
    return rule.match === undefined && rule.begin === undefined ? flat(rule.patterns ?? []) : [rule]
  })
}

/** Words of a line with the last part of what they are painted as, as an editor does it. */
function painted(line: string): readonly string[] {
  const words: string[] = []
  const tell = (text: string, name: string | undefined) => {
    if (name !== undefined && text !== '') words.push(`${text} ${name.split('.')[1]}`)
  }
  const stack: Rule[] = [{ patterns: grammar.patterns }]
  let at = 0
  while (at <= line.length) {
    const top = stack.at(-1)!
    const candidates = [...(top.end === undefined ? [] : [{ match: top.end }]), ...flat(top.patterns ?? [])]
    let best: { readonly rule: Rule; readonly found: RegExpExecArray } | undefined
    for (const rule of candidates) {
      const pattern = new RegExp(rule.match ?? rule.begin ?? '', 'gd')
      pattern.lastIndex = at
      const found = pattern.exec(line)
      if (found !== null && (best === undefined || found.index < best.found.index)) best = { rule, found }
    }
    if (best === undefined) break
    const { rule, found } = best
    if (rule.match === top.end && rule.name === undefined && rule.captures === undefined) stack.pop()
    else {
      const captures = rule.captures ?? rule.beginCaptures
      if (captures === undefined) tell(found[0], rule.name)
      else for (const [i, { name }] of Object.entries(captures)) tell(found[Number(i)] ?? '', name)
      if (rule.begin !== undefined) stack.push(rule)
    }
    if (stack.length === 0) break
    if (found[0] === '' && rule.begin === undefined && rule.match !== top.end)
      throw new Error(`${rule.match} matches nothing`)
    at = found.index + found[0].length
    if (at === line.length && stack.length === 1) break
  }
  return words
}

describe('the grammar for editors', () => {
  it('knows all messages, phases and keys', () => {
    const text = JSON.stringify(grammar)
    expect(text).toContain(`(${MESSAGES.filter((name) => name !== '').join('|')})`)
    expect(text).toContain(`(${SSH_PHASES.join('|')})`)
    for (const key of METADATA_ORDER) expect(text).toMatch(new RegExp(`[(|]${key}[)|]`))
  })

  it('paints statements', () => {
    expect(painted('ssh * <auth +1s..9s-rtt c:PASSWORD s@1+16{2,} where c.data > 1k : SSH - c:x')).toEqual([
      'ssh type',
      '* operator',
      '< operator',
      'auth language',
      '+1s..9s-rtt numeric',
      'c other',
      'PASSWORD constant',
      's other',
      '@1+16 parameter',
      '{2,} operator',
      'where control',
      'c.data other',
      '> operator',
      '1k numeric',
      ': SSH - c:x unquoted',
    ])
    expect(painted('tcp 22 = < s27/15 c10..90 > : A')).toEqual([
      'tcp type',
      '22 numeric',
      '= operator',
      '< operator',
      's other',
      '27/15 numeric',
      'c other',
      '10..90 numeric',
      '> operator',
      ': A unquoted',
    ])
  })

  it('paints campaigns', () => {
    expect(painted('count a.b by client within 30m where hits >= 20 : A')).toEqual([
      'count type',
      'a.b name',
      'by control',
      'client language',
      'within control',
      '30m numeric',
      'where control',
      'hits other',
      '> operator',
      '= operator',
      '20 numeric',
      ': A unquoted',
    ])
  })

  it('paints metadata, examples and comments', () => {
    expect(painted('#: sid=7 class=a.b fp=some words')).toEqual([
      '#: definition',
      'sid other',
      '= operator',
      '7 other',
      'class other',
      '= operator',
      'a.b name',
      'fp other',
      '= operator',
      'some words unquoted',
    ])
    expect(painted('#+ 2x < c:NONE(10) +2s s12 ! > & 7')).toEqual([
      '#+ control',
      '2x numeric',
      '< operator',
      'c other',
      'NONE constant',
      '(10) numeric',
      '+2s numeric',
      's other',
      '12 numeric',
      '! operator',
      '> operator',
      '& operator',
      '7 numeric',
    ])
    expect(painted('#---- by hand')).toEqual(['#---- by hand line'])
  })
})

it('the extension names its files', () => {
  const { contributes, main } = read('package.json')
  const [language] = contributes.languages
  const [colours] = contributes.grammars
  expect(read(language.configuration)).toHaveProperty('comments.lineComment', '#')
  expect(colours.scopeName).toBe(read(colours.path).scopeName)
  expect(readFileSync(join(FOLDER, main), 'utf8')).toContain('gait')
})
