import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Delivery } from '../../../../src/output/sinks/delivery.ts'
import { SocketPump } from '../../../../src/output/sinks/socket-pump.ts'
import { delivery, Heard, numbered, numbersIn, offer, Receiver, range, sleep, until } from './receiving.ts'

let receiver: Receiver
let socket: Socket
let out: Delivery
let pump: SocketPump
let taken: (readonly [number, number])[]

beforeEach(async () => {
  receiver = await Receiver.listen({ port: 0, host: '127.0.0.1' })
  socket = connect(receiver.port, '127.0.0.1')
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  out = delivery(new Heard())
  taken = []
  pump = new SocketPump(out, socket, (lines, bytes) => taken.push([lines, bytes]))
})
afterEach(async () => {
  socket.destroy()
  await receiver.kill()
})

describe('a pump', () => {
  it('has one batch under way, and takes the next when the system has it', async () => {
    for (const n of range(0, 1000)) offer(out, numbered(n, 999).line)
    pump.wake()
    pump.wake()
    expect(socket.writableLength).toBeLessThanOrEqual(64 << 10)
    await until(() => out.queue.lines === 0)
    await until(() => receiver.text.length === 1_000_000)
    expect(numbersIn(receiver.text)).toEqual(range(0, 1000))
    expect(out.writtenEvents).toBe(1000)
    expect(taken.reduce((sum, [lines]) => sum + lines, 0)).toBe(1000)
    expect(taken.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(1_000_000)
  })

  it('keeps what is not taken in the queue, so that another pump can send it', async () => {
    receiver.read(false)
    await until(() => receiver.connections === 1)
    receiver.read(false)
    for (const n of range(0, 8000)) offer(out, numbered(n, 999).line)
    pump.wake()
    await sleep(200)
    const left = out.queue.lines
    expect(left).toBeGreaterThan(64)
    expect(out.writtenEvents + left).toBe(8000)
    pump.stop()
    socket.destroy()
    await sleep(20)
    expect(out.queue.lines).toBe(left)
    expect(numbersIn(out.queue.peek(1).toString())).toEqual([8000 - left])
  })

  it('that was stopped writes no more', async () => {
    pump.stop()
    offer(out, 'x')
    pump.wake()
    await sleep(20)
    expect([out.queue.lines, receiver.text]).toEqual([1, ''])
  })
})
