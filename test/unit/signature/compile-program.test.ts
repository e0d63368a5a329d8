import { describe, expect, it } from 'vitest'
import { Direction, NO_DETAILS } from '../../../src/model/program.ts'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { pointed, sourceOf } from './texts.ts'

function hashOf(text: string, exact = false): string {
  return compileProgram([sourceOf(text)], { exact }).program.hash
}

describe('compileProgram', () => {
  it('makes of a statement what the matcher takes', () => {
    const text = '# why\n#: sid=5 rev=2 class=x.y severity=1\n udp  53 <c12 +s@1>:a'
    const { program, diagnostics } = compileProgram([sourceOf(text, 'one.sig')])
    expect(diagnostics).toEqual([])
    expect(program.signatures).toEqual([
      {
        sid: 5,
        rev: 2,
        description: 'a',
        class: 'x.y',
        severity: 1,
        limit: 0,
        details: NO_DETAILS,
        text: 'udp 53 < c12 + s@1 > : a',
        file: 'one.sig',
        line: 3,
        protocol: 'udp',
        port: 53,
        fuzzy: false,
        atStart: true,
        atEnd: true,
        elements: [
          { direction: Direction.client, low: 12, high: 12, reference: 0, pauseBefore: false },
          { direction: Direction.server, low: 0, high: 0x0fff_ffff, reference: 1, pauseBefore: true },
        ],
      },
    ])
  })

  it('makes sequences and campaigns of extended statements', () => {
    const text = [
      '#: sid=1 class=ssh.auth.failure limit=2 mitre=T1110',
      'ssh 22 <auth c:PASSWORD s:FAILURE : refused',
      'tcp 22 c12 : classic',
      'count ssh.auth.failure by client within 30m where hits >= 20 : guessing',
      'tcp * where s.bytes > 1M : download',
    ].join('\n')
    const { program, diagnostics } = compileProgram([sourceOf(text)])
    expect(diagnostics).toEqual([])
    expect(program.signatures).toMatchObject([{ text: 'tcp 22 c12 : classic', line: 3 }])
    expect(program.sequences).toMatchObject([
      {
        sid: 1,
        class: 'ssh.auth.failure',
        limit: 2,
        details: { ...NO_DETAILS, mitre: ['T1110'] },
        text: 'ssh 22 <auth c:PASSWORD s:FAILURE : refused',
        line: 2,
        protocol: 'ssh',
        ports: [{ low: 22, high: 22 }],
        start: 'auth',
        slots: 0,
      },
      { description: 'download', limit: 0, steps: [], start: 'anywhere' },
    ])
    expect(program.campaigns).toMatchObject([
      { line: 4, of: 'ssh.auth.failure', by: 'client', withinMicros: 1_800_000_000 },
    ])
  })

  it('loads the examples of every kind together, with ids of their own', () => {
    const patterns = ['tcp * c1', 'tcp * c1 any c1', 'tcp * where c.bytes > 1', 'ssh * c:KEX']
    const lines = [...patterns, 'count a by client within 1m where hits > 1'].map((line) => `${line} : a`)
    const { program } = compileProgram([sourceOf(lines.join('\n'))])
    const heads = [...program.signatures, ...program.sequences, ...program.campaigns]
    expect(new Set(heads.map(({ sid }) => sid)).size).toBe(lines.length)
  })

  it('refuses a sid that a statement of another kind has', () => {
    const text = '#: sid=7\ntcp * c1 any c1 : a\n#: sid=7\ntcp * c2 : b\n#: sid=7\n'
    const campaign = 'count a by client within 1m where hits > 1 : c'
    const { program, diagnostics } = compileProgram([sourceOf(text + campaign)])
    expect(diagnostics.map(pointed)).toEqual(['S025 sid=7', 'S025 sid=7'])
    expect([program.signatures.length, program.sequences.length, program.campaigns.length]).toEqual([0, 1, 0])
  })

  it('makes every statement exact on request', () => {
    const file = sourceOf('tcp 22 c52 s1 c1 s1 c1 : a')
    expect(compileProgram([file]).program.signatures[0]).toMatchObject({ fuzzy: true })
    const [signature] = compileProgram([file], { exact: true }).program.signatures
    expect(signature).toMatchObject({ fuzzy: false, text: 'tcp 22 = c52 s1 c1 s1 c1 : a' })
    expect(signature?.elements[0]).toMatchObject({ low: 52, high: 52 })
  })

  it('keeps the ids when everything is exact', () => {
    const file = sourceOf('tcp 22 c52 : a')
    const sidsOf = (exact: boolean) =>
      compileProgram([file], { exact }).program.signatures.map(({ sid }) => sid)
    expect(sidsOf(true)).toEqual(sidsOf(false))
  })

  it('loads what is sound and sorts what it says by file and place', () => {
    const one = sourceOf('tcp 22 c9/0 : a\ntcp 22 x : b\ntcp 22 c0 : c', 'one.sig')
    const two = sourceOf('tcp 22 y : d\ntcp 22 c9 : a', 'two.sig')
    const { program, diagnostics } = compileProgram([two, one])
    expect(program.signatures.map(({ description }) => description)).toEqual(['a', 'c'])
    expect(diagnostics.map((diagnostic) => `${diagnostic.source.name} ${pointed(diagnostic)}`)).toEqual([
      'two.sig S005 y',
      'one.sig S030 tcp 22 c9/0',
      'one.sig S035 c9/0',
      'one.sig S005 x',
      'one.sig S033 c0',
    ])
  })

  it('has a hash that changes with what matches or is said, and with nothing else', () => {
    const hash = hashOf('tcp 22 c52 : a\ntcp 22 c53 : b')
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(hashOf('# c\n tcp 22  c053 : b\n\ntcp 22 c52 : a')).toBe(hash)
    expect(hashOf('tcp 22 c52 : a\ntcp 22 c54 : b')).not.toBe(hash)
    expect(hashOf('tcp 22 c52 : a\n#: severity=1\ntcp 22 c53 : b')).not.toBe(hash)
    expect(hashOf('tcp 22 c52 : a\ntcp 22 c53 : b', true)).not.toBe(hash)
  })

  it('has a hash over sequences, campaigns and all metadata', () => {
    const texts = [
      'tcp 22 c52 : a',
      '#: limit=1\ntcp 22 c52 : a',
      '#: mitre=T1110\ntcp 22 c52 : a',
      'tcp 22 c52 : a\ntcp * where c.bytes > 1 : b',
      'tcp 22 c52 : a\ntcp * where c.bytes > 2 : b',
      'tcp 22 c52 : a\ncount a by client within 1m where hits > 1 : b',
    ]
    expect(new Set(texts.map((text) => hashOf(text))).size).toBe(texts.length)
  })

  it('compiles nothing to an empty program', () => {
    expect(compileProgram([])).toMatchObject({
      program: { signatures: [], sequences: [], campaigns: [] },
      diagnostics: [],
    })
  })

  it('compiles ten thousand statements', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, i) => `tcp ${i} = s12 c@1 s28 + c52 s@1 c@1 s@3 : SSH1 - invalid password attempt`,
    )
    expect(compileProgram([sourceOf(lines.join('\n'))]).program.signatures).toHaveLength(lines.length)
  })
})
