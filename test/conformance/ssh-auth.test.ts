// How right the shipped signatures are about logins: against what was done and what the servers logged.

import { beforeAll, describe, expect, test } from 'vitest'
import { SSH_AUTH } from '../support/corpus.ts'
import { cannotScore, type Score, type Scores, scoresOf } from '../support/score.ts'

const absent = cannotScore('how right logins are told')

describe.skipIf(absent)('logins of the corpus', () => {
  let scores: Scores
  const task = (name: string): Score => scores.tasks[name] ?? {}

  beforeAll(() => {
    scores = scoresOf(SSH_AUTH)
  }, 120_000)

  test('are all seen, with client and server as they are', () => {
    expect(scores.labelled_flows).toBeGreaterThan(700)
    expect(scores.with_flow_event).toBe(scores.labelled_flows)
    expect(scores.turned_round).toBe(0)
  })

  test('have the outcome that is told', () => {
    expect(task('auth.outcome').flows).toBe(scores.labelled_flows)
    expect(task('auth.outcome').accuracy).toBeGreaterThanOrEqual(0.99)
  })

  test('have as many refused credentials as are told', () => {
    expect(task('auth.failed_attempts_exact').flows).toBeGreaterThan(500)
    expect(task('auth.failed_attempts_exact').accuracy).toBeGreaterThanOrEqual(0.98)
  })

  test('are guessed where that is told, and hardly anywhere else', () => {
    expect(task('guessing').positives).toBeGreaterThan(200)
    expect(task('guessing').negatives).toBeGreaterThan(300)
    expect(task('guessing').precision).toBeGreaterThanOrEqual(0.985)
    expect(task('guessing').recall).toBeGreaterThanOrEqual(0.98)
  })

  test('are those of people where that is told', () => {
    expect(task('actor.human').positives).toBeGreaterThan(200)
    expect(task('actor.human').f1).toBeGreaterThanOrEqual(0.97)
  })

  test.each(['hostkey.refused', 'hostkey.accepted'])(
    'have their answer to the host-key question told: %s',
    (name) => {
      expect(task(name).positives).toBeGreaterThan(30)
      expect(task(name).f1).toBeGreaterThanOrEqual(0.97)
    },
  )
})
