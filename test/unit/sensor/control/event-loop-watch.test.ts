import { afterEach, describe, expect, it } from 'vitest'
import { EventLoopWatch } from '../../../../src/sensor/control/event-loop-watch.ts'
import { sleep } from '../../../support/scratch.ts'

let watch: EventLoopWatch | undefined
afterEach(() => watch?.close())

/** Holds the event loop up. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

describe('EventLoopWatch', () => {
  it('tells each reader the longest stall since it last asked', async () => {
    watch = new EventLoopWatch()
    const [first, second] = [watch.reader(), watch.reader()]
    await sleep(30)
    stall(300)
    await sleep(30)
    expect(first.longestMs()).toBeGreaterThanOrEqual(285)
    expect(first.longestMs()).toBeLessThan(285)
    stall(200)
    await sleep(30)
    expect(first.longestMs()).toBeGreaterThanOrEqual(185)
    expect(second.longestMs()).toBeGreaterThanOrEqual(285)
  })

  it('counts a stall that is going on, and does not count it again', () => {
    watch = new EventLoopWatch()
    const reader = watch.reader()
    stall(300)
    expect(reader.longestMs()).toBeGreaterThanOrEqual(285)
    expect(reader.longestMs()).toBeLessThan(285)
  })
})
