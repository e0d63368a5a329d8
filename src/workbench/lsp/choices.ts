// What completion offers, and the lists that more than one part of a file offers.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import { CAMPAIGN_FIGURES, FIGURES, SSH_FIGURES } from '../../model/figures.ts'
import { MESSAGES, SENDERS } from '../../model/messages.ts'
import { classNames, placesOf } from './class-places.ts'
import type { FileLine } from './file-lines.ts'
import { MESSAGE_MEANINGS } from './meanings.ts'

export type ChoiceKind =
  | 'class'
  | 'figure'
  | 'keyword'
  | 'message'
  | 'packet'
  | 'phase'
  | 'property'
  | 'value'

export interface Choice {
  readonly kind: ChoiceKind
  readonly text: string
  /** What it means, a phrase. */
  readonly detail: string
}

/** What fits behind the cursor. */
export interface Choices {
  /** What is written of it already. */
  readonly typed: string
  /** In the order in which they are to be shown, also those that begin otherwise than what is typed. */
  readonly choices: readonly Choice[]
}

export interface CompletionContext {
  /** Loaded together, the edited one among them. */
  readonly files: readonly SourceText[]
  readonly line: FileLine
  /** Of the line, without white space at its beginning. */
  readonly before: string
  /** Of `before`. */
  readonly span: Span
}

/** @returns undefined when the pattern does not match, so that another can be tried */
export function choicesBehind(
  before: string,
  pattern: RegExp,
  choices: () => readonly Choice[],
): Choices | undefined {
  const match = pattern.exec(before)
  return match === null ? undefined : { typed: match[1] ?? '', choices: choices() }
}

/** Those that a side sends, without its letter. */
export function messageChoices(letter: string): readonly Choice[] {
  const side = letter === 'c' ? 'client' : 'server'
  const names = MESSAGES.flatMap((name) => {
    if (name === '' || (SENDERS.get(name) ?? side) !== side) return []
    return [{ kind: 'message' as const, text: name, detail: MESSAGE_MEANINGS[name] }]
  })
  const length = 'a message by the length of its payload: `ssh(10)`, `ssh(10..20)`'
  return [...names, { kind: 'message', text: 'ssh(', detail: length }]
}

export function figureChoices(scope: 'packets' | 'messages' | 'campaign'): readonly Choice[] {
  const figures: Readonly<Record<string, string>> =
    scope === 'campaign' ? CAMPAIGN_FIGURES : scope === 'messages' ? { ...FIGURES, ...SSH_FIGURES } : FIGURES
  return Object.entries(figures).map(([text, detail]) => ({ kind: 'figure', text, detail }))
}

/** Every class that is named somewhere, but where it is just being typed. */
export function classChoices({ files, line, span }: CompletionContext): readonly Choice[] {
  return classNames(files).flatMap((text) => {
    const places = placesOf(files, text).filter(
      (place) => place.source !== line.source || place.span.end < span.end || place.span.start > span.end,
    )
    if (places.length === 0) return []
    const having = places.filter(({ role }) => role === 'has').length
    const detail = having === 1 ? '1 statement has it' : `${having} statements have it`
    return [{ kind: 'class' as const, text, detail }]
  })
}

export function keywordChoices(words: ReadonlyMap<string, string>): readonly Choice[] {
  return [...words].map(([text, detail]) => ({ kind: 'keyword', text, detail }))
}
