// What the sensor is to do, read and checked: from gait.yaml, the command line and the defaults. Plain data; paths
// are absolute.

import type { CaptureMethod } from '../../model/live.ts'
import type { OutputOptions, RateLimitOptions, SuppressRule } from '../../model/output-options.ts'
import type { LogLevel } from '../control/log-levels.ts'

export interface ListenAddress {
  /** A name or an address, without brackets. */
  readonly host: string
  readonly port: number
}

export interface SensorConfig {
  /** Where it came from; undefined when there was no file. */
  readonly file: string | undefined
  /** One at least, each once; `any` alone. */
  readonly interfaces: readonly string[]
  readonly capture: 'auto' | CaptureMethod
  /** tcpdump or dumpcap: a path, or a name to look up; undefined: whichever there is. */
  readonly captureProgram: string | undefined
  /** In the language of pcap-filter; not checked here. */
  readonly filter: string | undefined
  readonly snaplenBytes: number
  readonly promiscuous: boolean
  /** The kernel's ring of each interface. */
  readonly bufferBytes: number
  /** Files and folders; none: the shipped database. */
  readonly signatures: readonly string[]
  readonly addSignatures: readonly string[]
  readonly watchSignatures: boolean
  readonly exact: boolean
  readonly thresholdMs: number
  readonly checksums: boolean
  readonly maxFlows: number
  /** Write an event of every flow. */
  readonly flows: boolean
  /** Packets shown of a flow. */
  readonly elements: number
  readonly sshMemoryBytes: number
  readonly matchMemoryBytes: number
  /** Give up whole new flows under overload. */
  readonly shed: boolean
  /** One at least. */
  readonly outputs: readonly OutputOptions[]
  readonly rateLimit: RateLimitOptions | undefined
  readonly suppress: readonly SuppressRule[]
  /** 0: only at the end. */
  readonly statsIntervalSeconds: number
  /** Where to serve metrics; undefined: nowhere. */
  readonly metrics: ListenAddress | undefined
  /** Path of the control socket; undefined: none. */
  readonly control: string | undefined
  /** Name or number. */
  readonly user: string | undefined
  readonly group: string | undefined
  readonly allowRoot: boolean
  readonly daemon: boolean
  /** Always there with `daemon`. */
  readonly pidFile: string | undefined
  readonly logLevel: LogLevel
  /** undefined: standard error. Always there with `daemon`. */
  readonly logFile: string | undefined
}
