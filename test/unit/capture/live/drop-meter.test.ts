import { expect, it } from 'vitest'
import { DropMeter } from '../../../../src/capture/live/drop-meter.ts'

it('knows nothing before it was told', () => {
  expect(new DropMeter().totals).toEqual({ received: undefined, dropped: undefined })
})

it('adds up the runs', () => {
  const meter = new DropMeter()
  meter.read({ received: 10, dropped: undefined })
  meter.read({ received: 30, dropped: 1 })
  meter.restart()
  meter.read({ received: 5, dropped: 2 })
  expect(meter.totals).toEqual({ received: 35, dropped: 3 })
})

it('follows counts over the end of 32 bits', () => {
  const meter = new DropMeter()
  meter.read({ received: 2 ** 32 - 10, dropped: 0 })
  meter.read({ received: 20, dropped: 0 })
  expect(meter.totals).toEqual({ received: 2 ** 32 + 20, dropped: 0 })
})
