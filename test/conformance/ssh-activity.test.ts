// How right the shipped signatures are about what flows are used for, SSH and others.

import { beforeAll, describe, expect, test } from 'vitest'
import { ACTIVITY } from '../support/corpus.ts'
import { cannotScore, type Score, type Scores, scoresOf } from '../support/score.ts'

const absent = cannotScore('how right activities are told')

const CLASSES = [
  'ssh.shell',
  'ssh.exec',
  'ssh.upload',
  'ssh.download',
  'ssh.x11',
  'ssh.forward',
  'ssh.reverse',
  'ssh.nested',
  'tunnel.ssh',
  'tunnel.shell',
  'manual.char',
  'manual.line',
]

describe.skipIf(absent)('activities of the corpus', () => {
  let scores: Scores
  const task = (name: string): Score => scores.tasks[name] ?? {}

  beforeAll(() => {
    scores = scoresOf(ACTIVITY)
  }, 120_000)

  test('are seen, with client and server as they are', () => {
    expect(scores.labelled_flows).toBeGreaterThan(450)
    expect(scores.with_flow_event).toBeGreaterThan(0.99 * scores.labelled_flows)
    expect(scores.turned_round).toBe(0)
  })

  test.each(CLASSES)('are told: %s', (name) => {
    expect(task(name).positives).toBeGreaterThan(2)
    expect(task(name).negatives).toBeGreaterThan(200)
    expect(task(name).f1).toBeGreaterThanOrEqual(0.92)
  })

  test('are those of people where that is told', () => {
    expect(task('actor.human (activity)').positives).toBeGreaterThan(100)
    expect(task('actor.human (activity)').f1).toBeGreaterThanOrEqual(0.97)
  })

  test('of other protocols are never taken for those of SSH', () => {
    expect(task('ssh.* on flows that are not SSH').flows).toBeGreaterThan(200)
    expect(task('ssh.* on flows that are not SSH').accuracy).toBe(1)
  })

  test('in damaged captures are never taken for others', () => {
    expect(task('damaged captures: no false class').flows).toBeGreaterThan(20)
    expect(task('damaged captures: no false class').accuracy).toBe(1)
  })
})
