// Over real sockets, with receivers that are slow, stuck, killed and started anew.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { ListenOptions, NetConnectOpts } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Delivery } from '../../../../src/output/sinks/delivery.ts'
import { StreamTransport } from '../../../../src/output/sinks/stream-transport.ts'
import { delivery, Heard, numbered, numbersIn, offer, Receiver, range, sleep, until } from './receiving.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-stream-'))
afterAll(() => rmSync(folder, { recursive: true }))

let heard: Heard
let out: Delivery
let transport: StreamTransport
let receiver: Receiver | undefined
let sockets = 0

function open(where: NetConnectOpts, queueBytes = 8 << 20): void {
  heard = new Heard()
  out = delivery(heard, { queueBytes })
  transport = new StreamTransport(out, where)
  transport.start()
}

function send(from: number, to: number, bytes?: number): void {
  for (const n of range(from, to)) {
    offer(out, numbered(n, bytes).line)
    transport.wake()
  }
}

const close = (milliseconds = 5000): Promise<void> => transport.close(performance.now() + milliseconds)

async function listen(where: ListenOptions, isReading = true): Promise<Receiver> {
  receiver = await Receiver.listen(where, isReading)
  return receiver
}

afterEach(async () => {
  await close(0)
  await receiver?.kill()
  receiver = undefined
})

/** Both kinds of place: where to listen, and how to get there. */
const places = [
  ['a unix socket', () => ({ path: join(folder, `s${sockets++}`) })],
  ['a TCP port', () => ({ port: 0, host: '127.0.0.1' })],
] as const

const towards = (at: Receiver, place: ListenOptions): NetConnectOpts =>
  place.path === undefined ? { port: at.port, host: '127.0.0.1' } : { path: place.path }

describe.each(places)('%s', (_what, placeOf) => {
  it('has the events in order, and all of them when it is closed', async () => {
    const place = placeOf()
    const to = await listen(place)
    open(towards(to, place))
    send(0, 5)
    await until(() => to.text.split('\n').length === 6)
    send(5, 5000, 900)
    await close()
    await until(() => to.connections === 0)
    expect(numbersIn(to.text)).toEqual(range(0, 5000))
    expect([out.writtenEvents, out.droppedEvents, out.unconfirmedEvents]).toEqual([5000, 0, 0])
    expect(heard.messages).toEqual([])
  })

  it('that is not there is tried until it is; it is said twice in all', async () => {
    const place = placeOf()
    const first = await listen(place)
    const where = towards(first, place)
    await first.kill()
    open(where)
    send(0, 100)
    await until(() => out.failures >= 3)
    expect(transport.isConnected).toBe(false)
    expect(out.lastError).toMatch(/connect (ECONNREFUSED|ENOENT)/)
    const to = await listen('port' in where ? { port: where.port } : place)
    await until(() => to.text.split('\n').length === 101)
    expect(numbersIn(to.text)).toEqual(range(0, 100))
    expect(heard.kinds).toEqual(['output-failed', 'output-back'])
    expect(heard.messages[1]?.message).toBe('output x: works again; 100 events waited')
  })

  it('that does not read fills its queue; the rest is dropped, counted, and said twice in all', async () => {
    const place = placeOf()
    const to = await listen(place, false)
    open(towards(to, place), 1 << 20)
    await until(() => to.connections === 1)
    const began = performance.now()
    for (let turn = 0; turn < 20; turn++) {
      send(turn * 1000, turn * 1000 + 1000, 999)
      await sleep(5)
    }
    expect(performance.now() - began).toBeLessThan(3000)
    expect(out.droppedEvents).toBeGreaterThan(1000)
    expect(out.queue.bytes).toBeLessThanOrEqual(1 << 20)
    expect(heard.kinds).toEqual(['output-full'])
    to.read(true)
    await until(() => out.queue.lines === 0)
    expect(heard.kinds).toEqual(['output-full', 'output-drained'])
    send(20_000, 20_010)
    await close()
    await until(() => to.connections === 0)
    const numbers = numbersIn(to.text)
    expect(numbers.length).toBe(out.writtenEvents)
    expect(out.writtenEvents + out.droppedEvents).toBe(20_010)
    // One unbroken run, and what came after the gap.
    expect(numbers).toEqual([...range(0, numbers.length - 10), ...range(20_000, 20_010)])
  })

  it('that hangs up in order gets the rest at its next connection', async () => {
    const place = placeOf()
    const to = await listen(place)
    open(towards(to, place))
    send(0, 50)
    await until(() => to.text.split('\n').length === 51)
    to.hangUp()
    await until(() => out.failures === 1)
    expect(out.lastError).toBe('the receiver closed the connection')
    send(50, 100)
    await until(() => to.texts.length === 2 && to.text.split('\n').length === 101)
    expect(numbersIn(to.texts[1] ?? '')).toEqual(range(50, 100))
    expect(heard.kinds).toEqual(['output-failed', 'output-unconfirmed', 'output-back'])
  })

  it('that was killed with unread events begins with a whole line, and no more are lost than is said', async () => {
    const place = placeOf()
    const stuck = await listen(place, false)
    const where = towards(stuck, place)
    open(where, 4 << 20)
    await until(() => stuck.connections === 1)
    // More than its buffers hold, so that a batch is cut.
    send(0, 12_000, 999)
    await sleep(200)
    expect(out.queue.lines).toBeGreaterThan(100)
    await stuck.kill()
    const before = numbersIn(stuck.text.slice(0, stuck.text.lastIndexOf('\n') + 1))
    const to = await listen('port' in where ? { port: where.port } : place)
    await until(() => out.queue.lines === 0)
    await close()
    await until(() => to.connections === 0)
    const after = numbersIn(to.text)
    const first = after[0] ?? 0
    expect(after).toEqual(range(first, first + after.length))
    const lost = first - before.length
    expect(lost).toBeGreaterThan(0)
    expect(lost).toBeLessThanOrEqual(out.unconfirmedEvents)
    expect(first + after.length + out.droppedEvents).toBe(12_000)
    expect(heard.kinds).toContain('output-unconfirmed')
  })

  it('that is stuck does not hinder the end, nor does one that is away', async () => {
    const place = placeOf()
    const to = await listen(place, false)
    const where = towards(to, place)
    open(where)
    send(0, 9000, 999)
    await until(() => to.connections === 1)
    const began = performance.now()
    await close(300)
    expect(performance.now() - began).toBeLessThan(1000)
    expect(out.writtenEvents + out.droppedEvents).toBe(9000)
    expect(heard.kinds.at(-1)).toBe('output-left')
    await to.kill()
    open(where)
    send(0, 3)
    await sleep(50)
    const again = performance.now()
    await close(5000)
    expect(performance.now() - again).toBeLessThan(1000)
    expect(out.droppedEvents).toBe(3)
  })

  it('that came back just before the end still gets what waited', async () => {
    const place = placeOf()
    const first = await listen(place)
    const where = towards(first, place)
    await first.kill()
    open(where)
    send(0, 10)
    await until(() => out.failures >= 4)
    const to = await listen('port' in where ? { port: where.port } : place)
    await close()
    await until(() => to.text.split('\n').length === 11)
    expect([out.writtenEvents, out.droppedEvents]).toEqual([10, 0])
  })

  it('is tried at once when asked to reopen', async () => {
    const place = placeOf()
    const first = await listen(place)
    const where = towards(first, place)
    await first.kill()
    open(where)
    await until(() => out.failures >= 4)
    const to = await listen('port' in where ? { port: where.port } : place)
    const began = performance.now()
    transport.reopen()
    await until(() => to.connections === 1)
    expect(performance.now() - began).toBeLessThan(500)
    transport.reopen()
    await sleep(20)
    expect(to.texts).toHaveLength(1)
  })
})

it('tells what is wrong with a name of several addresses, or of none', async () => {
  open({ host: 'localhost', port: 1 })
  await until(() => out.failures === 1)
  expect(out.lastError).toMatch(/ECONNREFUSED/)
  await close(0)
  open({ host: 'no-such-host.invalid', port: 1 })
  await until(() => out.failures === 1)
  expect(out.lastError).toMatch(/no-such-host/)
})

describe('a receiving process', () => {
  const RECEIVE = `import os,socket,sys
path,file=sys.argv[1:]
if os.path.exists(path): os.unlink(path)
s=socket.socket(socket.AF_UNIX); s.bind(path); s.listen(); f=open(file,'ab',0)
os.write(1,b'ready')
while True:
  c,_=s.accept()
  while True:
    b=c.recv(65536)
    if not b: break
    f.write(b)
  c.close()`

  async function start(path: string, file: string): Promise<ChildProcess> {
    const child = spawn('python3', ['-c', RECEIVE, path, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    return child
  }

  it('may be halted and killed again and again: what is missing is counted, nothing comes twice', async () => {
    const path = join(folder, 'killed')
    const files = range(0, 6).map((n) => join(folder, `received-${n}`))
    open({ path }, 1 << 20)
    let n = 0
    const timer = setInterval(() => {
      send(n, n + 40, 500)
      n += 40
    }, 4)
    for (const [turn, file] of files.entries()) {
      const child = await start(path, file)
      // Not when its time has come, but at once.
      transport.reopen()
      await until(() => transport.isConnected)
      await sleep(150)
      if (turn % 2 === 1) {
        child.kill('SIGSTOP')
        await sleep(150)
      }
      if (turn === files.length - 1) {
        child.kill('SIGCONT')
        clearInterval(timer)
        await until(() => out.queue.lines === 0)
        await close()
        await sleep(50)
      }
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('close', resolve))
    }
    const numbers = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8')
      // A receiver that is killed may have half a line last, but never first or in between.
      return numbersIn(text.slice(0, text.lastIndexOf('\n') + 1))
    })
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    const missing = n - numbers.length
    expect(missing).toBeLessThanOrEqual(out.droppedEvents + out.unconfirmedEvents)
    expect(out.writtenEvents + out.droppedEvents).toBe(n)
    expect(out.unconfirmedEvents).toBeGreaterThan(0)
  })
})
