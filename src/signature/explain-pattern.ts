// Why the packets or messages of a statement are malformed.

import { explainGroup } from './explain-group.ts'
import { explainPacket } from './explain-packet.ts'
import {
  commentProblem,
  found,
  isProse,
  problem,
  type SyntaxFailure,
  type SyntaxProblem,
  type Word,
} from './syntax-problem.ts'
import { quote } from './visible.ts'

const CUT_MARK = /^(?:…|\.\.+)/
const GAP = /^[cs]?!/
/** What ends a list of packets, or stands behind one. */
const NO_PACKET = /^(?:$|[+<=>:)|?{]|where(?![A-Za-z0-9_]))/

const REPEAT = /^\{\s*(?:[0-9]+\s*(?:,\s*[0-9]*\s*)?|,\s*[0-9]+\s*)\}$/

const RIGHT_PLACE = {
  '=': '`=` stands once, between the port and the first packet (or `<`)',
  '<': '`<` stands once, before the first packet (and its `+`)',
  '>': '`>` stands once, after the last packet',
} as const

export function explainPattern(failure: SyntaxFailure, word: Word): SyntaxProblem {
  const { text, at, expected } = failure
  const rest = text.slice(at)
  const before = text.slice(0, at).trimEnd()
  return (
    cutProblem(text, at) ??
    commentProblem(text, at) ??
    pauseProblem(rest, before, word, expected) ??
    explainGroup(failure, word) ??
    endProblem(rest, word, expected) ??
    repeatProblem(failure) ??
    markProblem(word, before, expected) ??
    wordProblem(failure, word)
  )
}

function cutProblem(text: string, at: number): SyntaxProblem | undefined {
  const cut = CUT_MARK.exec(text.slice(at))
  if (cut === null) return undefined
  const place = { start: at, end: at + cut[0].length }
  if (cut[0] === '..' && /[0-9]/.test(text[at - 1] ?? ''))
    return problem('S005', 'a range of sizes has two ends, such as `c10..90`', place)
  return problem('S012', `${quote(cut[0])} only marks where a printed sequence was cut: leave it out`, place)
}

/** Behind a pause only a packet or a group fits. */
function pauseProblem(
  rest: string,
  before: string,
  word: Word,
  expected: ReadonlySet<string>,
): SyntaxProblem | undefined {
  if (!expected.has('packet') || expected.has('+')) return undefined
  const pause = { start: before.lastIndexOf('+'), end: before.length }
  if (rest.startsWith('-')) return problem('S049', 'behind the times of a pause only `-rtt` can stand', word)
  if (NO_PACKET.test(rest))
    return problem('S006', `expected a packet after \`+\`, found ${found(word)}`, pause)
  if (/^(?:[0-9.]+[A-Za-z]|[0-9.]*\.\.)/.test(rest)) {
    const message = `a time before a packet is a range, such as \`+2s..\`, \`+..200ms\` or \`+2s..30s\`; found ${found(word)}`
    return problem('S049', message, word)
  }
  return undefined
}

function endProblem(rest: string, word: Word, expected: ReadonlySet<string>): SyntaxProblem | undefined {
  if (!expected.has('description') && (/^(?:$|[:>])/.test(rest) || word.text === 'where'))
    return problem('S007', `expected at least one packet, such as \`c12\`, found ${found(word)}`, word)
  if (rest === '') return problem('S008', 'expected `:` and a description, found the end of the line', word)
  return undefined
}

function repeatProblem({ text, at, expected }: SyntaxFailure): SyntaxProblem | undefined {
  const [repeat] = /^(?:\?|\{[^{}:]*\}?)/.exec(text.slice(at)) ?? []
  if (repeat === undefined) return undefined
  const place = { start: at, end: at + repeat.trimEnd().length }
  const isSound = repeat === '?' || REPEAT.test(repeat)
  const message =
    isSound || !expected.has('repeat')
      ? 'a repeat stands once, directly behind the packet or group that it repeats'
      : `a repeat is written \`{3}\`, \`{2,5}\`, \`{2,}\` or \`{,5}\`, found ${quote(repeat.trimEnd())}`
  return problem('S043', message, place)
}

function markProblem(word: Word, before: string, expected: ReadonlySet<string>): SyntaxProblem | undefined {
  const mark = word.text
  if (mark === '=' || mark === '<' || mark === '>') return problem('S010', RIGHT_PLACE[mark], word)
  if (expected.has('packet')) return undefined
  if (mark === '+' || mark === '(' || mark === 'any' || /^[cs](?:[0-9*@]|$)/.test(mark)) {
    const message = `${RIGHT_PLACE['>']}; found ${found(word)} behind it`
    return problem('S010', message, { start: before.length - 1, end: before.length })
  }
  return problem('S008', `expected \`:\` after \`>\`, found ${found(word)}`, word)
}

function wordProblem({ text, expected }: SyntaxFailure, word: Word): SyntaxProblem {
  if (GAP.test(word.text)) {
    const message = `a gap cannot be part of a signature: cut the statement at ${found(word)}`
    return problem('S011', message, word)
  }
  if (expected.has('description') && isProse(word) && !text.includes(':', word.end))
    return problem('S008', `expected \`:\` before the description, found ${found(word)}`, word)
  return explainPacket(text, word)
}
