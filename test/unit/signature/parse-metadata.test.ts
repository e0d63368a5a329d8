import { describe, expect, it } from 'vitest'
import { parseSignatures } from '../../../src/signature/parse-signatures.ts'
import { NO_METADATA } from '../../../src/signature/statement.ts'
import { pointed, problemsOf, sourceOf, statementOf } from './texts.ts'

const STATEMENT = '\ntcp 22 s12 c12 : a'

describe('parseMetadata', () => {
  it('reads all keys, from one line or several', () => {
    const expected = { sid: 1000003, rev: 2, class: 'ssh.auth.failure', severity: 1 }
    const one = statementOf(`#: sid=1000003 rev=2 class=ssh.auth.failure severity=1${STATEMENT}`)
    expect(one.metadata).toMatchObject(expected)
    const two = statementOf(`#:rev=2  sid=1000003\n  #: severity=1 class=ssh.auth.failure${STATEMENT}`)
    expect(two.metadata).toMatchObject(expected)
    expect(two.metadata.sidSpan).toEqual({ start: 9, end: 20 })
  })

  it('reads the keys that a hit hands on', () => {
    const lines = [
      '#: limit=3 confidence=0.9 mitre=T1110.001,T1021 tell=duration,c.bytes also=a.b',
      '#: reference=RFC4252 mitre=T1110.001 mitre=T1078 reference=https://example.org/?a=b also=c',
      '#: fp=a user who forgot sid=7  or a script  ',
    ]
    const { metadata } = statementOf(lines.join('\n') + STATEMENT)
    expect(metadata).toMatchObject({ limit: 3, sid: undefined })
    expect(metadata.details).toEqual({
      references: ['RFC4252', 'https://example.org/?a=b'],
      mitre: ['T1110.001', 'T1021', 'T1078'],
      falsePositives: 'a user who forgot sid=7  or a script',
      confidence: 0.9,
      also: ['a.b', 'c'],
      tell: ['duration', 'c.bytes'],
    })
  })

  it('takes `fp=` for a key at the beginning of a word only', () => {
    const { metadata } = statementOf(`#: reference=a?fp=b limit=2${STATEMENT}`)
    expect(metadata.details).toMatchObject({ references: ['a?fp=b'], falsePositives: undefined })
    expect(metadata.limit).toBe(2)
  })

  it('leaves the defaults where nothing is said', () => {
    expect(statementOf(STATEMENT).metadata).toEqual(NO_METADATA)
    expect(statementOf(`#:${STATEMENT}`).metadata).toEqual(NO_METADATA)
    expect(NO_METADATA).toMatchObject({ sid: undefined, rev: 1, class: undefined, severity: 3 })
  })

  it('takes a line that is no metadata as the comment that it is', () => {
    const text = `#: see below, sid=3 is taken${STATEMENT}`
    expect(problemsOf(text)).toEqual(['S020 see'])
    expect(statementOf(text).metadata).toEqual(NO_METADATA)
  })

  it('ignores an unknown key and guesses what was meant', () => {
    const { diagnostics } = parseSignatures(sourceOf(`#: sevrity=1 colour=red sid=5${STATEMENT}`))
    expect(diagnostics.map(pointed)).toEqual(['S021 sevrity=1', 'S021 colour=red'])
    expect(diagnostics[0]?.message).toContain('did you mean `severity`?')
    expect(diagnostics[1]?.message).not.toContain('did you mean')
  })

  it.each([
    'sid=0',
    'sid=2147483648',
    'sid=99999999999',
    'sid=x',
    'sid=',
    'rev=-1',
    'severity=256',
    'severity=high',
    'limit=0',
    'confidence=2',
    'mitre=1110',
    'tell=A',
    'also=A',
    'reference=',
    'fp=',
    'class=SSH',
    'class=ssh..auth',
    'class=.ssh',
    `class=${'a'.repeat(65)}`,
  ])('refuses %s and keeps the default', (word) => {
    const text = `#: ${word}${STATEMENT}`
    expect(problemsOf(text)).toEqual([`S022 ${word}`])
    expect(statementOf(text).metadata).toEqual(NO_METADATA)
  })

  it('warns of names that tell nothing, and keeps them', () => {
    const text = `#: tell=think_ms,thinkms,duration${STATEMENT}`
    expect(problemsOf(text)).toEqual(['S057 tell=think_ms,thinkms,duration'])
    expect(statementOf(text).metadata.details.tell).toContain('thinkms')
  })

  it('takes the first of two values', () => {
    const text = `#: severity=1\n#: severity=2${STATEMENT}`
    expect(problemsOf(text)).toEqual(['S023 severity=2'])
    expect(statementOf(text).metadata.severity).toBe(1)
    expect(problemsOf(`#: tell=think tell=wait${STATEMENT}`)).toEqual(['S023 tell=wait'])
  })
})
