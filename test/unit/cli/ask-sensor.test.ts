import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SensorQuestion } from '../../../src/cli/ask-sensor.ts'
import { OperatorError } from '../../../src/model/operator-error.ts'
import { ControlServer } from '../../../src/sensor/control/control-server.ts'
import type { Outcome } from '../../support/gait.ts'
import { Scratch } from '../../support/scratch.ts'
import { FLOWS, STATUS } from '../sensor/control/statuses.ts'

const scratch = new Scratch()
const socket = scratch.path('ctl.sock')
let server: ControlServer

beforeAll(async () => {
  server = await ControlServer.open({
    path: socket,
    handlers: {
      status: () => STATUS,
      reload: async () => {
        throw new OperatorError('input', 'a.sig:3: unknown word', 'nothing was changed')
      },
      flows: (top, by) => ({ ...FLOWS, active: top, by }),
      stats: () => ({ decoder: { pkts: 3 } }),
      setLogLevel: (level) => ({ level, before: 'info' }),
    },
    onTrouble: () => {},
  })
})
afterAll(async () => {
  await server.close()
  scratch.remove()
})

/** What the command prints, and its exit code, in a process of its own. */
function ctl(args: Partial<SensorQuestion>): Promise<Outcome> {
  const all = { socket, command: 'status', format: 'text', ...args }
  return scratch.runBeside(`
    import { askSensor } from 'SRC/cli/ask-sensor.ts'
    import { reportFailure } from 'SRC/cli/messages.ts'
    process.exit(await askSensor(${JSON.stringify(all)}).catch(reportFailure))`)
}

describe('askSensor', () => {
  it('prints answers for people', async () => {
    expect(await ctl({})).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^gait 0\.1\.0, process 4711, up 1d 2h 3m\n/),
      stderr: '',
    })
    expect((await ctl({ command: 'flows', top: 3, by: 'age' })).stdout).toMatch(
      /^3 flows in progress; 2 by age\n/,
    )
    expect((await ctl({ command: 'stats' })).stdout).toBe('decoder.pkts  3\n')
    expect((await ctl({ command: 'log-level', argument: 'debug' })).stdout).toBe(
      'level   debug\nbefore  info\n',
    )
  })

  it('prints the answer as it is with json, refusals too', async () => {
    const { code, stdout } = await ctl({ format: 'json' })
    expect({ code, answer: JSON.parse(stdout) }).toEqual({
      code: 0,
      answer: { ok: true, result: JSON.parse(JSON.stringify(STATUS)) },
    })
    expect(await ctl({ command: 'reload', format: 'json' })).toEqual({
      code: 3,
      stdout: '{"ok":false,"error":"a.sig:3: unknown word","hint":"nothing was changed"}\n',
      stderr: '',
    })
  })

  it('fails when the sensor refuses', async () => {
    expect(await ctl({ command: 'reload' })).toEqual({
      code: 3,
      stdout: '',
      stderr: 'gait: a.sig:3: unknown word\n  nothing was changed\n',
    })
  })

  it('knows wrong requests before it asks', async () => {
    const nobody = { socket: scratch.path('none') }
    expect(await ctl({ ...nobody, command: 'log-level' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('gait: name a log level\n'),
    })
    expect(await ctl({ ...nobody, command: 'flows', by: 'name' })).toMatchObject({ code: 2 })
    expect(await ctl({ ...nobody, command: 'flows', top: -1 })).toMatchObject({ code: 2 })
  })

  it('asks whether the sensor runs when nobody answers', async () => {
    expect(await ctl({ socket: scratch.path('none') })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('is the sensor running?'),
    })
  })

  it('points to json for what it cannot read', async () => {
    const path = scratch.path('other.sock')
    const other = await ControlServer.open({
      path,
      handlers: {
        status: () => JSON.parse('{"version":"9.0.0"}'),
        reload: async () => ({}),
        flows: () => FLOWS,
        stats: () => ({}),
        setLogLevel: () => ({}),
      },
      onTrouble: () => {},
    })
    expect(await ctl({ socket: path })).toMatchObject({
      code: 3,
      stderr: "gait: cannot read the sensor's answer\n  --format json shows it as it is\n",
    })
    await other.close()
  })
})
