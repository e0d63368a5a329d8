// Two network namespaces and a cable: the sender at one end, a watcher at the other. One bed for one measurement, so
// that nothing of the last one is left.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BENCH_DIR } from './captures.ts'
import { cpuSecondsOf, familyOf, peakBytesOf } from './process-figures.ts'

export interface Burst {
  /** A name in $BENCH_DIR, or a path. */
  readonly capture: string
  /** Packets a second; 0: as fast as it goes. */
  readonly rate: number
  readonly seconds: number
}

/** What a watcher tells when it ends. */
export interface Told {
  readonly seen: number
  readonly dropped: number | undefined
  readonly stallMs: number | undefined
}

export interface Watcher {
  /** @returns undefined when it is not installed */
  readonly command: (bed: LiveBed) => readonly string[] | undefined
  /** Is said on one of its outputs when it watches. */
  readonly ready: RegExp
  /** Asks what it has to be asked before it ends; ends it; says what it saw. */
  readonly end: (bed: LiveBed, watcher: Watching) => Promise<Told>
  /** It looks at TCP alone. */
  readonly seesTcpOnly?: boolean
  /** Is called just before the burst. */
  readonly begin?: (bed: LiveBed) => Promise<void>
}

export interface Watching {
  readonly child: ChildProcess
  /** What it has said on both outputs. */
  said: () => string
}

export interface Shot extends Told {
  /** Longest stall of a process that does nothing, at the same time. */
  readonly idleMs: number
  readonly sent: number
  readonly seconds: number
  /** What reached the interface, of what the watcher looks at. */
  readonly came: number
  readonly cpuSeconds: number
  /** Of the watcher and its children together, each at its own peak. */
  readonly peakBytes: number
}

const DEVICE = 'soakb'
/** Time for a ring to be emptied after the burst. */
export const SETTLE_MS = 1500
const READY_MS = 20_000

export class LiveBed {
  readonly folder = mkdtempSync(join(tmpdir(), 'gait-bench-'))
  readonly device = DEVICE
  readonly #sender: string
  readonly #a = `soak-a-${process.pid}`
  readonly #b = `soak-b-${process.pid}`
  readonly #children: ChildProcess[] = []

  /** @param mtu - slots of a ring are as long, where no offload makes them longer; some captures hold long frames */
  constructor(sender: string, mtu = 1500) {
    this.#sender = sender
    const ip = (...args: readonly string[]) => execFileSync('ip', args)
    for (const name of [this.#a, this.#b]) {
      ip('netns', 'add', name)
      // No neighbour discovery beside what is sent.
      execFileSync('ip', ['netns', 'exec', name, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1'])
    }
    ip('link', 'add', 'soaka', 'netns', this.#a, 'type', 'veth', 'peer', 'name', DEVICE, 'netns', this.#b)
    ip('-n', this.#a, 'link', 'set', 'soaka', 'mtu', String(mtu), 'up')
    ip('-n', this.#b, 'link', 'set', DEVICE, 'mtu', String(mtu), 'up')
    ip('-n', this.#b, 'link', 'set', 'lo', 'up')
  }

  /** @param switches - of `ethtool -K`, at the watcher's end */
  offload(...switches: readonly string[]): void {
    execFileSync('ip', ['netns', 'exec', this.#b, 'ethtool', '-K', DEVICE, ...switches])
    execFileSync('ip', ['netns', 'exec', this.#a, 'ethtool', '-K', 'soaka', ...switches])
  }

  file(name: string): string {
    return join(this.folder, name)
  }

  /** @returns undefined when the watcher is not installed */
  async shoot(watcher: Watcher, burst: Burst): Promise<Shot | undefined> {
    const command = watcher.command(this)
    if (command === undefined) return undefined
    const watching = await this.watch(command, watcher.ready)
    const family = familyOf(watching.child.pid ?? 0)
    const cpuBefore = cpuSecondsOf(family)
    const cameBefore = this.#received()
    await watcher.begin?.(this)
    const idle = new IdleStall()
    const sent = await this.send(burst)
    await pause(SETTLE_MS)
    const idleMs = await idle.end()
    const came = this.#received() - cameBefore
    const grown = familyOf(watching.child.pid ?? 0)
    const cpuSeconds = cpuSecondsOf(grown) - cpuBefore
    const peakBytes = peakBytesOf(grown)
    const told = await watcher.end(this, watching)
    // Nothing but the burst is on the cable; what the cable lost of it was TCP in the same measure.
    const looked =
      watcher.seesTcpOnly === true ? Math.round((sent.tcp * came) / Math.max(1, sent.sent)) : came
    return { ...told, ...sent, came: looked, cpuSeconds, peakBytes, idleMs }
  }

  remove(): void {
    for (const child of this.#children) if (child.exitCode === null) child.kill('SIGKILL')
    for (const name of [this.#a, this.#b]) spawnSync('ip', ['netns', 'delete', name])
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Starts a watcher. */
  async watch(command: readonly string[], ready: RegExp): Promise<Watching> {
    const child = spawn('ip', ['netns', 'exec', this.#b, ...command], { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#children.push(child)
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    const until = performance.now() + READY_MS
    while (!ready.test(said)) {
      if (performance.now() > until || child.exitCode !== null)
        throw new Error(`${command.join(' ')} does not watch: ${said}`)
      await pause(50)
    }
    await pause(500)
    return { child, said: () => said }
  }

  /** Resolves when all is sent. */
  async send({ capture, rate, seconds }: Burst): Promise<{ sent: number; tcp: number; seconds: number }> {
    const file = existsSync(capture) ? capture : join(BENCH_DIR, `${capture}.pcap`)
    const args = ['netns', 'exec', this.#a, this.#sender, 'soaka', file, String(rate), String(seconds)]
    const child = spawn('ip', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    await once(child, 'close')
    const found = /^sent (\d+) tcp (\d+) .* seconds ([\d.]+)$/m.exec(text)
    const [sent = 0, tcp = 0, took = 1] = found?.slice(1).map(Number) ?? []
    return { sent, tcp, seconds: took }
  }

  /** Frames that reached the watcher's end. */
  #received(): number {
    const args = ['netns', 'exec', this.#b, 'cat', '/proc/net/dev']
    const text = execFileSync('ip', args, { encoding: 'utf8' })
    const line = text.split('\n').find((row) => row.trim().startsWith(`${DEVICE}:`))
    return Number(line?.split(':')[1]?.trim().split(/\s+/)[1] ?? 0)
  }
}

/** What the machine itself adds to stalls. */
export class IdleStall {
  readonly #child = spawn(process.execPath, [join(import.meta.dirname, 'idle-stall.mjs')])
  #said = ''

  constructor() {
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text
    })
  }

  /** @returns ms */
  async end(): Promise<number> {
    this.#child.kill('SIGTERM')
    await once(this.#child, 'close')
    return Number(this.#said)
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${program}`]).status === 0
}
