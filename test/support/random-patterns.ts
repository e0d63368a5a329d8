// Small random statements that often have something in common, and exchanges to try them on: few sizes, few ports,
// short patterns. They are written in the language, so that what is proven of them is proven of compiled programs.

import fc from 'fast-check'
import { MESSAGES } from '../../src/model/messages.ts'
import type { Direction } from '../../src/model/program.ts'
import { compileProgram } from '../../src/signature/compile-program.ts'
import type { ImaginedElement, ImaginedExchange } from '../../src/workbench/prove/exchange.ts'
import type { Signature } from '../../src/workbench/prove/recogniser.ts'

const THRESHOLD = 500_000

const side = fc.constantFrom('c', 's')
const bytes = fc.integer({ min: 1, max: 4 })
const pauses = fc.constantFrom('', '', '', '', '+ ')
const longPauses = fc.constantFrom('', '', '', '+ ', '+? ', '+1s..2s ', '+..600ms ', '+..300ms-rtt ')

const plainSize = fc.oneof(
  { weight: 4, arbitrary: bytes.map(String) },
  { weight: 2, arbitrary: fc.tuple(bytes, fc.integer({ min: 1, max: 2 })).map(([n, d]) => `${n}/${d}`) },
  { weight: 2, arbitrary: fc.constant('*') },
)
const longSize = fc.oneof(
  plainSize,
  fc.tuple(bytes, fc.integer({ min: 0, max: 2 })).map(([n, more]) => `${n}..${n + more}`),
)

/** `number` is the packet's own. */
function reference(number: number, isClassic: boolean): fc.Arbitrary<string> {
  const packet = fc.integer({ min: 1, max: number - 1 })
  if (isClassic) return packet.map((k) => `@${k}`)
  return fc
    .tuple(packet, fc.constantFrom('', '+1', '-1', '+2/1', '/1'))
    .map(([k, change]) => `@${k}${change}`)
}

function packet(number: number, isClassic: boolean): fc.Arbitrary<string> {
  const free = isClassic ? plainSize : longSize
  const size =
    number === 1
      ? free
      : fc.oneof({ weight: 3, arbitrary: free }, { weight: 2, arbitrary: reference(number, isClassic) })
  return fc.tuple(isClassic ? pauses : longPauses, side, size).map((parts) => parts.join(''))
}

const ends = fc.tuple(fc.constantFrom('', '', '< '), fc.constantFrom('', '', ' >'))
const port = fc.constantFrom('*', '*', '22')

const classic = fc
  .tuple(port, fc.constantFrom('', '= '), ends, fc.integer({ min: 1, max: 6 }))
  .chain(([where, exact, [start, end], length]) =>
    fc
      .tuple(...Array.from({ length }, (_, i) => packet(i + 1, true)))
      .map((packets) => `tcp ${where} ${exact}${start}${packets.join(' ')}${end}`),
  )

const repeat = fc.constantFrom('', '', '', '?', '{2}', '{1,}', '{0,2}')

const extended = fc
  .tuple(fc.constantFrom('*', '22', '20-30'), ends, fc.integer({ min: 1, max: 4 }))
  .chain(([where, [start, end], length]) =>
    fc
      .tuple(
        ...Array.from({ length }, (_, i) =>
          fc.oneof(
            {
              weight: 5,
              arbitrary: fc.tuple(packet(2 * i + 1, false), repeat).map(([one, times]) => `${one}${times}`),
            },
            { weight: 1, arbitrary: repeat.map((times) => `any${times}`) },
            {
              weight: 2,
              arbitrary: fc
                .tuple(
                  packet(2 * i + 1, false),
                  packet(2 * i + 2, false),
                  repeat,
                  fc.constantFrom(' ', ' | '),
                )
                .map(([one, two, times, joint]) => `(${one}${joint}${two})${times}`),
            },
          ),
        ),
      )
      .map((items) => `tcp ${where} ${start}${items.join(' ')}${end}`),
  )

const message = fc.constantFrom(
  'c:PASSWORD',
  's:FAILURE',
  'c*',
  's*',
  'any',
  'c:ssh(1..20)',
  'c:ssh(10)',
  'c20..40',
  's36',
)
const ssh = fc
  .tuple(
    fc.constantFrom('', '', '< ', '<auth '),
    fc.array(fc.tuple(longPauses, message, repeat), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', ' >'),
  )
  .map(([start, items, end]) => `ssh * ${start}${items.map((parts) => parts.join('')).join(' ')}${end}`)

/** A compiled signature, with its text. */
export const smallSignature: fc.Arbitrary<Signature> = fc
  .oneof({ weight: 3, arbitrary: classic }, { weight: 3, arbitrary: extended }, { weight: 1, arbitrary: ssh })
  .map((text) => signatureOf(text))
  .filter((one) => one !== undefined)

/** undefined when the text is no sound pattern. */
export function signatureOf(text: string): Signature | undefined {
  const { program } = compileProgram([{ name: 'random.sig', text: `${text} : Random\n` }])
  return program.signatures[0] ?? program.sequences[0]
}

const element: fc.Arbitrary<ImaginedElement> = fc.record({
  direction: fc.integer({ min: 0, max: 1 }) as fc.Arbitrary<Direction>,
  size: fc.integer({ min: 1, max: 6 }),
  message: fc.constant(0),
  payload: fc.constant(undefined),
  delay: fc.constantFrom(1000, 1000, 1000, THRESHOLD, 1_500_000),
})

const sshElement: fc.Arbitrary<ImaginedElement> = fc.record({
  direction: fc.integer({ min: 0, max: 1 }) as fc.Arbitrary<Direction>,
  size: fc.constantFrom(20, 36, 44),
  message: fc.constantFrom(0, MESSAGES.indexOf('PASSWORD'), MESSAGES.indexOf('FAILURE')),
  payload: fc.constantFrom(undefined, { low: 5, high: 12 }, { low: 10, high: 10 }, { low: 30, high: 37 }),
  delay: fc.constantFrom(1000, 1000, THRESHOLD, 1_500_000),
})

const frame = {
  port: fc.constantFrom(22, 25, 80),
  atEnd: fc.boolean(),
  figures: fc.constant(new Map<string, number>()),
}

export const smallExchange: fc.Arbitrary<ImaginedExchange> = fc.oneof(
  fc.record({
    ...frame,
    protocol: fc.constant('tcp' as const),
    start: fc.constantFrom('flow' as const, 'anywhere' as const),
    elements: fc.array(element, { minLength: 1, maxLength: 7 }),
  }),
  fc.record({
    ...frame,
    protocol: fc.constant('ssh' as const),
    start: fc.constantFrom('flow' as const, 'anywhere' as const, 'auth' as const),
    elements: fc.array(sshElement, { minLength: 1, maxLength: 4 }),
  }),
)

/** Every exchange of up to so many elements of 1 to 3 bytes, with the anchors that there are. */
export function* allExchanges(most: number): Generator<ImaginedExchange> {
  const alphabet: ImaginedElement[] = []
  for (const direction of [0, 1] as const)
    for (const size of [1, 2, 3])
      for (const delay of [1000, 1_500_000])
        alphabet.push({ direction, size, message: 0, payload: undefined, delay })
  let level: (readonly ImaginedElement[])[] = [[]]
  for (let length = 1; length <= most; length++) {
    level = level.flatMap((elements) => alphabet.map((next) => [...elements, next]))
    for (const elements of level)
      yield { protocol: 'tcp', port: 22, start: 'flow', atEnd: true, elements, figures: new Map() }
  }
}
