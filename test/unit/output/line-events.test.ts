import { expect, it } from 'vitest'
import { createLineEvents } from '../../../src/output/line-events.ts'
import { linesOf } from './reports.ts'

it('writes the line of each event, whatever it is of', () => {
  const nothing = {
    class: undefined,
    severity: undefined,
    sid: undefined,
    client: undefined,
    server: undefined,
  }
  const lines = linesOf((sink) => {
    const events = createLineEvents(sink)
    events.event({ type: 'alert', line: '{"a":1}', time: 1, ...nothing })
    events.event({ type: 'stats', line: '{"b":2}', time: 2, ...nothing })
  })
  expect(lines).toEqual(['{"a":1}', '{"b":2}'])
})
