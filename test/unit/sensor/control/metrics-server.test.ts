import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MetricsServer } from '../../../../src/sensor/control/metrics-server.ts'
import type { SensorStatus } from '../../../../src/sensor/control/status.ts'
import { STATUS } from './statuses.ts'

const troubles: unknown[] = []
let status: () => SensorStatus
let server: MetricsServer

interface Answer {
  readonly code: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

function open(port = 0, host = '127.0.0.1'): Promise<MetricsServer> {
  return MetricsServer.open({
    host,
    port,
    status: () => status(),
    stall: { longestMs: () => 12 },
    onTrouble: (error) => troubles.push(error),
  })
}

function ask(path: string, method = 'GET', body = ''): Promise<Answer> {
  const { port } = server.address
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, method, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.once('end', () => resolve({ code: response.statusCode, headers: response.headers, text }))
    })
    asked.once('error', reject)
    asked.end(body)
  })
}

/** What comes back for bytes that no client would send, until the connection ends. */
function send(text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(server.address.port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8').on('data', (part: string) => {
      heard += part
    })
    socket.on('error', () => {})
    socket.once('close', () => resolve(heard))
  })
}

beforeEach(async () => {
  status = () => STATUS
  server = await open()
})
afterEach(async () => {
  await server.close()
  troubles.length = 0
})

describe('MetricsServer', () => {
  it('serves metrics as Prometheus text', async () => {
    const { code, headers, text } = await ask('/metrics')
    expect(code).toBe(200)
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(text).toContain('\ngait_flows_total 4000\n')
    expect(text).toContain('\ngait_event_loop_stall_seconds 0.012\n')
    expect(Number(/\nprocess_cpu_seconds_total ([\d.]+)\n/.exec(text)?.[1])).toBeGreaterThan(0)
  })

  it('takes a new status for each scrape', async () => {
    await ask('/metrics')
    status = () => ({ ...STATUS, flows: { ...STATUS.flows, total: 4001 } })
    expect((await ask('/metrics?x=1')).text).toContain('\ngait_flows_total 4001\n')
  })

  it('lives while it answers, and is ready while every interface is captured', async () => {
    expect(await ask('/healthz')).toMatchObject({ code: 200, text: 'alive\n' })
    expect(await ask('/readyz')).toMatchObject({ code: 200, text: 'ready\n' })
    const [first] = STATUS.interfaces as [SensorStatus['interfaces'][number]]
    status = () => ({ ...STATUS, interfaces: [{ ...first, state: 'waiting' }] })
    expect(await ask('/readyz')).toMatchObject({ code: 503, text: 'eth0: waiting\n' })
    expect(await ask('/healthz')).toMatchObject({ code: 200 })
  })

  it('answers HEAD without a body', async () => {
    const head = await ask('/healthz', 'HEAD')
    expect(head).toMatchObject({ code: 200, text: '' })
    expect(head.headers['content-length']).toBe('6')
  })

  it('knows no other path and no other method', async () => {
    expect(await ask('/')).toMatchObject({ code: 404 })
    expect(await ask('/metrics/')).toMatchObject({ code: 404 })
    expect(await ask('/metrics', 'POST', 'x'.repeat(100_000))).toMatchObject({
      code: 405,
      headers: { allow: 'GET, HEAD', connection: 'close' },
    })
  })

  it('tells its owner of a bug, and lives on', async () => {
    status = () => {
      throw new TypeError('no')
    }
    expect(await ask('/metrics')).toMatchObject({
      code: 500,
      text: 'this is a bug in gait; its log says more\n',
    })
    expect(troubles).toEqual([new TypeError('no')])
    expect(await ask('/healthz')).toMatchObject({ code: 200 })
  })

  it('refuses headers that are too long, and what is no HTTP', async () => {
    expect(await send(`GET /metrics HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(9000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 /,
    )
    expect(await send('SSH-2.0-x\r\n')).toMatch(/^HTTP\/1.1 400 /)
    expect(troubles).toEqual([])
  })

  it('ends a connection that never finishes its request', async () => {
    const begun = performance.now()
    await send('GET /metrics HTTP/1.1\r\nHost: x\r\nX-')
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  it('says why it cannot listen', async () => {
    const { port } = server.address
    await expect(open(port)).rejects.toMatchObject({
      code: 'input',
      message: `cannot serve metrics on 127.0.0.1:${port}: another program listens there`,
      hint: expect.stringContaining('--metrics off'),
    })
    await expect(open(0, '192.0.2.1')).rejects.toThrow('this host has no such address')
    await expect(open(0, '2001:db8::1')).rejects.toThrow('[2001:db8::1]:0: this host has no such address')
  })

  it('closes with connections open, and can be closed twice', async () => {
    const open = send('')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await server.close()
    expect(await open).toBe('')
    await server.close()
  })
})
