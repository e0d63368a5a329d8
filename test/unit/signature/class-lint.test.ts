import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { sourceOf } from './texts.ts'

const COUNT = 'count a.b then c.d by client within 1m where hits >= 3 : e'

function unknownIn(...texts: readonly string[]): readonly string[] {
  const { diagnostics } = compileProgram(texts.map((text, i) => sourceOf(text, `${i}.sig`)))
  return diagnostics.filter(({ code }) => code === 'S056').map(({ message }) => message)
}

describe('findUnknownClasses', () => {
  it('warns of classes that no statement has', () => {
    expect(unknownIn(COUNT)).toEqual([
      'nothing that is loaded has the class `a.b`: this campaign never hits',
      'nothing that is loaded has the class `c.d`: this campaign never hits',
    ])
  })

  it('knows those of other files, other campaigns, and of `also`', () => {
    expect(unknownIn(COUNT, '#: class=a.b\ntcp * c1 s1 : x', '#: also=c.d\ntcp * c1 s2 : y')).toEqual([])
    const other = '#: class=a.b\ncount c.d by client within 1m where hits >= 3 : z'
    expect(unknownIn(COUNT, other, '#: class=c.d\ntcp * c1 s1 : x')).toEqual([])
  })

  it('guesses what was meant', () => {
    const given = '#: class=ssh.failure\nssh * s:FAILURE : x'
    expect(unknownIn('count ssh.failur by client within 1m where hits >= 3 : e', given)).toEqual([
      'nothing that is loaded has the class `ssh.failur`: this campaign never hits; did you mean `ssh.failure`?',
    ])
  })
})
