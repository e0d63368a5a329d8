// What could be written next in a statement.

import { SSH_PHASES } from '../../model/program.ts'
import {
  type Choice,
  type Choices,
  type CompletionContext,
  choicesBehind,
  classChoices,
  figureChoices,
  keywordChoices,
  messageChoices,
} from './choices.ts'
import { COUNTED_BY, PHASES, PROTOCOLS, WORDS } from './meanings.ts'
import { type PlacedToken, statementTokens } from './statement-tokens.ts'

export function completeStatement(context: CompletionContext): Choices | undefined {
  const { before, line, span } = context
  if (/^[a-z]*$/.test(before)) return { typed: before, choices: keywordChoices(PROTOCOLS) }
  const tokens = statementTokens({ ...line, span })
  const condition = tokens.findIndex(({ type }) => type === 'where')
  const isCampaign = before.startsWith('count')
  if (tokens.at(-1)?.type === 'description') return undefined
  if (condition >= 0) {
    const scope = isCampaign ? 'campaign' : before.startsWith('ssh') ? 'messages' : 'packets'
    return completeCondition(context, figureChoices(scope))
  }
  return isCampaign ? completeCampaign(context) : completePattern(context, tokens)
}

/** A figure where a value is wanted, a connective behind one. */
function completeCondition(
  { before, line, span }: CompletionContext,
  figures: readonly Choice[],
): Choices | undefined {
  const [, typed = ''] = /(?:^|[^A-Za-z0-9_.])([A-Za-z_][A-Za-z0-9_.]*)$/.exec(before) ?? []
  if (typed === '' && /[A-Za-z0-9_.]$/.test(before)) return undefined
  const last = statementTokens({ ...line, span: { start: span.start, end: span.end - typed.length } }).at(-1)
  const isValue = last?.type === 'figure' || last?.type === 'quantity' || last?.text === ')'
  return { typed, choices: isValue ? wordChoices('and', 'or') : [...figures, ...wordChoices('not')] }
}

const TIMES: readonly Choice[] = ['1m', '10m', '30m', '1h', '24h'].map((text) => ({
  kind: 'value',
  text,
  detail: 'how long a hit counts',
}))

function completeCampaign(context: CompletionContext): Choices | undefined {
  const { before } = context
  const classes = () => classChoices(context)
  return (
    choicesBehind(before, /^count\s+(\S*)$/, classes) ??
    choicesBehind(before, /^count\s+\S+\s+([a-z]*)$/, () => wordChoices('by', 'then')) ??
    choicesBehind(before, /^count\s+\S+\s+then\s+(\S*)$/, classes) ??
    choicesBehind(before, /\sthen\s+\S+\s+([a-z]*)$/, () => wordChoices('by')) ??
    choicesBehind(before, /\sby\s+([a-z]*)$/, () => keywordChoices(COUNTED_BY)) ??
    choicesBehind(before, /\sby\s+[a-z]+\s+([a-z]*)$/, () => wordChoices('within')) ??
    choicesBehind(before, /\swithin\s+([0-9]*[a-z]*)$/, () => TIMES) ??
    choicesBehind(before, /\swithin\s+\S+\s+([a-z]*)$/, () => wordChoices('where'))
  )
}

function completePattern({ before }: CompletionContext, tokens: readonly PlacedToken[]): Choices | undefined {
  const [word = '', behind = ''] = /^(\S+)\s*(.*)$/s.exec(before)?.slice(1) ?? []
  if (!PROTOCOLS.has(word)) return undefined
  const isSsh = word === 'ssh'
  // Behind a mistake there is one token of all the rest, and perhaps a description in it.
  if (tokens.at(-1)?.type === 'error' && /\s:/.test(tokens.at(-1)?.text ?? '')) return undefined
  const letter = /(?:^|[^A-Za-z0-9])([cs])[:@][A-Za-z0-9_]*$/.exec(before)?.[1] ?? ''
  if (letter !== '') {
    const messages = isSsh
      ? choicesBehind(before, /:([A-Za-z0-9_]*)$/, () => messageChoices(letter))
      : undefined
    return messages ?? choicesBehind(before, /@([0-9]*)$/, () => packetChoices(before, tokens))
  }
  if (isSsh && /<[a-z]*$/.test(before)) return choicesBehind(before, /<([a-z]*)$/, () => PHASE_CHOICES)
  if (/^\S*$/.test(behind)) return choicesBehind(before, /\s(\S*)$/, () => PORTS)
  return choicesBehind(before, /[\s(|<=>+]([a-z]*)$/, () => [
    ...(isSsh ? SIDES_OF_SSH : SIDES),
    ...wordChoices('any', 'where'),
  ])
}

const PORTS: readonly Choice[] = [{ kind: 'value', text: '*', detail: 'any port' }]

const SIDES: readonly Choice[] = [
  { kind: 'packet', text: 'c*', detail: 'the client sends a packet of any size' },
  { kind: 'packet', text: 's*', detail: 'the server sends a packet of any size' },
]

const SIDES_OF_SSH: readonly Choice[] = [
  { kind: 'packet', text: 'c:', detail: 'the client sends a message' },
  { kind: 'packet', text: 's:', detail: 'the server sends a message' },
]

const PHASE_CHOICES: readonly Choice[] = SSH_PHASES.map((text) => ({
  kind: 'phase',
  text,
  detail: `the first message of the match is ${PHASES[text]}`,
}))

/** Those before the reference that is being written. */
function packetChoices(before: string, tokens: readonly PlacedToken[]): readonly Choice[] {
  const isTaken = /@[0-9]+$/.test(before)
  const packets = tokens.filter(({ ordinal }) => ordinal > 0)
  return packets.slice(0, isTaken ? -1 : undefined).map(({ ordinal, text }) => ({
    kind: 'packet',
    text: String(ordinal),
    detail: `the size of \`${text}\``,
  }))
}

function wordChoices(...words: readonly string[]): readonly Choice[] {
  return words.map((text) => ({ kind: 'keyword', text, detail: WORDS.get(text) ?? '' }))
}
