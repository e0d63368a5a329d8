// Runs the examples of signatures, and every signature over every other's examples. A hit that an example does not
// announce is a failure, and so is an announced one that does not come: that is how shadowing shows.

import { dirname, isAbsolute, join } from 'node:path'
import { OperatorError } from '../../model/operator-error.ts'
import type { Program, SignatureHead } from '../../model/program.ts'
import type { StatementCompilation } from '../../signature/compile-program.ts'
import type { ExampleNode, LocatedExample } from '../../signature/example.ts'
import { parseExamples } from '../../signature/parse-examples.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { runCampaigns } from '../campaign-run.ts'
import { ExchangeRun } from '../exchange-run.ts'
import { expandExchange } from '../expand-exchange.ts'
import { usualPort } from '../statement-facts.ts'

/**
 * Replays a capture and tells how often each sid hit.
 *
 * @throws OperatorError when it cannot be read
 */
export type HitCounter = (path: string, program: Program) => Promise<ReadonlyMap<number, number>>

export interface ExampleResult {
  readonly line: number
  /** As it is written. */
  readonly text: string
  readonly mustHit: boolean
  readonly expected: number
  readonly hits: number
  /** Other signatures that hit, and that the example does not name. */
  readonly unexpected: readonly {
    readonly sid: number
    readonly description: string
    readonly hits: number
  }[]
  /** Those that it names, that are loaded, and that do not hit. */
  readonly missing: readonly number[]
  /** Why it could not be run. */
  readonly trouble: string | undefined
  readonly passed: boolean
}

export interface SignatureResult {
  readonly sid: number
  readonly description: string
  readonly file: string
  readonly line: number
  readonly examples: readonly ExampleResult[]
}

/** In the order of the statements. */
export async function runExamples(
  { program, statements }: StatementCompilation,
  thresholdMicros: number,
  countHits: HitCounter,
): Promise<readonly SignatureResult[]> {
  const runner = new ExampleRunner(program, thresholdMicros, countHits)
  const results: SignatureResult[] = []
  const { signatures, sequences, campaigns } = program
  const heads = new Map([...signatures, ...sequences, ...campaigns].map((head) => [head.sid, head]))
  for (const [sid, statement] of statements) {
    const examples: ExampleResult[] = []
    for (const example of parseExamples(statement).examples)
      examples.push(await runner.run(sid, statement, example, heads))
    const { description } = statement.ast
    results.push({ sid, description, file: statement.source.name, line: statement.line, examples })
  }
  return results
}

class ExampleRunner {
  readonly #program: Program
  readonly #thresholdMicros: number
  readonly #countHits: HitCounter
  readonly #run: ExchangeRun
  /** What captures gave: several examples may name one. */
  readonly #captures = new Map<string, Promise<ReadonlyMap<number, number>>>()

  constructor(program: Program, thresholdMicros: number, countHits: HitCounter) {
    this.#program = program
    this.#thresholdMicros = thresholdMicros
    this.#countHits = countHits
    this.#run = new ExchangeRun(program, thresholdMicros)
  }

  async run(
    sid: number,
    statement: LocatedStatement,
    { ast, line, span }: LocatedExample,
    heads: ReadonlyMap<number, SignatureHead>,
  ): Promise<ExampleResult> {
    const text = statement.source.text.slice(span.start, span.end)
    const base = { line, text, mustHit: ast.hits > 0, expected: ast.hits }
    let counts: ReadonlyMap<number, number>
    try {
      counts = await this.#counts(statement, ast)
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      return { ...base, hits: 0, unexpected: [], missing: [], trouble: error.message, passed: false }
    }
    const hits = counts.get(sid) ?? 0
    const unexpected = [...counts]
      .filter(([other]) => other !== sid && !ast.others.includes(other))
      .map(([other, times]) => ({
        sid: other,
        description: heads.get(other)?.description ?? '',
        hits: times,
      }))
      .sort((a, b) => a.sid - b.sid)
    const missing = ast.others.filter((other) => heads.has(other) && !counts.has(other))
    const passed = hits === ast.hits && unexpected.length === 0 && missing.length === 0
    return { ...base, hits, unexpected, missing, trouble: undefined, passed }
  }

  #counts(
    { ast, source }: LocatedStatement,
    { what }: ExampleNode,
  ): ReadonlyMap<number, number> | Promise<ReadonlyMap<number, number>> {
    if (what.kind === 'capture')
      return this.#captured(isAbsolute(what.path) ? what.path : join(dirname(source.name), what.path))
    if (ast.kind === 'campaign') return tally(runCampaigns(this.#program, what, this.#thresholdMicros))
    const facts = { protocol: ast.protocol, port: usualPort(ast), thresholdMicros: this.#thresholdMicros }
    return tally(this.#run.run(expandExchange(what, facts)))
  }

  #captured(path: string): Promise<ReadonlyMap<number, number>> {
    let counts = this.#captures.get(path)
    if (counts === undefined) {
      counts = this.#countHits(path, this.#program)
      this.#captures.set(path, counts)
    }
    return counts
  }
}

function tally(hits: readonly { readonly signature: SignatureHead }[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { signature } of hits) counts.set(signature.sid, (counts.get(signature.sid) ?? 0) + 1)
  return counts
}
