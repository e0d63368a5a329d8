import { describe, expect, it } from 'vitest'
import { delivery, Heard, offer } from './receiving.ts'

describe('a delivery', () => {
  it('says once that its queue is full, and once that it is half empty again', () => {
    const heard = new Heard()
    const out = delivery(heard, { queueBytes: 100 })
    for (let i = 0; i < 15; i++) offer(out, 'x'.repeat(9))
    expect(out.droppedEvents).toBe(5)
    expect(heard.messages).toEqual([
      {
        level: 'warn',
        kind: 'output-full',
        message: 'output x: its queue of 100B is full: new events are dropped',
      },
    ])
    out.wrote(40)
    offer(out, 'x'.repeat(9))
    expect(heard.kinds).toEqual(['output-full'])
    out.wrote(20)
    expect(heard.messages[1]).toEqual({
      level: 'warn',
      kind: 'output-drained',
      message: 'output x: takes events again; the queue had no room for 5 events',
    })
    for (let i = 0; i < 9; i++) offer(out, 'x'.repeat(9))
    expect(heard.kinds).toEqual(['output-full', 'output-drained', 'output-full'])
    expect([out.writtenEvents, out.writtenBytes, out.droppedEvents]).toEqual([6, 60, 9])
  })

  it('counts a line when all of it is written', () => {
    const out = delivery(new Heard())
    offer(out, 'abc')
    offer(out, 'def')
    expect(out.wrote(6)).toEqual({ lines: 1, rest: 2 })
    expect([out.writtenEvents, out.writtenBytes]).toEqual([1, 4])
    expect(out.wrote(4)).toEqual({ lines: 1, rest: 0 })
    expect([out.writtenEvents, out.writtenBytes]).toEqual([2, 8])
  })

  it('says once that attempts fail, and once that they no longer do', () => {
    const heard = new Heard()
    const out = delivery(heard)
    out.worked()
    out.failed('no route')
    out.failed('no such host')
    offer(out, 'abc')
    out.worked()
    out.worked()
    out.failed('no route')
    expect(heard.messages.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'error output x: no route; events wait, and it is tried again',
      'info output x: works again; 1 event waited',
      'error output x: no route; events wait, and it is tried again',
    ])
    expect([out.failures, out.lastError]).toEqual([3, 'no route'])
  })

  it('drops what is longer than may be, and says so the first time', () => {
    const heard = new Heard()
    const out = delivery(heard, { longestBytes: 1024 })
    for (let i = 0; i < 3; i++) offer(out, 'x'.repeat(1024))
    offer(out, 'x'.repeat(1023))
    expect([out.oversizedEvents, out.droppedEvents, out.queue.lines]).toEqual([3, 0, 1])
    expect(heard.messages.map(({ message }) => message)).toEqual([
      'output x: events longer than 1KiB are dropped: one had 1025',
    ])
  })

  it('counts what is left at the end as dropped, and takes no more', () => {
    const heard = new Heard()
    const out = delivery(heard)
    offer(out, 'abc')
    offer(out, 'abc')
    out.abandon()
    offer(out, 'abc')
    out.failed('too late')
    expect([out.droppedEvents, out.queue.lines]).toEqual([3, 0])
    expect(heard.messages.map(({ message }) => message)).toEqual([
      'output x: 2 events could not be delivered',
    ])
  })

  it('counts what may not have arrived, if it is any', () => {
    const heard = new Heard()
    const out = delivery(heard)
    out.unconfirmed(0)
    expect(heard.messages).toEqual([])
    out.unconfirmed(3)
    out.unconfirmed(1)
    expect(out.unconfirmedEvents).toBe(4)
    expect(heard.kinds).toEqual(['output-unconfirmed', 'output-unconfirmed'])
  })
})
