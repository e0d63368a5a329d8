// One token of a statement, in words.

import type { Span } from '../../model/diagnostic.ts'
import { CAMPAIGN_FIGURES, FIGURES, SSH_FIGURES } from '../../model/figures.ts'
import type { SshPhase } from '../../model/program.ts'
import {
  formatQuantity,
  isNumberUnit,
  isTimeUnit,
  type Quantity,
  quantityValue,
  splitQuantity,
} from '../../signature/quantity.ts'
import { explainStatement } from './explain-class.ts'
import { explainElement } from './explain-element.ts'
import { type FileLine, statementOn } from './file-lines.ts'
import { COUNTED_BY, MARKS, PHASES, PROTOCOLS, WORDS } from './meanings.ts'
import { type PlacedToken, protocolOf, statementTokens, tokenAt } from './statement-tokens.ts'

interface Explained {
  readonly span: Span
  /** Lines of Markdown. */
  readonly lines: readonly string[]
}

/** undefined where there is nothing to tell. */
export function explainStatementToken(line: FileLine, offset: number): Explained | undefined {
  const tokens = statementTokens(line)
  const index = tokenAt(tokens, offset)
  const token = tokens[index]
  if (token === undefined) return undefined
  const { type, span } = token
  if (type === 'span' || (token.text === '+' && tokens[index + 1]?.type === 'span'))
    return explainPause(tokens, type === 'span' ? index : index + 1)
  const lines = explainToken(line, tokens, index, token)
  return lines === undefined ? undefined : { span, lines }
}

function explainToken(
  line: FileLine,
  tokens: readonly PlacedToken[],
  index: number,
  token: PlacedToken,
): readonly string[] | undefined {
  const { type, text, part } = token
  const protocol = protocolOf(tokens)
  switch (type) {
    case 'packet': {
      const ast = statementOn(line)?.ast
      const isFuzzy = ast?.kind === 'classic' && !ast.isExact
      return explainElement(token, { line, tokens, isSsh: protocol === 'ssh', isFuzzy })
    }
    case 'protocol':
    case 'count':
      return told(text, PROTOCOLS.get(text))
    case 'phase':
      return told(text, `the first message of the match is ${PHASES[text.slice(1) as SshPhase]}`)
    case 'repeat':
      return told(text, repeatMeaning(text))
    case 'number':
      return told(text, 'port of the server')
    case 'mark':
      return part === 'pattern' ? told(text, MARKS.get(text)) : undefined
    case 'where':
    case 'connective':
      return told(text, WORDS.get(text))
    case 'figure':
      return told(text, figureMeaning(text, protocol === 'count'))
    case 'quantity':
      return told(text, quantityMeaning(text))
    case 'word':
      return tokens[index - 1]?.text === 'by' ? told(text, COUNTED_BY.get(text)) : undefined
    case 'description': {
      const statement = statementOn(line)
      return statement && explainStatement(statement)
    }
    default:
      return undefined
  }
}

function told(text: string, meaning: string | undefined): readonly string[] | undefined {
  return meaning === undefined ? undefined : [`**\`${text}\`**: ${meaning}.`]
}

/** Of a flow's figures, or of a campaign's. */
export function figureMeaning(name: string, isCampaign = false): string | undefined {
  const figures: Readonly<Record<string, string>> = isCampaign
    ? CAMPAIGN_FIGURES
    : { ...FIGURES, ...SSH_FIGURES }
  return Object.hasOwn(figures, name) ? figures[name] : undefined
}

function repeatMeaning(text: string): string {
  if (text === '?') return 'once or not at all'
  const [, low = '', comma = '', high = ''] = /^\{\s*([0-9]*)\s*(,?)\s*([0-9]*)\s*\}$/.exec(text) ?? []
  if (comma === '') return `just ${low} times`
  if (high === '') return `at least ${low} times`
  return low === '' ? `up to ${high} times, or not at all` : `${low} to ${high} times`
}

/** With its unit only: a bare number says all of itself. */
function quantityMeaning(text: string): string | undefined {
  const quantity = readQuantity(text)
  if (quantity === undefined) return undefined
  return isTimeUnit(quantity.unit)
    ? timeText(quantity)
    : quantityValue(quantity).toLocaleString('en', { maximumFractionDigits: 12 })
}

function explainPause(tokens: readonly PlacedToken[], index: number): Explained | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  const start = tokens[index - 1]?.span.start ?? token.span.start
  const lessRtt = token.text.endsWith('-rtt')
  const [low = '', high = ''] = token.text.replace(/-rtt$/, '').split('..')
  const times = [low, high].map((time) => {
    const quantity = readQuantity(time)
    return quantity === undefined ? time : timeText(quantity)
  })
  const [least = '', most = ''] = times
  const range = least === '' ? `at most ${most}` : most === '' ? `at least ${least}` : `${least} to ${most}`
  const trip = lessRtt ? ", besides the side's round trip: so long somebody took to answer" : ''
  return {
    span: { start, end: token.span.end },
    lines: [`**\`+${token.text}\`**: ${range} since the element before it${trip}.`],
  }
}

function readQuantity(text: string): Quantity | undefined {
  const { digits, unit } = splitQuantity(text)
  return digits !== '' && (isTimeUnit(unit) || isNumberUnit(unit)) ? { digits, unit } : undefined
}

const UNIT_NAMES: Readonly<Record<string, string>> = {
  us: 'microsecond',
  ms: 'millisecond',
  s: 'second',
  m: 'minute',
  h: 'hour',
}

function timeText(quantity: Quantity): string {
  const unit = UNIT_NAMES[quantity.unit ?? '']
  if (unit === undefined) return formatQuantity(quantity)
  return `${quantity.digits} ${unit}${quantity.digits === '1' ? '' : 's'}`
}
