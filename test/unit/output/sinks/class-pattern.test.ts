import { describe, expect, it } from 'vitest'
import { isClassPattern, matchesClass } from '../../../../src/output/sinks/class-pattern.ts'

describe('a class pattern', () => {
  it.each([
    ['ssh.auth.failure', 'ssh.auth.failure', true],
    ['ssh.auth', 'ssh.auth.failure', false],
    ['ssh.auth.*', 'ssh.auth.failure', true],
    ['ssh.auth.*', 'ssh.author', false],
    ['ssh.auth.*', 'ssh.auth', false],
    ['ssh.*', 'ssh.auth.failure', true],
    ['*', 'actor.human', true],
    ['*', undefined, false],
    ['actor.human', undefined, false],
  ])('`%s` of %s: %s', (pattern, name, fits) => {
    expect(matchesClass(pattern, name)).toBe(fits)
  })

  it.each(['*', 'ssh', 'ssh.*', 'ssh.auth.failure', 'x11-2.a'])('may be `%s`', (text) => {
    expect(isClassPattern(text)).toBe(true)
  })

  it.each(['', 'SSH', 'ssh.', '.ssh', 'ssh*', 'ssh.*.failure', '*.ssh', '1ssh', 'ssh auth'])(
    'is not `%s`',
    (text) => {
      expect(isClassPattern(text)).toBe(false)
    },
  )
})
