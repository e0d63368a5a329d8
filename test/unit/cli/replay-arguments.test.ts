import { describe, expect, it } from 'vitest'
import { parseReplayQuickly, readReplayArguments } from '../../../src/cli/replay-arguments.ts'
import { OperatorError } from '../../../src/model/operator-error.ts'

const DEFAULTS = {
  captures: ['a.pcap'],
  signatures: [],
  addSignatures: [],
  exact: false,
  threshold: 500,
  filter: undefined,
  recursive: false,
  merge: false,
  checksums: false,
  maxFlows: 1 << 20,
  format: 'text',
  output: undefined,
  oneLine: false,
  timestamps: false,
  resolve: false,
  unknown: false,
  unknownOnly: false,
  flows: false,
  elements: 64,
  summary: false,
  exitMatch: false,
  quiet: false,
}

const parse = (line: string) => parseReplayQuickly(line.split(' '))

describe('a plain replay command line', () => {
  it.each([
    ['replay a.pcap', {}],
    ['replay -', { captures: ['-'] }],
    ['replay a.pcap b.pcap', { captures: ['a.pcap', 'b.pcap'] }],
    ['replay -s x.sig --signatures y.sig a.pcap', { signatures: ['x.sig', 'y.sig'] }],
    ['replay a.pcap --add-signatures z.sig', { addSignatures: ['z.sig'] }],
    ['replay -lt a.pcap', { oneLine: true, timestamps: true }],
    ['replay -F -R -r a.pcap', { exact: true, recursive: true, resolve: true }],
    ['replay --merge --checksums --summary a.pcap', { merge: true, checksums: true, summary: true }],
    ['replay -U a.pcap', { unknown: true }],
    ['replay -K a.pcap', { unknown: true, unknownOnly: true }],
    ['replay -q 400 a.pcap', { threshold: 400 }],
    ['replay --threshold=0.5 a.pcap', { threshold: 0.5 }],
    ['replay --max-flows 10 --elements 65535 a.pcap', { maxFlows: 10, elements: 65_535 }],
    ['replay --format eve -o out a.pcap', { format: 'eve', output: 'out' }],
    ['replay --flows --format eve a.pcap', { format: 'eve', flows: true }],
    ['replay -f tcp a.pcap', { filter: 'tcp' }],
    ['replay --exit-match --quiet a.pcap', { exitMatch: true, quiet: true }],
    ['replay -l -- -x.pcap', { oneLine: true, captures: ['-x.pcap'] }],
  ])('%s', (line, expected) => {
    expect(parse(line)).toEqual({ ...DEFAULTS, ...expected })
  })
})

describe('whatever is odd', () => {
  it.each([
    '--help',
    'completion',
    'replay',
    'replay -l',
    'replay --help a.pcap',
    'replay --bogus a.pcap',
    'replay a.pcap -s',
    'replay --oneLine a.pcap',
    'replay --one-line=true a.pcap',
    'replay -q abc a.pcap',
    'replay -q -1 a.pcap',
    'replay --elements 0 a.pcap',
    'replay --elements 1.5 a.pcap',
    'replay --elements= a.pcap',
    'replay --max-flows 10000001 a.pcap',
    'replay --format xml a.pcap',
    'replay --flows a.pcap',
  ])('is left to the whole parser: %s', (line) => {
    expect(parse(line)).toBeUndefined()
  })
})

describe('readReplayArguments', () => {
  it.each([
    [{ threshold: Number.NaN }, '--threshold must be a number from 0 to 3600000'],
    [{ threshold: -1 }, '--threshold must be a number from 0 to 3600000'],
    [{ 'max-flows': 0 }, '--max-flows must be a number from 1 to 10000000'],
    [{ elements: 65_536 }, '--elements must be a number from 1 to 65535'],
    [{ elements: 2.5 }, '--elements must be a whole number from 1 to 65535'],
    [{ format: 'xml' }, '--format must be text or eve, not xml'],
    [{ flows: true }, '--flows asks for EVE events: add --format eve'],
    [{ flows: true, format: 'text' }, '--flows asks for EVE events: add --format eve'],
  ])('refuses %j', (raw, message) => {
    expect(() => readReplayArguments(raw)).toThrow(new OperatorError('usage', message))
  })

  it('takes numbers as well as their text', () => {
    expect(readReplayArguments({ captures: ['a.pcap'], elements: 5, threshold: '7' })).toMatchObject({
      elements: 5,
      threshold: 7,
    })
  })
})
