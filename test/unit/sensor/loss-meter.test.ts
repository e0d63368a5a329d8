import { describe, expect, it } from 'vitest'
import { LossMeter } from '../../../src/sensor/loss-meter.ts'

describe('losses', () => {
  it('are of the time since the last measurement', () => {
    const meter = new LossMeter()
    expect(meter.measure({ received: 90, dropped: 10, seen: 1000, missing: 0 })).toEqual({
      kernel: 10,
      streams: 0,
    })
    expect(meter.measure({ received: 190, dropped: 10, seen: 1750, missing: 250 })).toEqual({
      kernel: 0,
      streams: 25,
    })
  })

  it('are unknown where nothing came or nothing counts', () => {
    const meter = new LossMeter()
    const nothing = { kernel: undefined, streams: undefined }
    expect(meter.measure({ received: undefined, dropped: undefined, seen: 0, missing: 0 })).toEqual(nothing)
    meter.measure({ received: 5, dropped: 0, seen: 5, missing: 0 })
    expect(meter.measure({ received: 5, dropped: 0, seen: 5, missing: 0 })).toEqual(nothing)
  })
})
