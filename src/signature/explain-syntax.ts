// Says in the author's words why a line is no statement. The parser tells where it stopped and what it would
// have taken; what the author probably meant is read from the text.

import { explainCampaign } from './explain-campaign.ts'
import { explainCondition } from './explain-condition.ts'
import { explainPattern } from './explain-pattern.ts'
import { nearestWord } from './nearest-word.ts'
import {
  commentProblem,
  found,
  guessOf,
  problem,
  type SyntaxFailure,
  type SyntaxProblem,
  type Word,
  wordAt,
} from './syntax-problem.ts'

const PROTOCOLS = ['tcp', 'udp', 'icmp', 'ssh', 'count'] as const

export function explainSyntax(failure: SyntaxFailure): SyntaxProblem {
  const { text, at, expected, part } = failure
  const word = wordAt(text, at)
  if (
    expected.has('protocol') ||
    (expected.has('number') && word.start === 0 && /\p{L}/u.test(text[at] ?? ''))
  )
    return protocolProblem(word)
  if (part === 'condition') return commentProblem(text, at) ?? explainCondition(failure, word)
  if (part === 'campaign') return commentProblem(text, at) ?? explainCampaign(failure, word)
  if (expected.has('number') || isPort(text, word.start)) return portProblem(word)
  return explainPattern(failure, word)
}

function protocolProblem(word: Word): SyntaxProblem {
  const begun = PROTOCOLS.find((name) => word.text.toLowerCase().startsWith(name))
  const guess = guessOf(begun ?? nearestWord(word.text, PROTOCOLS))
  const message = `expected \`tcp\`, \`udp\`, \`icmp\`, \`ssh\` or \`count\`, found ${found(word)}${guess}`
  return problem('S001', message, word)
}

function portProblem(word: Word): SyntaxProblem {
  const range = /^([0-9]{1,5})\.\.([0-9]{1,5})$/.exec(word.text)
  const advice = range === null ? '' : `: a range of ports is written \`${range[1]}-${range[2]}\``
  const message = `expected ports such as \`22\` or \`22,2200-2299\`, or \`*\`, found ${found(word)}${advice}`
  return problem('S002', message, word)
}

/** True when the word at `start` is a statement's second: its ports. */
function isPort(text: string, start: number): boolean {
  return /^[a-z]+\s+$/.test(text.slice(0, start))
}
