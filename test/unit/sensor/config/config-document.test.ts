import { describe, expect, it } from 'vitest'
import { parseConfigDocument } from '../../../../src/sensor/config/config-document.ts'
import { formatConfigProblem } from '../../../../src/sensor/config/config-problem.ts'

const parse = (text: string) => parseConfigDocument({ name: 'g.yaml', text })
const problemsOf = (text: string) =>
  parse(text).problems.map((problem) => formatConfigProblem(problem).split('\n')[0])

describe('values', () => {
  it('are those of YAML 1.2: off and yes are texts', () => {
    expect(parse('a: off\nb: yes\nc: true\nd: 1\ne: 0x10\nf:\ng: [x, 1:30]\n').values).toEqual({
      a: 'off',
      b: 'yes',
      c: true,
      d: 1,
      e: 16,
      f: null,
      g: ['x', '1:30'],
    })
  })

  it('are so also when the file asks for YAML 1.1', () => {
    expect(parse('%YAML 1.1\n---\na: off\n').values).toEqual({ a: 'off' })
  })

  it('may stand for others', () => {
    expect(parse('a: &x [1]\nb: *x\n').values).toEqual({ a: [1], b: [1] })
  })

  it.each([
    ['', null],
    ['# nothing\n', null],
    ['\ufeffa: 1\r\n', { a: 1 }],
  ])('of %j are %j', (text, values) => {
    const document = parse(text)
    expect(document.problems).toEqual([])
    expect(document.values).toEqual(values)
  })
})

describe('what is not sound YAML', () => {
  it.each([
    ['a:\n\tb: 1\n', 'g.yaml:2:1: found a tab, expected spaces'],
    ['a: b: c\n', 'g.yaml:1:4: found a map, expected a value: quote a text that has `: ` in it'],
    ['a: 1\n b: 2\n', 'g.yaml:1:4: found a map, expected a value:'],
    ['a: 1\n---\nb: 2\n', 'g.yaml:2:1: found a second document, expected one'],
    ['a: "b\n', 'g.yaml:2:1: not sound YAML: Missing closing "quote'],
    ['a: [1\n', 'not sound YAML: Flow sequence in block collection'],
    ['a: !x 1\n', 'g.yaml:1:4: not sound YAML: Unresolved tag: !x'],
    ['a: *x\n', 'g.yaml:1:4: found an alias of nothing, expected `&x` somewhere before it'],
  ])('is said, and nothing is read: %j', (text, message) => {
    expect(parse(text).values).toBeUndefined()
    expect(problemsOf(text)).toEqual([expect.stringContaining(message)])
  })

  it('is a key that stands twice; the rest is read', () => {
    expect(problemsOf('a: 1\nb: 2\na: 3\n')).toEqual([
      'g.yaml:3:1: found this key a second time, expected it once',
    ])
    expect(parse('a: 1\nb: 2\na: 3\n').values).toMatchObject({ b: 2 })
  })

  it('is a text whose aliases would fill the memory', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`)}]`)
    const document = parse(['l0: &l0 x', ...levels].join('\n'))
    expect(document.values).toBeUndefined()
    expect(document.problems).toHaveLength(1)
  })
})

describe('places', () => {
  const text = 'one: 1\nlist:\n  - a\n  - {k: v, e: }\nempty:\nback: &x {in: 5}\nagain: *x\n'
  const document = parse(text)
  const shown = (path: readonly PropertyKey[], isKey = false) => {
    const problem = document.problemOf({ path, isKey, message: '' })
    return problem.kind === 'file' ? text.slice(problem.span.start, problem.span.end) : undefined
  }

  it.each([
    [['one'], '1'],
    [['list', 0], 'a'],
    [['list', 1, 'k'], 'v'],
    [['list', 1], '{k: v, e: }'],
    [['back', 'in'], '5'],
    [['again', 'in'], '5'],
    [['again'], '*x'],
  ])('of the value at %j', (path, part) => {
    expect(shown(path)).toBe(part)
  })

  it.each([
    [['one'], 'one'],
    [['list', 1, 'k'], 'k'],
  ])('of the key at %j', (path, part) => {
    expect(shown(path, true)).toBe(part)
  })

  it.each([
    ['a value that is empty: its key', ['empty'], 'empty'],
    ['a value that is empty inside: its key', ['list', 1, 'e'], 'e'],
    ['what is not there: what it would be in', ['list', 1, 'zz'], '{k: v, e: }'],
    ['what is not there below a value: the value', ['one', 'two'], '1'],
  ])('of %s', (_what, path, part) => {
    expect(shown(path)).toBe(part)
  })

  it('of an empty document are its beginning', () => {
    const problem = parse('').problemOf({ path: ['a'], isKey: false, message: 'x' })
    expect(problem).toMatchObject({ span: { start: 0, end: 0 } })
  })
})
