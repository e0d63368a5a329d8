// Why a word is no packet, and what its author may have meant.

import { MESSAGES } from '../model/messages.ts'
import { SSH_PHASES } from '../model/program.ts'
import { nearestWord } from './nearest-word.ts'
import { messageGuess } from './read-size.ts'
import { found, guessOf, problem, type SyntaxProblem, type Word } from './syntax-problem.ts'
import { quote } from './visible.ts'

const A_PACKET = '`c` or `s` and a size'

export function explainPacket(text: string, word: Word): SyntaxProblem {
  const isSsh = /^ssh\s/.test(text)
  const advice = packetAdvice(word.text)
  return (
    messageProblem(text, word, isSsh) ??
    phaseProblem(text, word, isSsh) ??
    problem(
      'S005',
      `expected ${A_PACKET}, found ${found(word)}${advice === undefined ? '' : `: ${advice}`}`,
      word,
    )
  )
}

/** `c:password`, `c:ssh(`, and `PASSWORD` without a direction. */
function messageProblem(text: string, word: Word, isSsh: boolean): SyntaxProblem | undefined {
  const from = /(?<![A-Za-z0-9])[cs]:$/.test(text.slice(0, word.start)) ? word.start - 2 : word.start
  const [all = '', name = ''] = /^[cs]:([A-Za-z][A-Za-z0-9_-]*)/.exec(text.slice(from)) ?? []
  const place = { start: from, end: from + all.length }
  if (name === 'ssh') {
    const side = text[from]
    const message = `a length in a cipher of SSH is written \`${side}:ssh(10)\` or \`${side}:ssh(10..20)\``
    return problem('S005', message, place)
  }
  const lump = /^ssh([0-9]+)$/.exec(name)
  if (lump !== null)
    return problem('S005', `a length in a cipher of SSH is written \`${text[from]}:ssh(${lump[1]})\``, place)
  if (isMessage(name)) {
    const behind = text[place.end] ?? ''
    const message = `behind \`${all}\` comes white space, a repeat such as \`{0,3}\` or a mark, found ${quote(behind)}`
    return problem('S005', message, { start: place.end, end: place.end + behind.length })
  }
  if (name !== '' && isSsh) {
    const message = `messages have upper-case names, found ${quote(name)}${messageGuess(name)}`
    return problem('S018', message, place)
  }
  if (isSsh && isMessage(word.text)) {
    const message = `a message needs its sender: write \`c:${word.text}\` or \`s:${word.text}\``
    return problem('S005', message, word)
  }
  return undefined
}

function isMessage(text: string): boolean {
  return text !== '' && MESSAGES.some((name) => name === text)
}

/** A word directly behind `<`, or a phase that stands apart from it. */
function phaseProblem(text: string, word: Word, isSsh: boolean): SyntaxProblem | undefined {
  const isStart = text.slice(0, word.start).trimEnd().endsWith('<')
  if (!isSsh || !isStart || !/^[A-Za-z]/.test(word.text)) return undefined
  const isPhase = SSH_PHASES.some((phase) => phase === word.text)
  const message = isPhase
    ? `a phase stands directly behind \`<\`: write \`<${word.text}\``
    : `a phase is \`${SSH_PHASES.join('`, `')}\`, found ${found(word)}${guessOf(nearestWord(word.text, SSH_PHASES))}`
  return problem('S040', message, word)
}

/** What to write in place of a word that is nearly a packet. */
function packetAdvice(word: string): string | undefined {
  const range = /^([cs])([0-9]{1,9})-([0-9]{1,9})$/.exec(word)
  if (range !== null) return rangeAdvice(range[1] ?? '', Number(range[2]), Number(range[3]))
  if (/^[CS][0-9*@]/.test(word)) return `write ${quote(word.toLowerCase())}`
  if (/^[0-9]+$/.test(word))
    return `write \`c${word}\` if the client sends it, \`s${word}\` if the server does`
  if (word === '*') return 'write `c*` or `s*`; behind a group, `{0,}` for any number of times'
  if (/^any[*+]$/.test(word)) return `write \`any{${word.endsWith('+') ? 1 : 0},}\``
  if (/^@[0-9]+$/.test(word)) return `write \`c${word}\` or \`s${word}\``
  if (/^[cs]$/.test(word)) return `write \`${word}12\`, \`${word}12/3\`, \`${word}*\` or \`${word}@1\``
  if (/^[cs]@/.test(word)) return 'after `@` comes the number of an earlier packet'
  if (/^[cs][0-9]+\//.test(word)) return 'after `/` comes how far the size may be off, in bytes'
  const nearest = nearestWord(word, ['any', 'where'])
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`
}

/** `c10-20` is `c15/5`; of two middles the lower, so that no size is lost. */
function rangeAdvice(direction: string, low: number, high: number): string {
  if (low > high) return 'a range is written middle/distance, such as `c15/5`, or `c10..20`'
  const middle = Math.floor((low + high) / 2)
  return `a range is written middle/distance: \`${direction}${middle}/${high - middle}\`, or \`${direction}${low}..${high}\``
}
