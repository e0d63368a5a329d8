// How right the shipped signatures are over a folder of the corpus: ../shared/score/score.py reads what the built
// command line writes.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { missesCorpus } from './corpus.ts'
import { runGait } from './gait.ts'
import { hasTool } from './tools.ts'

const SCORE = join(import.meta.dirname, '../../../shared/score/score.py')

/** A task's figures as shares of 1; null where nothing was there to be counted. */
export interface Score {
  /** Of tasks that have one right answer. */
  readonly flows?: number
  readonly accuracy?: number | null
  /** Of tasks that find something. */
  readonly positives?: number
  readonly negatives?: number
  readonly precision?: number
  readonly recall?: number | null
  readonly f1?: number | null
  readonly false_alarms?: number
}

export interface Scores {
  readonly labelled_flows: number
  readonly with_flow_event: number
  readonly turned_round: number
  readonly tasks: Readonly<Record<string, Score>>
}

/** Says aloud what is not scored for want of the corpus or of Python. @returns true when either is absent */
export function cannotScore(what: string): boolean {
  if (missesCorpus(what)) return true
  if (existsSync(SCORE)) return !hasTool('python3')
  console.warn(`skipped: ${what}: there is no ${SCORE}`)
  return true
}

export function scoresOf(folder: string): Scores {
  const replayed = runGait(['replay', '--format', 'eve', '--flows', folder])
  if (replayed.code !== 0) throw new Error(`gait replay ended with ${replayed.code}: ${replayed.stderr}`)
  const labels = join(folder, 'labels.jsonl')
  const { status, stdout, stderr } = spawnSync(
    'python3',
    [SCORE, '--labels', labels, '--events', '-', '--json'],
    { input: replayed.stdout, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  if (status !== 0) throw new Error(`score.py ended with ${status}: ${stderr}`)
  const { labelled_flows, with_flow_event, turned_round, unlabelled_events: _, ...tasks } = JSON.parse(stdout)
  return { labelled_flows, with_flow_event, turned_round, tasks }
}
