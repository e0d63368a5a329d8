// What could be written next in an example.

import { HANDSHAKE_FIGURES } from '../../model/figures.ts'
import { PACKET_FIGURES } from '../../signature/example.ts'
import {
  type Choice,
  type Choices,
  type CompletionContext,
  choicesBehind,
  classChoices,
  messageChoices,
} from './choices.ts'
import { figureMeaning } from './explain-token.ts'
import { exchangeKindOf, parsedOf, statementBelow } from './file-lines.ts'

export function completeExample(context: CompletionContext): Choices | undefined {
  const { before, line } = context
  const head = /^#[+-]\s+(?:[0-9]+x\s+)?/.exec(before)?.[0]
  if (head === undefined || before.includes('file:')) return undefined
  const kind = exchangeKindOf(statementBelow(line))
  const letter = /[\s(}]([cs]):[A-Za-z0-9_]*$/.exec(before)?.[1] ?? ''
  if (letter !== '')
    return kind === 'packets' ? undefined : choicesBehind(before, /:(\w*)$/, () => messageChoices(letter))
  return (
    choicesBehind(before, /&\s*(?:[0-9]+\s+)*([0-9]*)$/, () => sidChoices(context)) ??
    (kind === 'hits'
      ? choicesBehind(before, /[\s(]([a-z][a-z0-9.-]*|)$/, () => classChoices(context))
      : undefined) ??
    choicesBehind(before.slice(head.length), /^([a-z.]*)$/, () => [...START, ...givenFigures(kind)])
  )
}

const START: readonly Choice[] = [
  { kind: 'keyword', text: 'file:', detail: 'a capture, from the folder of this file' },
  { kind: 'keyword', text: 'port ', detail: 'the port that the flow goes to: `port 2222: c12`' },
]

/** What an exchange cannot show, and is given in front of it. */
function givenFigures(kind: ReturnType<typeof exchangeKindOf>): readonly Choice[] {
  const names =
    kind === 'packets' ? PACKET_FIGURES : kind === 'messages' ? Object.keys(HANDSHAKE_FIGURES) : []
  return names.map((name) => ({ kind: 'figure', text: `${name}=`, detail: figureMeaning(name) ?? '' }))
}

function sidChoices({ files, line }: CompletionContext): readonly Choice[] {
  return files.flatMap((source) =>
    parsedOf(source).statements.flatMap(({ ast, metadata, exampleLines }) => {
      const isOwn = exampleLines.some(({ span }) => source === line.source && span.start === line.span.start)
      if (metadata.sid === undefined || isOwn) return []
      return [{ kind: 'value' as const, text: String(metadata.sid), detail: ast.description }]
    }),
  )
}
