// Runs the built command line as a child process. test/support/build.ts builds it before the tests start.

import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

export const MAIN = join(import.meta.dirname, '../../dist/cli/main.js')

export const GOLDEN = join(import.meta.dirname, '../golden')

/** Small captures that are always there. */
export const GOLDEN_CAPTURES = ['telnet-by-hand', 'smtp-by-hand', 'dns-lookups', 'port-scan'].map((name) =>
  join(GOLDEN, name, 'input.pcap'),
)

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly input?: string | Uint8Array
}

/** Runs a command line to its end. */
export function runGait(args: readonly string[], { cwd, input = '' }: RunOptions = {}): Outcome {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (error !== undefined) throw error
  return { code: status, stdout, stderr }
}

/** Runs a shell command in which `gait` is the command line. */
export function runShell(command: string, cwd?: string): Outcome {
  const gait = `gait() { '${process.execPath}' '${MAIN}' "$@"; }`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `${gait}; ${command}`], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { code: status, stdout, stderr }
}

/** Starts a command line whose standard input stays open. */
export function startGait(args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [MAIN, ...args])
}

/** A line of EVE JSON, with what all events of a flow share. */
export interface EveEvent {
  readonly timestamp: string
  readonly event_type: string
  readonly flow_id?: number
  readonly pcap_filename?: string
  readonly vlan?: readonly number[]
  readonly src_ip?: string
  readonly src_port?: number
  readonly dest_ip?: string
  readonly dest_port?: number
  readonly proto?: string
  readonly icmp_type?: number
  readonly icmp_code?: number
  readonly community_id?: string
  readonly app_proto?: string
  readonly alert?: { readonly signature_id: number; readonly signature: string }
  readonly flow?: FlowPart
  readonly tcp?: Readonly<Record<string, unknown>>
  readonly stats?: { readonly decoder: { readonly pkts: number; readonly invalid: number } }
  readonly gait: GaitPart
}

interface FlowPart {
  readonly pkts_toserver: number
  readonly pkts_toclient: number
  readonly bytes_toserver: number
  readonly bytes_toclient: number
  readonly start: string
  readonly end: string
  readonly state: string
  readonly reason: string
  readonly alerted: boolean
}

interface GaitPart {
  readonly class?: string
  readonly classes: Readonly<Record<string, number>>
  readonly payload_toserver: number
  readonly payload_toclient: number
  readonly missing_bytes: number
  readonly retransmits: number
  readonly reordered: number
  readonly sequence: string
  readonly truncated: boolean
  readonly messages?: string
  readonly keystrokes?: number
  readonly unsure?: readonly string[]
  readonly why?: readonly { readonly message: string }[]
  readonly think_ms?: number
  readonly latency_ms?: number
  readonly wait_ms?: number
  readonly campaign?: object
  readonly counters?: Readonly<Record<string, number>>
}

/** @throws Error when a line is no JSON */
export function parseEve(text: string): readonly EveEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EveEvent)
}

/** All events of captures, flows included, from one run of the program. */
export function eventsOf(captures: readonly string[], ...options: readonly string[]): readonly EveEvent[] {
  const { code, stdout, stderr } = runGait(['replay', '--format', 'eve', '--flows', ...options, ...captures])
  if (code !== 0) throw new Error(`gait replay ended with ${code}: ${stderr}`)
  return parseEve(stdout)
}

/** `10.0.0.1:4711`, `[fd00::1]:22`, as labels and reports name an end. */
export function endpoint(address: string, port: number | undefined): string {
  if (port === undefined) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** Seconds since the epoch, with the microseconds that Date does not keep. */
export function secondsOf(timestamp: string): number {
  const [whole = '', fraction = ''] = timestamp.replace('+0000', '').split('.')
  return Date.parse(`${whole}Z`) / 1000 + Number(`0.${fraction}`)
}
