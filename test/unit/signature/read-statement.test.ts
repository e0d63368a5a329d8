import { describe, expect, it } from 'vitest'
import { MAX_SIZE } from '../../../src/model/program.ts'
import { parseSignatures } from '../../../src/signature/parse-signatures.ts'
import { MAX_PACKETS } from '../../../src/signature/read-pattern.ts'
import { problemsOf, sourceOf, treeOf } from './texts.ts'

describe('readStatement', () => {
  it('reads every form of a size', () => {
    expect(treeOf('tcp 22 c012 s27/15 c* s@2 : a').packets.map(({ size }) => size)).toEqual([
      { kind: 'bytes', bytes: 12 },
      { kind: 'range', bytes: 27, distance: 15 },
      { kind: 'any' },
      { kind: 'same', packet: 2 },
    ])
  })

  it('takes port 65535 and no higher', () => {
    expect(treeOf('tcp 65535 c1 : a').port).toBe(65535)
    expect(problemsOf('tcp 65536 c1 : a')).toEqual(['S003 65536'])
  })

  it('gives ICMP no port', () => {
    expect(treeOf('icmp * c56 s@1 : a').port).toBe('any')
    expect(problemsOf('icmp 8 c56 s@1 : a')).toEqual(['S004 8'])
  })

  it('takes sizes up to the largest and no larger', () => {
    expect(treeOf(`tcp 22 c${MAX_SIZE} s1/${MAX_SIZE} : a`).packets).toHaveLength(2)
    expect(problemsOf(`tcp 22 c${MAX_SIZE + 1} c1/${'9'.repeat(400)} : a`)).toEqual([
      `S013 c${MAX_SIZE + 1}`,
      `S013 c1/${'9'.repeat(400)}`,
    ])
  })

  it('takes 255 packets and no more', () => {
    expect(treeOf(`tcp 22 ${'c1'.repeat(MAX_PACKETS)} : a`).packets).toHaveLength(MAX_PACKETS)
    expect(problemsOf(`tcp 22 ${'c1'.repeat(MAX_PACKETS)} +s1 c2 : a`)).toEqual(['S014 +s1 c2'])
  })

  it('lets references point to earlier packets only, counted from 1, pauses not counted', () => {
    expect(treeOf('tcp 22 + c1 + s@1 + c@2 : a').packets).toHaveLength(3)
    expect(problemsOf('tcp 22 c@0 s@2 c@9 s@1 : a')).toEqual(['S015 c@0', 'S015 s@2', 'S015 c@9'])
  })

  it('wants a description', () => {
    expect(problemsOf('tcp 22 c1 :')).toEqual(['S009 :'])
    expect(problemsOf('tcp 22 c1 : \t ')).toEqual(['S009 :'])
  })

  it('keeps `#` and `:` in a description', () => {
    expect(treeOf('tcp 22 c1 : a # b : c').description).toBe('a # b : c')
  })

  it('makes a tab in a description a space, and replaces other control characters', () => {
    const { statements, diagnostics } = parseSignatures(sourceOf('tcp 22 c1 : a\tb\u0007\u009bc'))
    expect(statements[0]?.ast.description).toBe('a b\ufffd\ufffdc')
    expect(diagnostics.map(({ code }) => code)).toEqual(['S036'])
    expect(problemsOf('tcp 22 c1 : a\tb\ufffd')).toEqual([])
  })

  it('reports all problems of a statement', () => {
    expect(problemsOf('tcp 99999 c@1 s300000000 :')).toEqual([
      'S015 c@1',
      'S013 s300000000',
      'S003 99999',
      'S009 :',
    ])
  })
})
