// What the tests of the workbench share: short ways from texts to programs and exchanges.

import type { Program } from '../../../src/model/program.ts'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import type { ExchangeKind, ExchangeNode } from '../../../src/signature/example.ts'
import { readExchange } from '../../../src/signature/read-exchange.ts'
import { expandExchange } from '../../../src/workbench/expand-exchange.ts'
import type { PlainExchange } from '../../../src/workbench/plain-exchange.ts'

export const THRESHOLD = 500_000

export function programOf(...statements: readonly string[]): Program {
  const { program, diagnostics } = compileProgram([{ name: 'test.sig', text: statements.join('\n') }])
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  return program
}

export function nodeOf(text: string, kind: ExchangeKind): ExchangeNode {
  const { exchange, diagnostics } = readExchange({ name: 'test', text }, { start: 0, end: text.length }, kind)
  if (exchange === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return exchange
}

export function exchangeOf(
  text: string,
  protocol: PlainExchange['protocol'] = 'tcp',
  port = 22,
): PlainExchange {
  const node = nodeOf(text, protocol === 'ssh' ? 'messages' : 'packets')
  return expandExchange(node, { protocol, port, thresholdMicros: THRESHOLD })
}
