import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import {
  type ControlHandlers,
  parseControlRequest,
  runControlRequest,
} from '../../../../src/sensor/control/control-protocol.ts'
import { FLOWS, STATUS } from './statuses.ts'

describe('parseControlRequest', () => {
  it.each([
    ['{"command":"status"}', { command: 'status' }],
    ['{"command":"reload","comment":"ignored"}', { command: 'reload' }],
    ['{"command":"stats"}', { command: 'stats' }],
    ['{"command":"flows"}', { command: 'flows', top: 10, by: 'bytes' }],
    ['{"command":"flows","top":3,"by":"idle"}', { command: 'flows', top: 3, by: 'idle' }],
    ['{"command":"log-level","level":"debug"}', { command: 'log-level', level: 'debug' }],
  ])('reads %s', (line, request) => {
    expect(parseControlRequest(line)).toEqual(request)
  })

  it.each([
    ['', 'a request is one JSON object on a line: Unexpected end of JSON input'],
    ['status', 'a request is one JSON object on a line: '],
    ['null', 'a request is one JSON object on a line'],
    ['[]', 'unknown command undefined: there are status, reload, flows, stats, log-level'],
    ['{"command":"__proto__"}', 'unknown command "__proto__"'],
    ['{"__proto__":{"command":"status"}}', 'unknown command undefined'],
    ['{"command":"flows","top":0}', 'top is a whole number from 1 to 1000, not 0'],
    ['{"command":"flows","top":1001}', 'top is a whole number from 1 to 1000, not 1001'],
    ['{"command":"flows","top":"3"}', 'top is a whole number from 1 to 1000, not "3"'],
    [
      '{"command":"flows","by":"name"}',
      'flows are listed by bytes, packets, payload, age, idle, not by "name"',
    ],
    ['{"command":"log-level"}', 'name a level'],
  ])('refuses %s', (line, message) => {
    expect(() => parseControlRequest(line)).toThrow(OperatorError)
    expect(() => parseControlRequest(line)).toThrow(message)
  })
})

describe('runControlRequest', () => {
  const handlers: ControlHandlers = {
    status: () => STATUS,
    reload: async () => ({ hash: 'b' }),
    flows: (top, by) => ({ ...FLOWS, active: top, by }),
    stats: () => ({ uptime: 1 }),
    setLogLevel: (level) => ({ level }),
  }

  it('has the sensor do it', async () => {
    expect(await runControlRequest({ command: 'status' }, handlers)).toBe(STATUS)
    expect(await runControlRequest({ command: 'reload' }, handlers)).toEqual({ hash: 'b' })
    expect(await runControlRequest({ command: 'stats' }, handlers)).toEqual({ uptime: 1 })
    expect(await runControlRequest({ command: 'log-level', level: 'info' }, handlers)).toEqual({
      level: 'info',
    })
    expect(await runControlRequest({ command: 'flows', top: 5, by: 'age' }, handlers)).toMatchObject({
      active: 5,
      by: 'age',
    })
  })
})
