import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, describe, expect, it } from 'vitest'
import { createDirectLauncher } from '../../../../src/capture/live/direct-launcher.ts'
import { canFlush, Flusher } from '../../../../src/capture/live/flusher.ts'
import { until } from '../../../support/until.ts'
import { canCapture, Veth } from '../../../support/veth.ts'
import { capturing, scratch, specFor } from './capturing.ts'

const veth = new Veth('f')
const { file, remove } = scratch()
afterAll(() => {
  veth.remove()
  remove()
})

it('begins nothing for a process that is gone', async () => {
  const child = spawn('true')
  const { pid } = child
  await once(child, 'exit')
  const flusher = new Flusher(pid!)
  expect(flusher.begin()).toBe(false)
  flusher.end()
})

it.skipIf(!canFlush())('signals only a process that waits for input, and leaves it running', async () => {
  const script = 'trap "echo flushed" USR2; while :; do :; done'
  const busy = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  const printed: string[] = []
  busy.stdout.on('data', (chunk) => printed.push(String(chunk)))
  const flusher = new Flusher(busy.pid!)
  expect(flusher.begin()).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 300))
  flusher.end()
  expect(printed).toEqual([])
  expect(spawnSync('ps', ['-o', 'stat=', '-p', String(busy.pid)], { encoding: 'utf8' }).stdout).toMatch(/^R/)
  busy.kill('SIGKILL')
})

describe.skipIf(!canCapture())('packets that a program collects', () => {
  it('are written out soon after the kernel handed them over', async () => {
    veth.make()
    const spec = specFor(veth.near)
    const launcher = createDirectLauncher([spec])
    const seen = capturing(spec, launcher)
    await seen.capture.start()
    for (let i = 1; i <= 5; i++) {
      veth.send(2, file)
      await until('they come', () => seen.frames.length === i * 2)
    }
    // The kernel keeps a block for a second; the rest is for a busy machine.
    for (const { at, tsMicros } of seen.frames) expect(at - tsMicros / 1000).toBeLessThan(1500)
    await seen.capture.stop()
    await launcher.close()
  })

  it('come whole under load', async () => {
    veth.make()
    const spec = specFor(veth.near)
    const launcher = createDirectLauncher([spec])
    const seen = capturing(spec, launcher)
    await seen.capture.start()
    for (let i = 0; i < 5; i++) veth.send(5000, file)
    await until('all came', () => seen.frames.length === 25_000)
    expect(seen.frames.map(({ number }) => number)).toEqual(
      Array.from({ length: 25_000 }, (_, i) => (i % 5000) & 255),
    )
    expect(seen.kinds).toEqual([])
    await seen.capture.stop()
    await launcher.close()
  })
})
