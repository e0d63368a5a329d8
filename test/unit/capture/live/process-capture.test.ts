// With real devices and the real programs: see test/support/veth.ts for what they need.

import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaptureSpec } from '../../../../src/capture/live/capture-plan.ts'
import { createDirectLauncher } from '../../../../src/capture/live/direct-launcher.ts'
import type { CaptureLauncher } from '../../../../src/capture/live/launcher.ts'
import { hasTool } from '../../../support/tools.ts'
import { until } from '../../../support/until.ts'
import { canCapture, Veth } from '../../../support/veth.ts'
import { type Capturing, capturing, scratch, specFor } from './capturing.ts'

const live = describe.skipIf(!canCapture())
const veth = new Veth('p')
const { folder, file, remove } = scratch()
afterAll(remove)
let launcher: CaptureLauncher | undefined
let current: Capturing | undefined

const begin = (spec: CaptureSpec): Capturing => {
  launcher = createDirectLauncher([spec])
  current = capturing(spec, launcher)
  return current
}

const numbers = ({ frames }: Capturing) => frames.map(({ number }) => number)
const firstNumbers = (count: number) => Array.from({ length: count }, (_, i) => i & 255)

/** Processes that capture our device. */
const programs = () =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(`\0-i\0${veth.near}\0`))
    .map(Number)

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
  } catch {
    return ''
  }
}

live('a capture', () => {
  beforeEach(() => {
    veth.make()
  })
  afterEach(async () => {
    await current?.capture.stop()
    await launcher?.close()
    veth.remove()
  })

  const methods = [
    ['tcpdump', () => specFor(veth.near, 'pipe', 'tcpdump')],
    ['dumpcap', () => specFor(veth.near, 'pipe', 'dumpcap')],
    ['cap', () => specFor(veth.near, 'cap')],
  ] as const

  for (const [name, spec] of methods) {
    const possible = name === 'cap' || hasTool(name)

    it.skipIf(!possible)(`by ${name} hands on every packet in order, stamped when it came`, async () => {
      const seen = begin(spec())
      await seen.capture.start()
      expect(seen.capture.state).toBe('running')
      const began = Date.now()
      veth.send(300, file)
      await until('all came', () => seen.frames.length === 300)
      expect(numbers(seen)).toEqual(firstNumbers(300))
      for (const { tsMicros } of seen.frames) {
        expect(tsMicros / 1000).toBeGreaterThan(began - 50)
        expect(tsMicros / 1000).toBeLessThan(Date.now() + 50)
      }
      await seen.capture.stop()
      expect(seen.capture.state).toBe('stopped')
      expect(seen.capture.totals()).toEqual(
        name === 'cap' ? { received: undefined, dropped: undefined } : { received: 300, dropped: 0 },
      )
      expect(seen.kinds).toEqual([])
    })

    it.skipIf(!possible)(`by ${name} hands on what it took before it is stopped`, async () => {
      const seen = begin(spec())
      await seen.capture.start()
      veth.send(100, file)
      await until('some came', () => seen.frames.length > 0)
      await seen.capture.stop()
      expect(numbers(seen)).toEqual(firstNumbers(100))
      expect(programs()).toEqual([])
    })

    it.skipIf(!possible)(`by ${name} outlives a device that goes away and comes back`, async () => {
      const seen = begin(spec())
      await seen.capture.start()
      veth.remove()
      await until('it waits', () => seen.capture.state === 'waiting')
      await new Promise((resolve) => setTimeout(resolve, 1500))
      veth.make()
      await until('it is back', () => seen.capture.state === 'running')
      veth.send(10, file)
      await until('packets come', () => seen.frames.length === 10)
      expect(seen.kinds).toEqual(['device-lost', 'device-back'])
    })

    it.skipIf(!possible)(`by ${name} outlives a device that is switched off and on`, async () => {
      const seen = begin(spec())
      await seen.capture.start()
      veth.set('down')
      await until('it waits', () => seen.capture.state === 'waiting')
      veth.set('up')
      await until('it is back', () => seen.capture.state === 'running')
      veth.send(10, file)
      await until('packets come', () => seen.frames.length === 10)
      expect(seen.kinds).toEqual(['device-lost', 'device-back'])
    })

    it.skipIf(!possible)(`by ${name} refuses in the program's words what it cannot open`, async () => {
      const absent = begin({ ...spec(), device: 'nosuch' })
      await expect(absent.capture.start()).rejects.toMatchObject({
        code: 'device',
        message: expect.stringMatching(/^cannot capture on nosuch: .*no(t|) .*such|there is no device/i),
      })
      await launcher?.close()
      const wrong = begin({ ...spec(), filter: 'tcp prt 22' })
      await expect(wrong.capture.start()).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining('syntax error'),
      })
    })
  }

  it('tells of a program that was killed, starts it again, and adds up its totals', async () => {
    const seen = begin(specFor(veth.near))
    await seen.capture.start()
    veth.send(7, file)
    await until('all came', () => seen.frames.length === 7)
    seen.capture.askTotals()
    await until('totals came', () => seen.capture.totals().received === 7)
    for (const pid of programs()) process.kill(pid, 'SIGKILL')
    await until('it runs again', () => seen.kinds.length === 2)
    expect(seen.kinds).toEqual(['capture-ended', 'capture-restarted'])
    expect(seen.messages[0]).toBe(`${veth.near} lost its tcpdump (signal SIGKILL)`)
    veth.send(5, file)
    await until('packets come', () => seen.frames.length === 12)
    await seen.capture.stop()
    expect(seen.capture.totals()).toEqual({ received: 12, dropped: 0 })
  })

  it('waits for a device that is switched off at the start', async () => {
    veth.set('down')
    const seen = begin(specFor(veth.near))
    await seen.capture.start()
    expect(seen.capture.state).toBe('waiting')
    expect(seen.messages).toEqual([`${veth.near} is down: waiting for it to come up`])
    veth.set('up')
    await until('it is back', () => seen.capture.state === 'running')
    expect(seen.kinds).toEqual(['device-lost', 'device-back'])
  })

  it('tells of a lost carrier, and goes on', async () => {
    const seen = begin(specFor(veth.near))
    await seen.capture.start()
    veth.set('down', veth.far)
    await until('it tells', () => seen.kinds.length === 1)
    expect(seen.capture.state).toBe('running')
    veth.set('up')
    await until('it tells', () => seen.kinds.length === 2)
    expect(seen.kinds).toEqual(['carrier-lost', 'carrier-back'])
  })

  it('can be stopped while it waits to try again', async () => {
    veth.set('down')
    const seen = begin(specFor(veth.near))
    await seen.capture.start()
    const began = performance.now()
    await seen.capture.stop()
    expect(performance.now() - began).toBeLessThan(1000)
    expect(seen.capture.state).toBe('stopped')
  })

  it.skipIf(!hasTool('setpriv'))('asks for a permission that is missing', async () => {
    const program = join(folder, 'tcpdump-for-nobody')
    writeFileSync(program, '#!/bin/sh\nexec setpriv --reuid 65534 --clear-groups tcpdump "$@"\n')
    chmodSync(program, 0o755)
    const seen = begin(specFor(veth.near, 'pipe', program))
    await expect(seen.capture.start()).rejects.toMatchObject({
      code: 'permission',
      hint: expect.stringContaining('setcap'),
    })
  })
})
