// A pipe that stays open, as `tcpdump -w -` makes it: hits come at once, and a signal ends it in order.

import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, describe, expect, it } from 'vitest'
import { parseEve, startGait } from '../support/gait.ts'
import { Workspace } from '../support/workspace.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())
const { capture, hits } = workspace
const middle = workspace.recordAt(120)

/** A replay of standard input, and what it has printed so far. */
class LiveReplay {
  readonly child: ChildProcessWithoutNullStreams
  stdout = ''
  stderr = ''
  readonly #ended: Promise<number | null>

  constructor(options: readonly string[]) {
    this.child = startGait(['replay', '-s', `${workspace.folder}/telnet.sig`, ...options, '-'])
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.#ended = once(this.child, 'close').then(([code]) => code)
  }

  send(bytes: Uint8Array): void {
    this.child.stdin.write(bytes)
  }

  async shows(lines: number): Promise<void> {
    while (this.stdout.split('\n').length - 1 < lines) await once(this.child.stdout, 'data')
  }

  ended(): Promise<number | null> {
    return this.#ended
  }
}

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const

describe('a live pipe', () => {
  it('shows hits while it is open', async () => {
    const replay = new LiveReplay(['-l', '-t'])
    replay.send(capture.subarray(0, middle))
    await replay.shows(3)
    expect(replay.stdout).toBe(`${hits.split('\n').slice(0, 3).join('\n')}\n`)
    expect(replay.child.exitCode).toBeNull()
    replay.send(capture.subarray(middle))
    await replay.shows(5)
    replay.child.stdin.end()
    expect(await replay.ended()).toBe(0)
    expect(replay).toMatchObject({ stdout: hits, stderr: '' })
  })

  it('is read in pieces of any size', async () => {
    const replay = new LiveReplay(['-l', '-t'])
    for (let at = 0; at < capture.length; at += 997) {
      replay.send(capture.subarray(at, at + 997))
      await new Promise((resolve) => setImmediate(resolve))
    }
    replay.child.stdin.end()
    expect(await replay.ended()).toBe(0)
    expect(replay.stdout).toBe(hits)
  })

  it.each(SIGNALS)('ends on %s with all reports that were due, and exit code %d', async (signal, code) => {
    const replay = new LiveReplay(['--format', 'eve', '--flows', '--summary'])
    replay.send(capture.subarray(0, middle))
    await replay.shows(3)
    replay.child.kill(signal)
    expect(await replay.ended()).toBe(code)
    const events = parseEve(replay.stdout)
    expect(events.map(({ event_type }) => event_type)).toEqual(['alert', 'alert', 'alert', 'flow', 'stats'])
    expect(events[3]?.flow).toMatchObject({ state: 'established', reason: 'shutdown' })
    expect(replay.stderr).toContain('hits:       3')
  })

  it.each(SIGNALS)('that says nothing can be ended by %s', async (signal, code) => {
    const replay = new LiveReplay(['-l'])
    replay.send(capture.subarray(0, 24))
    await new Promise((resolve) => setTimeout(resolve, 500))
    replay.child.kill(signal)
    expect(await replay.ended()).toBe(code)
    expect(replay).toMatchObject({ stdout: '', stderr: '' })
  })

  it('that breaks off is told of like a cut file', async () => {
    const replay = new LiveReplay(['-l', '-t'])
    replay.send(capture.subarray(0, middle + 30))
    replay.child.stdin.end()
    expect(await replay.ended()).toBe(0)
    expect(replay.stdout.split('\n')).toHaveLength(4)
    expect(replay.stderr).toMatch(/^-: byte \d+: warning: .*cut\n$/)
  })
})
