// Reads a statement that counts hits over flows.

import type { CampaignSignature } from '../model/program.ts'
import { CLASS_NAME, isClassName } from './class-name.ts'
import { nearestWord } from './nearest-word.ts'
import { quantityValue } from './quantity.ts'
import { readCondition } from './read-condition.ts'
import { readTime } from './read-pause.ts'
import type { Reading } from './reading.ts'
import type { CampaignStatement } from './statement.ts'
import type { StatementToken } from './statement-lexer.ts'
import type { CampaignTree } from './syntax-tree.ts'
import { quote } from './visible.ts'

const KEYS = ['client', 'server', 'pair'] as const satisfies readonly CampaignSignature['by'][]

/** undefined only when a problem was reported. */
export function readCampaign(
  tree: CampaignTree,
  reading: Reading,
): Omit<CampaignStatement, 'description'> | undefined {
  const of = readClass(tree.of, reading)
  const then = tree.then === null ? undefined : readClass(tree.then, reading)
  const by = readKey(tree.by, reading)
  const within = readTime(tree.within.text, tree.within, reading)
  const where = readCondition(tree.where, 'campaign', reading)
  if (within !== undefined && quantityValue(within) === 0)
    reading.report('S050', 'a campaign counts within more than no time', reading.spanOf(tree.within))
  if (by === undefined || within === undefined || where === undefined) return undefined
  return { kind: 'campaign', of, then, by, within, where }
}

function readClass(token: StatementToken, reading: Reading): string {
  if (!isClassName(token.text))
    reading.report('S050', `a class is ${CLASS_NAME}; found ${quote(token.text)}`, reading.spanOf(token))
  return token.text
}

function readKey(token: StatementToken, reading: Reading): CampaignSignature['by'] | undefined {
  const key = KEYS.find((name) => name === token.text)
  if (key !== undefined) return key
  const nearest = nearestWord(token.text, KEYS)
  const guess = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  const message = `hits are counted by \`client\`, \`server\` or \`pair\`, found ${quote(token.text)}${guess}`
  reading.report('S050', message, reading.spanOf(token))
  return undefined
}
