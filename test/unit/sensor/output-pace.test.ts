import { describe, expect, it } from 'vitest'
import { OutputPace } from '../../../src/sensor/output-pace.ts'

const full = { name: 'a', isConnected: true, queuedBytes: 80, queueLimitBytes: 100, writtenBytes: 0 }

describe('the pace of outputs', () => {
  it('has events wait while an output delivers and has much to do', () => {
    const pace = new OutputPace()
    for (let ms = 0; ms < 5000; ms += 100)
      expect(pace.isCrowded([{ ...full, writtenBytes: ms }], ms)).toBe(true)
  })

  it('has none wait for one with little to do, or that is not there', () => {
    const pace = new OutputPace()
    expect(pace.isCrowded([{ ...full, queuedBytes: 50 }], 0)).toBe(false)
    expect(pace.isCrowded([{ ...full, isConnected: false }], 0)).toBe(false)
  })

  it('leaves one behind that takes nothing, and waits again when it does', () => {
    const pace = new OutputPace()
    expect(pace.isCrowded([full], 1000)).toBe(true)
    expect(pace.isCrowded([full], 1200)).toBe(true)
    expect(pace.isCrowded([full], 1250)).toBe(false)
    expect(pace.isCrowded([full], 9000)).toBe(false)
    expect(pace.isCrowded([{ ...full, writtenBytes: 7 }], 9001)).toBe(true)
  })

  it('waits for the others beside one that takes nothing', () => {
    const pace = new OutputPace()
    const busy = (ms: number) => ({ ...full, name: 'b', writtenBytes: ms })
    for (let ms = 0; ms < 1000; ms += 100) expect(pace.isCrowded([full, busy(ms)], ms)).toBe(true)
  })
})
