// SshConversation.pass() against take(): segments that it passes over tell what they would have told.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SshConversation } from '../../src/exchange/ssh/ssh-conversation.ts'
import type { SshMessage } from '../../src/model/ssh.ts'
import { kexInit, message, newKeys, packet, versionLine } from '../support/ssh-bytes.ts'

const CONTENTS = [
  versionLine('x'),
  packet(kexInit({ kex: 'a' })),
  packet(kexInit({ kex: 'a,ext-info-c' })),
  message(30),
  newKeys,
  Buffer.alloc(40, 7),
]
const segment = fc.record({
  direction: fc.constantFrom(0 as const, 1 as const),
  content: fc.constantFrom(...CONTENTS),
  captured: fc.constantFrom(0, 3, 8, 20, 10_000, 10_000),
  missingBefore: fc.boolean(),
  time: fc.integer({ min: 0, max: 3 }),
})

interface Segment {
  readonly direction: 0 | 1
  readonly content: Buffer
  readonly captured: number
  readonly missingBefore: boolean
  readonly time: number
}

function run(segments: readonly Segment[], mayPass: boolean) {
  const conversation = new SshConversation()
  const messages: SshMessage[] = []
  let handshakes = 0
  let passed = 0
  let time = 1
  for (const [i, { direction, content, captured, missingBefore, time: step }] of segments.entries()) {
    if (missingBefore) conversation.tear(direction)
    time += step
    const bytes = content.subarray(0, captured)
    if (mayPass && conversation.pass(direction, bytes, 0, bytes.length, content.length, time)) passed++
    else if (conversation.take(direction, bytes, content.length, time, i + 1, messages) !== undefined)
      handshakes++
  }
  conversation.flush(messages)
  const { isOver, unsure, opening, weight } = conversation
  return { told: { messages, handshakes, isOver, unsure, opening, weight }, passed }
}

it('segments that are passed over tell what they would have told', () => {
  let passed = 0
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 14 }), (segments) => {
      const quick = run(segments, true)
      passed += quick.passed
      expect(quick.told).toEqual(run(segments, false).told)
    }),
    { numRuns: 2000 },
  )
  expect(passed).toBeGreaterThan(1000)
})
