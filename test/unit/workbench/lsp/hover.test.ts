import { describe, expect, it } from 'vitest'
import { hoverAt } from '../../../../src/workbench/lsp/hover.ts'
import { cursorIn, textOf } from './cursor.ts'

/** What is pointed at, and the first line that is told of it. */
function hovered(...lines: readonly string[]): readonly [place: string, first: string] | undefined {
  const { source, offset } = cursorIn(...lines)
  const hover = hoverAt([source], source, offset)
  return hover && [textOf(source, hover.span), hover.lines[0] ?? '']
}

describe('hoverAt', () => {
  it('tells of keys and values of metadata', () => {
    expect(hovered('#: si‸d=7')).toEqual([
      'sid=7',
      '**`sid`**: signature id, 1 to 2147483647, unique among all files loaded.',
    ])
    expect(hovered('#: sid=‸7')?.[0]).toBe('sid=7')
    expect(hovered('#: tell=duration,me‸thod,think')).toEqual([
      'method',
      "**`method`**: of the client's last request: `none`, `password`, `keyboard-interactive` or `publickey`.",
    ])
    expect(hovered('#: tell=dura‸tion')).toEqual(['duration', '**`duration`**: time since the flow began.'])
    expect(hovered('#: mitre=T1110,T1110.‸001')).toEqual([
      'T1110.001',
      'MITRE ATT&CK technique [T1110.001](https://attack.mitre.org/techniques/T1110/001/).',
    ])
  })

  it('has nothing to tell of what nobody knows', () => {
    expect(hovered('#: colour=re‸d')).toBeUndefined()
    expect(hovered('#: tell=no‸body')).toBeUndefined()
    expect(hovered('#: wo‸rds')).toBeUndefined()
    expect(hovered('# a com‸ment')).toBeUndefined()
    expect(hovered('‸')).toBeUndefined()
  })

  it('tells who has a class, and who counts it', () => {
    const { source, offset } = cursorIn(
      '#: sid=7 class=a.‸b',
      'tcp 22 s12 : One',
      'count a.b by client within 1h where hits > 3 : Many',
    )
    expect(hoverAt([source], source, offset)?.lines).toEqual([
      '**Class** `a.b`: 1 statement has it:',
      '',
      '- `One` (sid 7)',
      '',
      'Counted by:',
      '',
      '- `Many`',
    ])
  })

  it('tells of statements and of examples', () => {
    expect(hovered('t‸cp 22 s12 : A')?.[0]).toBe('tcp')
    expect(hovered('#+ < s1‸2', 'tcp 22 s12 : A')).toEqual(['s12', 'The server sends 12 bytes.'])
  })
})
