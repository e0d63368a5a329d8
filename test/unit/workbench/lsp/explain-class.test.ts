import { describe, expect, it } from 'vitest'
import { explainClass, explainStatement } from '../../../../src/workbench/lsp/explain-class.ts'
import { sourceOf, statementOf } from '../../signature/texts.ts'

describe('explainClass', () => {
  it('says so when nothing has it', () => {
    expect(explainClass([sourceOf('tcp 22 s12 : A')], 'a')).toEqual([
      '**Class** `a`: no statement here has it.',
    ])
  })

  it('lists the first statements, also those that have it besides', () => {
    const text = Array.from({ length: 10 }, (_, i) => `#: also=a\ntcp ${i} s12 : A${i}\n`).join('')
    const lines = explainClass([sourceOf(text)], 'a')
    expect(lines[0]).toBe('**Class** `a`: 10 statements have it:')
    expect(lines.slice(-2)).toEqual(['- `A7`', '- and 2 more'])
  })
})

describe('explainStatement', () => {
  it('tells what its hits carry', () => {
    expect(
      explainStatement(statementOf('#: sid=7 rev=2 class=a severity=1\n#+ s12\n#- s13\ntcp 22 s12 : A')),
    ).toEqual(['**Signature**: sid 7, revision 2, class `a`, severity 1, 2 examples.'])
    expect(explainStatement(statementOf('count a by pair within 1h where hits > 3 : A'))[0]).toMatch(
      /^\*\*Campaign\*\*: id derived from its text, no class/,
    )
  })
})
