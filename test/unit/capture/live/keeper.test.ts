// A sensor that gave up root, and the keeper that did not: in processes of their own.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startKeeper } from '../../../../src/capture/live/keeper.ts'
import type { CaptureLauncher } from '../../../../src/capture/live/launcher.ts'
import { until } from '../../../support/until.ts'
import { canCapture, Veth } from '../../../support/veth.ts'
import { capturing, scratch, specFor } from './capturing.ts'

const live = describe.skipIf(!canCapture())
const veth = new Veth('k')
const { folder, file, remove } = scratch()
afterAll(remove)

const alive = (pid: number) => existsSync(`/proc/${pid}`)

live('a keeper', () => {
  let keeper: CaptureLauncher | undefined
  const children: ChildProcess[] = []

  beforeEach(() => {
    veth.make()
  })
  afterEach(async () => {
    await keeper?.close()
    for (const child of children.splice(0)) child.kill('SIGKILL')
    veth.remove()
  })

  for (const method of ['pipe', 'cap'] as const) {
    it(`hands over the stream of ${method} from its first byte, and starts it again`, async () => {
      const spec = specFor(veth.near, method)
      keeper = await startKeeper([spec])
      const seen = capturing(spec, keeper)
      await seen.capture.start()
      veth.send(50, file)
      await until('all came', () => seen.frames.length === 50)
      veth.remove()
      await until('it waits', () => seen.capture.state === 'waiting')
      veth.make()
      await until('it is back', () => seen.capture.state === 'running')
      veth.send(5, file)
      await until('packets come', () => seen.frames.length === 55)
      if (method === 'pipe') {
        seen.capture.askTotals()
        await until('totals came', () => seen.capture.totals().received === 55)
      }
      await seen.capture.stop()
    })
  }

  it('tells in the words of the program why it does not run', async () => {
    const spec = { ...specFor(veth.near), filter: 'tcp prt 22' }
    keeper = await startKeeper([spec])
    await expect(capturing(spec, keeper).capture.start()).rejects.toMatchObject({ code: 'usage' })
  })

  it('runs nothing that it was not started with', async () => {
    keeper = await startKeeper([specFor(veth.near)])
    const watcher = { line: () => {}, unflushable: () => {}, exited: () => {} }
    await expect(keeper.launch(1, false, watcher)).rejects.toThrow('no capture has number 1')
  })

  it('is missed when it is killed, and its programs end when they find no reader', async () => {
    const spec = specFor(veth.near)
    keeper = await startKeeper([spec])
    const seen = capturing(spec, keeper)
    await seen.capture.start()
    const programs = descendants(process.pid).filter((pid) => nameOf(pid) === 'tcpdump')
    expect(programs).toHaveLength(1)
    for (const pid of descendants(process.pid)) if (nameOf(pid) === 'node') process.kill(pid, 'SIGKILL')
    await until('it is missed', () => seen.kinds.length === 1)
    expect(seen.messages[0]).toContain('the keeper of the captures has ended')
    // It notices when it writes out what it collected.
    veth.send(5000, file)
    await until('the program is gone', () => !programs.some(alive))
    await seen.capture.stop()
  })

  it('launches nothing any more once it is closed', async () => {
    keeper = await startKeeper([specFor(veth.near)])
    await keeper.close()
    const watcher = { line: () => {}, unflushable: () => {}, exited: () => {} }
    await expect(keeper.launch(0, false, watcher)).rejects.toThrow('has ended')
  })

  it('serves a sensor that is no longer root, and ends its programs when that is killed', async () => {
    const sensor = await unprivilegedSensor()
    children.push(sensor.process)
    expect(sensor.uid).toBe(65_534)
    veth.send(3, file)
    await until('packets came', () => sensor.printed.filter((line) => line === 'frame').length === 3)
    const programs = sensor.descendants()
    expect(programs.length).toBeGreaterThan(1)
    sensor.process.kill('SIGKILL')
    await until('its programs are gone', () => !programs.some(alive))
  })

  /** Runs this project's own capture in a process that gives up root, as the sensor does. */
  async function unprivilegedSensor() {
    const script = join(folder, 'sensor.mts')
    const source = (path: string) => JSON.stringify(join(import.meta.dirname, '../../../../src', path))
    writeFileSync(
      script,
      `import { startKeeper } from ${source('capture/live/keeper.ts')}
import { createLiveCapture } from ${source('capture/live/live-capture.ts')}
const spec = JSON.parse(process.argv[2])
const launcher = await startKeeper([spec])
process.setgroups([])
process.setgid(65534)
process.setuid(65534)
const consumer = { frame: () => console.log('frame') }
const listener = { captureEvent: (level, kind) => console.log(kind) }
const capture = createLiveCapture({ ...spec, source: 0, launcher }, consumer, listener)
await capture.start()
console.log('uid', process.getuid())
`,
    )
    const tsx = join(import.meta.dirname, '../../../../node_modules/tsx/dist/esm/index.mjs')
    const args = ['--import', tsx, script, JSON.stringify(specFor(veth.near))]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const printed: string[] = []
    createInterface({ input: child.stdout }).on('line', (line) => printed.push(line))
    await until('the sensor runs', () => printed.some((line) => line.startsWith('uid')))
    const [, uid] = printed.find((line) => line.startsWith('uid'))?.split(' ') ?? []
    return {
      process: child,
      printed,
      uid: Number(uid),
      descendants: () => descendants(child.pid!),
    }
  }
})

const nameOf = (pid: number) => readFileSync(`/proc/${pid}/comm`, 'latin1').trim()

/** All processes below one. */
function descendants(pid: number): readonly number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim()
  const children = listed === '' ? [] : listed.split(' ').map(Number)
  return [...children, ...children.flatMap(descendants)]
}
