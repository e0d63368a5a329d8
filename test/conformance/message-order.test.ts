// What `gait check` takes for granted of SSH's messages holds in every connection of the corpus: the order in which
// they come, and the steps in which lengths do.

import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/signature/compile-program.ts'
import { isOutOfOrder } from '../../src/workbench/check/message-order.ts'
import { recogniserOf } from '../../src/workbench/prove/recogniser.ts'
import { ACTIVITY, capturesOf, missesCorpus } from '../support/corpus.ts'
import { eventsOf } from '../support/gait.ts'

const absent = missesCorpus('the order of SSH messages')

describe.skipIf(absent)('messages of the corpus', () => {
  it('come in the order, and with the lengths, that check knows', () => {
    const connections = eventsOf(capturesOf(ACTIVITY).slice(0, 40), '--quiet').flatMap(
      ({ gait }) => gait.messages?.split(' ').filter((word) => /^[cs](:[A-Z_]+|\d+)$/.test(word)) ?? [],
    )
    expect(connections.length).toBeGreaterThan(100)
    for (const word of connections) {
      const size = Number(/^[cs](\d+)$/.exec(word)?.[1] ?? 0)
      if (size > 0 && size < 512) expect(size % 4, word).toBe(0)
    }
  })

  it('are never called out of order', () => {
    for (const { gait } of eventsOf(capturesOf(ACTIVITY).slice(0, 40), '--quiet')) {
      const words = gait.messages?.split(' ').filter((word) => /^[cs](:[A-Z_]+|\d+)$/.test(word)) ?? []
      if (words.length === 0) continue
      const { program } = compileProgram([
        { name: 'x.sig', text: `ssh * ${words.slice(0, 250).join(' ')} : A\n` },
      ])
      const [sequence] = program.sequences
      expect(sequence && isOutOfOrder(recogniserOf(sequence)), gait.messages).toBe(false)
    }
  })
})
