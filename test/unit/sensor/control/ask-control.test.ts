import { writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { askControl } from '../../../../src/sensor/control/ask-control.ts'
import { Scratch } from '../../../support/scratch.ts'

const scratch = new Scratch()
let server: Server | undefined
let count = 0

/** A socket that does with its clients as it is told. */
function listen(serve: (socket: Socket) => void): Promise<string> {
  const path = scratch.path(`${count++}.sock`)
  const started = createServer(serve)
  server = started
  return new Promise((resolve) => started.listen(path, () => resolve(path)))
}

afterEach(() => server?.close())
afterAll(() => scratch.remove())

describe('askControl', () => {
  it('sends the request on a line and gives back the answer', async () => {
    let heard = ''
    const path = await listen((socket) => {
      socket.once('data', (text) => {
        heard = text.toString()
        socket.write('{"ok":true,')
        setTimeout(() => socket.write('"result":{"a":1}}\n'), 20)
      })
    })
    expect(await askControl(path, { command: 'flows', top: 3, by: 'age' }, 5000)).toEqual({
      ok: true,
      result: { a: 1 },
    })
    expect(heard).toBe('{"command":"flows","top":3,"by":"age"}\n')
  })

  it('takes an answer of many chunks', async () => {
    const path = await listen((socket) =>
      socket.end(`${JSON.stringify({ ok: true, result: 'x'.repeat(3e6) })}\n`),
    )
    expect(await askControl(path, { command: 'stats' }, 5000)).toMatchObject({ ok: true })
  })

  it('asks whether the sensor runs where there is no socket, or a dead one', async () => {
    await expect(askControl(scratch.path('none'), { command: 'status' }, 1000)).rejects.toMatchObject({
      code: 'input',
      message: `there is no socket ${scratch.path('none')}`,
      hint: expect.stringContaining('is the sensor running?'),
    })
    writeFileSync(scratch.path('file'), '')
    await expect(askControl(scratch.path('file'), { command: 'status' }, 1000)).rejects.toMatchObject({
      message: `nobody listens on ${scratch.path('file')}`,
    })
  })

  it('says that it may not open it', async () => {
    if (process.getuid?.() !== 0) {
      console.warn('skipped: opening a socket without permission, which needs root to arrange')
      return
    }
    const path = await listen((socket) => socket.end())
    const { stdout } = scratch.run(`
      import { chmodSync } from 'node:fs'
      import { askControl } from 'SRC/sensor/control/ask-control.ts'
      chmodSync(${JSON.stringify(scratch.folder)}, 0o755)
      chmodSync(${JSON.stringify(path)}, 0o600)
      process.setuid(65534)
      await askControl(${JSON.stringify(path)}, { command: 'status' }, 1000).catch(({ code, message }) =>
        console.log(code, message))`)
    expect(stdout).toBe(`permission no permission to open ${path}\n`)
  })

  it('gives up on a sensor that is silent', async () => {
    const path = await listen(() => {})
    await expect(askControl(path, { command: 'status' }, 100)).rejects.toThrow('did not answer within 0.1 s')
  })

  it('tells of one that goes away, and of one that is no sensor', async () => {
    const gone = await listen((socket) => socket.end('{"ok":tr'))
    await expect(askControl(gone, { command: 'status' }, 1000)).rejects.toThrow('went away without an answer')
    server?.close()
    const other = await listen((socket) => socket.end('220 mail.example.org ESMTP\n'))
    await expect(askControl(other, { command: 'status' }, 1000)).rejects.toThrow('is no sensor')
    server?.close()
    const list = await listen((socket) => socket.end('null\n'))
    await expect(askControl(list, { command: 'status' }, 1000)).rejects.toThrow('is no sensor')
  })

  it('refuses a path that no socket can have', async () => {
    await expect(askControl('/x'.repeat(60), { command: 'status' }, 1000)).rejects.toMatchObject({
      code: 'usage',
    })
  })
})
