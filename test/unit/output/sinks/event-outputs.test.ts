import { createSocket } from 'node:dgram'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { Counters } from '../../../../src/model/counters.ts'
import type { OutgoingEvent } from '../../../../src/model/event.ts'
import { EventOutputs, type EventOutputsOptions } from '../../../../src/output/sinks/event-outputs.ts'
import { parseOutput } from '../../../../src/output/sinks/parse-output.ts'
import { event, Heard, numbered, numbersIn, Receiver, range, until } from './receiving.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-outputs-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
let heard = new Heard()
let outputs: EventOutputs | undefined

function open(texts: readonly string[], fields: Partial<EventOutputsOptions> = {}): EventOutputs {
  heard = new Heard()
  outputs = new EventOutputs(
    { outputs: texts.map(parseOutput), rateLimit: undefined, suppress: [], ...fields },
    heard,
  )
  outputs.start()
  return outputs
}

const newPath = (): string => join(folder, `eve-${files++}.json`)
const linesOf = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1)
const alert = (n: number, fields: Partial<OutgoingEvent> = {}): OutgoingEvent =>
  event({ line: `{"n":${n},"gait":{"hit":1}}`, ...fields })

afterEach(async () => {
  await outputs?.close(0)
})

describe('outputs', () => {
  it('each have the events that they take', async () => {
    const [all, grave, flows] = [newPath(), newPath(), newPath()]
    const out = open([all, `${grave}?types=alert&severity=1`, `${flows}?types=flow`])
    out.event(alert(1, { severity: 1 }))
    out.event(alert(2, { severity: 2 }))
    out.event(numbered(3))
    await out.close(1000)
    const numbers = [all, grave, flows].map((path) => numbersIn(readFileSync(path, 'utf8')))
    expect(numbers).toEqual([[1, 2, 3], [1], [3]])
    expect(out.status().map(({ writtenEvents }) => writtenEvents)).toEqual([3, 1, 1])
  })

  it('do not wait for each other: one that is stuck loses, the others have all', async () => {
    const path = newPath()
    const stuck = await Receiver.listen({ path: join(folder, 'stuck') }, false)
    const out = open([`unix:${join(folder, 'stuck')}?queue=64KiB`, 'tcp://127.0.0.1:1', path])
    await until(() => stuck.connections === 1)
    for (const n of range(0, 3000)) out.event(numbered(n, 900))
    out.flush()
    expect(numbersIn(readFileSync(path, 'utf8'))).toEqual(range(0, 3000))
    const [unix, tcp, file] = out.status()
    expect(unix).toMatchObject({ type: 'unix', isConnected: true, lastError: undefined })
    expect(unix?.droppedEvents).toBeGreaterThan(1000)
    expect(tcp).toMatchObject({ name: 'tcp://127.0.0.1:1', isConnected: false, queuedEvents: 3000 })
    expect(file).toMatchObject({ name: path, droppedEvents: 0, fileBytes: 2_703_000, queuedEvents: 0 })
    const began = performance.now()
    await out.close(200)
    expect(performance.now() - began).toBeLessThan(700)
    await stuck.kill()
  })

  it('go by syslog over UDP and TCP as their receivers expect', async () => {
    const datagrams: string[] = []
    const udp = createSocket('udp4', (message) => datagrams.push(message.toString()))
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
    const tcp = await Receiver.listen({ port: 0, host: '127.0.0.1' })
    const out = open([
      `syslog+udp://127.0.0.1:${udp.address().port}`,
      `syslog+tcp://127.0.0.1:${tcp.port}?facility=auth`,
    ])
    const ü = numbered(1).line.replace('xxx', 'ü\\n')
    out.event(alert(0))
    out.event({ ...numbered(1), line: ü })
    out.event(numbered(2, 9000))
    await out.close(2000)
    await until(() => datagrams.length === 2 && tcp.connections === 0)
    await new Promise<void>((resolve) => udp.close(() => resolve()))
    const times = '2026-11-21T03:00:00.000000Z'
    expect(datagrams[0]).toMatch(new RegExp(`^<132>1 ${times} \\S+ gait ${process.pid} alert - \\{"n":0,`))
    expect(datagrams[1]?.endsWith(` flow - ${ü}`)).toBe(true)
    expect(frames(tcp.text).map((frame) => Number(/"n":(\d+)/.exec(frame)?.[1]))).toEqual([0, 1, 2])
    expect(frames(tcp.text)[1]).toBe(datagrams[1]?.replace('<134>', '<38>'))
    const [first, second] = out.status()
    expect([first?.oversizedEvents, first?.writtenEvents, second?.writtenEvents]).toEqual([1, 2, 3])
    expect(heard.kinds).toEqual(['output-oversized'])
  })

  it('are opened anew when asked', async () => {
    const path = newPath()
    const out = open([path])
    out.event(numbered(1))
    out.flush()
    renameSync(path, `${path}.1`)
    out.reopen()
    expect(existsSync(path)).toBe(true)
    out.event(numbered(2))
    await out.close(1000)
    expect([`${path}.1`, path].map((name) => numbersIn(readFileSync(name, 'utf8')))).toEqual([[1], [2]])
  })

  it('may not be there twice, and files must open', () => {
    expect(() => open(['eve.json', '-', 'eve.json?types=alert'])).toThrow('output `eve.json` is there twice')
    expect(() => open([join(folder, 'nowhere/eve.json')])).toThrow(/^cannot write/)
  })

  it('take nothing more when they are closed', async () => {
    const path = newPath()
    const out = open([path, 'tcp://127.0.0.1:1'])
    await out.close(1000)
    out.event(numbered(1))
    out.flush()
    out.reopen()
    expect(out.status().map(({ droppedEvents }) => droppedEvents)).toEqual([1, 1])
    expect(linesOf(path)).toEqual([])
  })
})

describe('what is withheld', () => {
  const counts = (out: EventOutputs): Readonly<Record<string, number>> => {
    const counters = new Counters()
    out.count(counters)
    return Object.fromEntries(counters.entries())
  }

  it('by a suppression goes nowhere, and does not use up the rate limit', async () => {
    const path = newPath()
    const out = open([path], {
      rateLimit: { alerts: 1, seconds: 60, by: 'signature' },
      suppress: [{ sid: undefined, class: undefined, network: '10.0.0.9', end: 'client' }],
    })
    out.event(alert(1, { client: '10.0.0.9' }))
    out.event(alert(2))
    out.event(alert(3))
    out.event({ ...numbered(4), client: '10.0.0.9' })
    await out.close(1000)
    expect(linesOf(path).map((line) => JSON.parse(line).n)).toEqual([2, 4])
    expect(counts(out)).toEqual({
      'output.written_events': 2,
      'output.dropped_events': 0,
      'output.oversized_events': 0,
      'output.unconfirmed_events': 0,
      'output.suppressed_alerts': 1,
      'output.withheld_alerts': 1,
      'output.evicted_limits': 0,
    })
  })

  it('by the rate limit is told with the next that passes, to every output that has it', async () => {
    const [all, alerts] = [newPath(), newPath()]
    const out = open([all, `${alerts}?types=alert`], {
      rateLimit: { alerts: 2, seconds: 10, by: 'signature-client' },
    })
    const start = event().time
    for (const [n, seconds] of [0, 1, 2, 3, 10, 25].entries())
      out.event(alert(n, { time: start + seconds * 1e6 }))
    out.event(numbered(9))
    await out.close(1000)
    const expected = [
      { n: 0, gait: { hit: 1 } },
      { n: 1, gait: { hit: 1 } },
      { n: 4, gait: { hit: 1, withheld: 2 } },
      { n: 5, gait: { hit: 1 } },
    ]
    expect(linesOf(alerts).map((line) => JSON.parse(line))).toEqual(expected)
    expect(linesOf(all)).toHaveLength(5)
    expect(counts(out)['output.withheld_alerts']).toBe(2)
  })
})

/** Octet-counted messages (RFC 6587 §3.4.1). */
function frames(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  const list: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(' ', at)
    const end = space + 1 + Number(bytes.toString('latin1', at, space))
    list.push(bytes.toString('utf8', space + 1, end))
    at = end
  }
  return list
}
