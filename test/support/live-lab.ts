// Two hosts that are network namespaces, joined by a veth pair: a real sshd on one, real clients on the other, the
// sensor beside the server. Needs root, ip and sshd; tests ask canBuildLab first, and say that they skip.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAIN } from './gait.ts'
import { isInstalled } from './tools.ts'

export const SERVER = '10.97.0.1'
export const CLIENT = '10.97.0.2'

/** What the lab lacks here; undefined when it can be built. Says so on standard error. */
export function lacksForLab(...tools: readonly string[]): string | undefined {
  const lacking = process.getuid?.() !== 0 ? 'root' : tools.find((tool) => !isInstalled(tool))
  const lack = lacking ?? (canMakeNamespace() ? undefined : 'the right to make network namespaces')
  if (lack !== undefined) console.warn(`skipped: live tests, which need ${lack}`)
  return lack
}

function canMakeNamespace(): boolean {
  const name = `gait-probe-${process.pid}`
  const made = spawnSync('ip', ['netns', 'add', name]).status === 0
  if (made) spawnSync('ip', ['netns', 'delete', name])
  return made
}

/** Polls until `isSo` gives something. */
export async function eventually<T>(what: string, isSo: () => T | undefined, withinMs = 10_000): Promise<T> {
  const until = Date.now() + withinMs
  for (;;) {
    const found = isSo()
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** The server's end of a cable, by its number. */
export const serverEnd = (cable: number) => `gaits${cable}`
export const clientEnd = (cable: number) => `gaitc${cable}`

/** The address that a host has on another cable than the first. */
function onCable(address: string, cable: number): string {
  const [a, b, , d] = address.split('.')
  return [a, b, cable, d].join('.')
}

export class LiveLab {
  readonly folder = mkdtempSync(join(tmpdir(), 'gait-live-'))
  /** The server's end of the cable. */
  readonly device = serverEnd(0)
  readonly #server: string
  readonly #client: string
  readonly #children: ChildProcess[] = []

  /** @param prefix - of the names of both namespaces */
  constructor(prefix = 'gait') {
    const mark = `${process.pid}-${Math.floor(performance.now())}`
    this.#server = `${prefix}-s-${mark}`
    this.#client = `${prefix}-c-${mark}`
    this.#ip('netns', 'add', this.#server)
    this.#ip('netns', 'add', this.#client)
    this.plug()
  }

  /** Joins the hosts by a cable, the first or one more; both have their addresses. */
  plug(cable = 0): void {
    const device = serverEnd(cable)
    const other = clientEnd(cable)
    const peer = ['peer', 'name', other, 'netns', this.#client]
    this.#ip('link', 'add', device, 'netns', this.#server, 'type', 'veth', ...peer)
    this.#ip('-n', this.#server, 'address', 'add', `${onCable(SERVER, cable)}/24`, 'dev', device)
    this.#ip('-n', this.#client, 'address', 'add', `${onCable(CLIENT, cable)}/24`, 'dev', other)
    for (const name of ['lo', device]) this.#ip('-n', this.#server, 'link', 'set', name, 'up')
    for (const name of ['lo', other]) this.#ip('-n', this.#client, 'link', 'set', name, 'up')
  }

  unplug(cable = 0): void {
    this.#ip('-n', this.#server, 'link', 'delete', serverEnd(cable))
  }

  /** Takes the server's interface down, or up again. */
  setLink(state: 'up' | 'down', cable = 0): void {
    this.#ip('-n', this.#server, 'link', 'set', serverEnd(cable), state)
  }

  /** Lets the first cable carry frames as long as receive offload makes them, in both directions. */
  takeLongFrames(): void {
    this.#ip('-n', this.#server, 'link', 'set', this.device, 'mtu', '65535')
    this.#ip('-n', this.#client, 'link', 'set', clientEnd(0), 'mtu', '65535')
  }

  file(name: string, content?: string): string {
    const path = join(this.folder, name)
    if (content !== undefined) writeFileSync(path, content)
    return path
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8')
  }

  /** Starts a program on the server's side. */
  onServer(command: string, ...args: readonly string[]): ChildProcess {
    return this.#start(this.#server, command, args)
  }

  onClient(command: string, ...args: readonly string[]): ChildProcess {
    return this.#start(this.#client, command, args)
  }

  /** Runs a program on the client's side to its end. @returns its exit code */
  async runOnClient(command: string, ...args: readonly string[]): Promise<number | null> {
    const child = this.onClient(command, ...args)
    child.stdout?.resume()
    child.stderr?.resume()
    const [code] = await once(child, 'close')
    return code
  }

  /** A real sshd on port 22 that asks for passwords. */
  async startSshd(): Promise<void> {
    const key = this.file('host_key')
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
    spawnSync('mkdir', ['-p', '/run/sshd'])
    const config = [
      `HostKey ${key}`,
      'PidFile none',
      'UsePAM no',
      'PasswordAuthentication yes',
      'KbdInteractiveAuthentication no',
      'MaxAuthTries 6',
      'MaxStartups 100',
      'PerSourcePenalties no',
    ]
    // Older servers do not know the last one.
    const lines = config.filter((line) => !line.startsWith('PerSource') || sshdKnowsPenalties())
    this.onServer('/usr/sbin/sshd', '-D', '-e', '-f', this.file('sshd_config', `${lines.join('\n')}\n`))
    const isUp = () =>
      spawnSync('ip', ['netns', 'exec', this.#client, 'bash', '-c', `</dev/tcp/${SERVER}/22`]).status === 0
        ? true
        : undefined
    await eventually('sshd', isUp)
  }

  /** A login with a wrong password, by OpenSSH. */
  tryWrongPassword(password: string, user = 'nobody'): Promise<number | null> {
    const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'NumberOfPasswordPrompts=1']
    const ssh = [...options, 'PreferredAuthentications=password'].flatMap((option) => ['-o', option])
    return this.runOnClient('sshpass', '-p', password, 'ssh', ...ssh, `${user}@${SERVER}`, 'true')
  }

  /** Kills the programs of that name on the server's side. */
  killOnServer(name: string): void {
    for (const pid of this.#pidsOf(this.#server))
      if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name) kill(pid)
  }

  /** Ends what was started, and leaves nothing behind, unless the files shall stay. */
  async remove(keepsFiles = false): Promise<void> {
    for (const child of this.#children)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    for (const name of [this.#server, this.#client]) {
      for (const pid of this.#pidsOf(name)) kill(pid)
      spawnSync('ip', ['netns', 'delete', name])
    }
    if (!keepsFiles) rmSync(this.folder, { recursive: true, force: true })
  }

  #start(host: string, command: string, args: readonly string[]): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', host, command, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#children.push(child)
    return child
  }

  #pidsOf(host: string): readonly number[] {
    const { stdout } = spawnSync('ip', ['netns', 'pids', host], { encoding: 'utf8' })
    return stdout.split('\n').filter(Boolean).map(Number)
  }

  #ip(...args: readonly string[]): void {
    const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function sshdKnowsPenalties(): boolean {
  return spawnSync('/usr/sbin/sshd', ['-T', '-o', 'PerSourcePenalties=no'], { stdio: 'ignore' }).status === 0
}

/** A sensor in a lab, with a log that can be read. */
export class LabSensor {
  readonly child: ChildProcess
  readonly #lab: LiveLab
  #log = ''
  readonly #ended: Promise<number | null>

  constructor(lab: LiveLab, ...options: readonly string[]) {
    this.#lab = lab
    const fixed = ['-i', lab.device, '--allow-root', '--metrics', 'off', '--control', lab.file('gait.sock')]
    this.child = lab.onServer(process.execPath, MAIN, 'sensor', ...fixed, ...options)
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text
    })
    this.child.stdout?.resume()
    this.#ended = once(this.child, 'close').then(([code]) => code)
  }

  get log(): string {
    return this.#log
  }

  /** Waits for a line of the log of some kind. */
  async says(kind: string, times = 1, withinMs = 10_000): Promise<void> {
    const isSaid = () => (this.#log.split(`"kind":"${kind}"`).length > times ? true : undefined)
    await eventually(`the sensor's log to say ${kind}: ${this.#log}`, isSaid, withinMs).catch((error) => {
      throw new Error(`${error.message}\n${this.#log}`)
    })
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name)
  }

  async end(name: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.signal(name)
    return this.#ended
  }

  /** What `gait ctl` answers. */
  ask(...command: readonly string[]): {
    readonly code: number | null
    readonly stdout: string
    readonly stderr: string
  } {
    const args = [MAIN, 'ctl', '--control', this.#lab.file('gait.sock'), ...command]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    return { code: status, stdout, stderr }
  }
}
