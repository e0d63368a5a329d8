import { describe, expect, it } from 'vitest'
import type { Protocol } from '../../../src/model/program.ts'
import { elementProblem, formatElement } from '../../../src/signature/element-lint.ts'
import { sequenceOf } from './texts.ts'

type Name = Exclude<keyof typeof Protocol, 'icmpv6'> | 'ssh'

function codeOf(text: string, protocol: Name = 'tcp', why?: string): string | undefined {
  const atom = sequenceOf(`tcp * any any ${text} : a`).items[2]?.atom
  if (atom?.kind !== 'element') throw new Error(`${text} is no element`)
  return elementProblem(atom, { protocol, whyExact: () => why })?.code
}

describe('elementProblem', () => {
  it('knows what never comes', () => {
    expect(['c0', 'c0/0', 'c0..0'].map((text) => codeOf(text))).toEqual(['S033', 'S033', 'S033'])
    expect(codeOf('c0', 'ssh')).toBe('S033')
    expect(codeOf('c0', 'udp')).toBeUndefined()
    expect(codeOf('c65528..70000', 'udp')).toBe('S033')
    expect(codeOf('c65528', 'icmp')).toBe('S033')
    expect(codeOf('c65527..70000', 'udp')).toBeUndefined()
    expect(codeOf('c70000')).toBeUndefined()
  })

  it('knows who sends a message', () => {
    const codes = ['c:FAILURE', 's:PASSWORD', 'c:PASSWORD', 's:KEXINIT'].map((text) => {
      const [item] = sequenceOf(`ssh * ${text} any : a`).items
      if (item?.atom.kind !== 'element') throw new Error(`${text} is no element`)
      return elementProblem(item.atom, { protocol: 'ssh', whyExact: () => undefined })?.code
    })
    expect(codes).toEqual(['S033', 'S033', undefined, undefined])
  })

  it('knows what says nothing', () => {
    expect(codeOf('c5/9')).toBe('S034')
    expect(codeOf('c5/0', 'tcp', 'a size is exact')).toBe('S035')
    expect(codeOf('c5/0')).toBeUndefined()
  })

  it('has nothing against the rest', () => {
    expect(['any', 'c*', 'c@1', 'c@1-5', 'c5', 'c5/5', 'c0..5'].map((text) => codeOf(text))).toEqual(
      Array.from({ length: 7 }),
    )
  })
})

describe('formatElement', () => {
  it('writes an element without its pause', () => {
    expect(formatElement({ direction: 'server', size: { kind: 'same', packet: 2 } })).toBe('s@2')
    expect(formatElement({ direction: undefined, size: { kind: 'any' } })).toBe('any')
  })
})
