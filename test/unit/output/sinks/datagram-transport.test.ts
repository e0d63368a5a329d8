import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { DatagramTransport } from '../../../../src/output/sinks/datagram-transport.ts'
import type { Delivery } from '../../../../src/output/sinks/delivery.ts'
import { delivery, Heard, range, sleep, until } from './receiving.ts'

let heard: Heard
let out: Delivery
let transport: DatagramTransport
let receiver: Socket | undefined
let got: string[] = []

function open(port: number, host = '127.0.0.1'): void {
  heard = new Heard()
  out = delivery(heard, { lineEnd: '', longestBytes: 8192 })
  transport = new DatagramTransport(out, host, port)
  transport.start()
}

function send(from: number, to: number): void {
  for (const n of range(from, to)) {
    const line = `<134>1 event ${n}`
    out.offer(line, line.length)
    transport.wake()
  }
}

const numbers = (): readonly number[] => got.map((text) => Number(text.split(' ').at(-1)))

/** @returns the port */
async function listen(port = 0, host = '127.0.0.1'): Promise<number> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  receiver = socket
  got = []
  socket.on('message', (message) => got.push(message.toString()))
  await new Promise<void>((resolve) => socket.bind(port, host, resolve))
  return socket.address().port
}

function hangUp(): Promise<void> {
  const socket = receiver
  receiver = undefined
  return new Promise((resolve) => (socket === undefined ? resolve() : socket.close(resolve)))
}

const close = (milliseconds = 5000): Promise<void> => transport.close(performance.now() + milliseconds)

afterEach(async () => {
  await close(0)
  await hangUp()
})

describe('a UDP port', () => {
  it('gets one event a datagram, the first at once', async () => {
    open(await listen())
    send(0, 20)
    await until(() => got.length > 0)
    expect(got).toEqual(['<134>1 event 0'])
    await until(() => got.length === 20)
    expect(numbers()).toEqual(range(0, 20))
    expect([out.writtenEvents, out.failures, transport.isConnected]).toEqual([20, 0, true])
    send(20, 22)
    await close()
    await until(() => got.length === 22)
    expect(heard.messages).toEqual([])
  })

  it('of IPv6 is one as well', async () => {
    open(await listen(0, '::1'), '::1')
    send(0, 3)
    await until(() => got.length === 3)
    expect(out.failures).toBe(0)
  })

  it('is found on the one of several addresses where somebody listens', async () => {
    open(await listen(), 'localhost')
    send(0, 3)
    await until(() => got.length === 3)
    expect(numbers()).toEqual([0, 1, 2])
  })

  it('that nobody listens on keeps its events until somebody does; it is said twice in all', async () => {
    const port = await listen()
    await hangUp()
    open(port)
    send(0, 100)
    await until(() => out.failures >= 2)
    expect(out.lastError).toMatch(/ECONNREFUSED/)
    expect([out.writtenEvents, out.unconfirmedEvents, out.queue.lines]).toEqual([0, 0, 100])
    await listen(port)
    transport.reopen()
    await until(() => got.length === 100)
    expect(numbers()).toEqual(range(0, 100))
    expect(heard.kinds).toEqual(['output-failed', 'output-back'])
  })

  it('whose receiver dies and comes back loses no more than is counted', async () => {
    const port = await listen()
    open(port)
    let n = 0
    const timer = setInterval(() => send(n, ++n), 2)
    await until(() => got.length > 20)
    const before = [...numbers()]
    await hangUp()
    before.push(...numbers().slice(before.length))
    await until(() => out.failures > 0)
    await listen(port)
    await until(() => got.length > 50)
    clearInterval(timer)
    await close()
    await sleep(20)
    const arrived = [...before, ...numbers()]
    expect(new Set(arrived).size).toBe(arrived.length)
    expect(n - arrived.length).toBeLessThanOrEqual(out.unconfirmedEvents)
    expect(out.unconfirmedEvents).toBeGreaterThan(0)
    expect(out.writtenEvents).toBe(n)
  })

  it('that is refused at the end is not waited for', async () => {
    const port = await listen()
    await hangUp()
    open(port)
    send(0, 5)
    await until(() => out.failures > 0)
    const began = performance.now()
    await close()
    expect(performance.now() - began).toBeLessThan(1000)
    expect(out.droppedEvents).toBe(5)
    send(5, 6)
    transport.reopen()
    await sleep(20)
    expect(out.droppedEvents).toBe(6)
  })

  it('of a host that has no address is tried again', async () => {
    open(514, 'no-such-host.invalid')
    send(0, 1)
    await until(() => out.failures >= 2)
    expect(out.lastError).toMatch(/no-such-host/)
    expect(heard.kinds).toEqual(['output-failed'])
  })
})
