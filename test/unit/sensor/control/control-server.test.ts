import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import type { ControlHandlers } from '../../../../src/sensor/control/control-protocol.ts'
import { ControlServer, type ControlServerOptions } from '../../../../src/sensor/control/control-server.ts'
import { Scratch, sleep, until } from '../../../support/scratch.ts'
import { FLOWS, STATUS } from './statuses.ts'

const scratch = new Scratch()
const path = scratch.path('ctl.sock')
const troubles: unknown[] = []
let server: ControlServer | undefined
let finishReload: (result: object) => void = () => {}

const handlers: ControlHandlers = {
  status: () => STATUS,
  reload: () =>
    new Promise((resolve) => {
      finishReload = resolve
    }),
  flows: () => FLOWS,
  stats: () => {
    throw new TypeError('undefined is not a figure')
  },
  setLogLevel: (level) => {
    throw new OperatorError('usage', `there is no log level ${level}`, 'levels are …')
  },
}

async function open(options: Partial<ControlServerOptions> = {}): Promise<void> {
  server = await ControlServer.open({
    path,
    handlers,
    onTrouble: (error) => troubles.push(error),
    ...options,
  })
}

/** A client that keeps what it is sent. */
class Client {
  readonly socket: Socket = connect({ path, allowHalfOpen: true }).setEncoding('utf8')
  text = ''
  isOver = false

  constructor() {
    this.socket.on('data', (text: string) => {
      this.text += text
    })
    this.socket.on('error', () => {})
    this.socket.once('end', () => {
      this.isOver = true
    })
    this.socket.once('close', () => {
      this.isOver = true
    })
  }

  get lines(): readonly unknown[] {
    return this.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  }

  async answers(count: number): Promise<readonly unknown[]> {
    await until(() => this.lines.length >= count || this.isOver)
    return this.lines
  }
}

afterEach(async () => {
  await server?.close()
  troubles.length = 0
})
afterAll(() => scratch.remove())

describe('ControlServer', () => {
  it('answers requests in their order, on one connection and with a blank between', async () => {
    await open()
    const client = new Client()
    client.socket.write('{"command":"flows"}\n{"command":"status"}\n')
    expect(await client.answers(2)).toEqual([
      { ok: true, result: FLOWS },
      { ok: true, result: JSON.parse(JSON.stringify(STATUS)) },
    ])
    client.socket.write('{"comma')
    await sleep(20)
    client.socket.write('nd":"flows"}\n')
    expect(await client.answers(3)).toHaveLength(3)
  })

  it('answers a client that ended its side', async () => {
    await open()
    const client = new Client()
    client.socket.end('{"command":"flows"}\n')
    await until(() => client.isOver)
    expect(client.lines).toEqual([{ ok: true, result: FLOWS }])
  })

  it('answers what it cannot do with the reason, and goes on', async () => {
    await open()
    const client = new Client()
    client.socket.write('\u0000\n{"command":"log-level","level":"loud"}\n{"command":"flows"}\n')
    expect(await client.answers(3)).toMatchObject([
      { ok: false, error: expect.stringContaining('one JSON object') },
      { ok: false, error: 'there is no log level loud', hint: 'levels are …' },
      { ok: true },
    ])
    expect(troubles).toEqual([])
  })

  it('tells its owner, not the client, of a bug', async () => {
    await open()
    const client = new Client()
    client.socket.write('{"command":"stats"}\n')
    expect(await client.answers(1)).toEqual([
      { ok: false, error: 'this is a bug in gait; its log says more' },
    ])
    expect(troubles).toEqual([new TypeError('undefined is not a figure')])
  })

  it('ends a connection that sends more than 64 KiB without a line end', async () => {
    await open()
    const client = new Client()
    client.socket.write('x'.repeat(66_000))
    await until(() => client.isOver)
    expect(client.lines).toEqual([{ ok: false, error: 'a line is longer than 65536 bytes' }])
  })

  it('waits for a slow handler, and lets others ask meanwhile', async () => {
    await open({ idleMs: 50 })
    const slow = new Client()
    slow.socket.write('{"command":"reload"}\n')
    const quick = new Client()
    quick.socket.write('{"command":"flows"}\n')
    expect(await quick.answers(1)).toHaveLength(1)
    await sleep(150)
    expect(slow.isOver).toBe(false)
    finishReload({ changed: 3 })
    expect(await slow.answers(1)).toEqual([{ ok: true, result: { changed: 3 } }])
  })

  it('ends a connection on which nothing moves, and one that does not read', async () => {
    await open({ idleMs: 100 })
    const silent = new Client()
    const deaf = new Client()
    deaf.socket.pause()
    for (let i = 0; i < 4000; i++) deaf.socket.write('{"command":"status"}\n')
    await until(() => silent.isOver)
    await sleep(200)
    let isBroken = false
    deaf.socket.once('close', () => {
      isBroken = true
    })
    deaf.socket.resume()
    await until(() => isBroken || deaf.isOver)
    expect(deaf.lines.length).toBeLessThan(4000)
  })

  it('turns away whoever is too many, until there is room again', async () => {
    await open({ maxConnections: 2 })
    const first = [new Client(), new Client()]
    for (const client of first) client.socket.write('{"command":"flows"}\n')
    for (const client of first) await client.answers(1)
    const third = new Client()
    expect(await third.answers(1)).toEqual([{ ok: false, error: 'too many connections: try again later' }])
    first[0]?.socket.destroy()
    await sleep(50)
    const fourth = new Client()
    fourth.socket.write('{"command":"flows"}\n')
    expect(await fourth.answers(1)).toEqual([{ ok: true, result: FLOWS }])
  })

  it('closes at once, with connections open and a handler at work; and can be closed twice', async () => {
    await open()
    const client = new Client()
    client.socket.write('{"command":"reload"}\n')
    await sleep(50)
    await server?.close()
    await until(() => client.isOver)
    await server?.close()
    await open()
    finishReload({})
  })
})
