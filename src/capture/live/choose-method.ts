// Decides what takes the packets, and says why in words fit for the start of a log. A pipe from tcpdump comes
// first: it stamps in the kernel and tells drops while it runs. cap comes last: it does neither.

import { createRequire } from 'node:module'
import { basename } from 'node:path'
import type { CaptureMethod } from '../../model/live.ts'
import { OperatorError } from '../../model/operator-error.ts'
import { findProgram } from './find-program.ts'

export interface MethodChoice {
  readonly method: CaptureMethod
  /** The path of tcpdump or dumpcap; undefined for `cap`. */
  readonly program: string | undefined
  /** One sentence: what was chosen and why. */
  readonly why: string
}

const INSTALL = 'apt-get install tcpdump'
const BUILD_CAP =
  'npm install cap, which needs a compiler, python3 and the headers of libpcap (apt-get install libpcap-dev)'

const REASONS = {
  tcpdump: 'it stamps packets in the kernel and tells drops while it runs',
  dumpcap: 'it stamps packets in the kernel, but tells drops only when it ends',
  cap: 'packets are stamped on arrival, drops are not told, and the device is always promiscuous',
}

/**
 * @param program - for `pipe` and `auto`: the tcpdump or dumpcap to use, a name or a path
 * @throws OperatorError when nothing here can capture like that
 */
export function chooseMethod(wanted: 'auto' | CaptureMethod, program?: string): MethodChoice {
  if (program !== undefined) return namedProgram(wanted, program)
  const found = wanted === 'cap' ? undefined : pipeProgram()
  if (found !== undefined) return found
  if (wanted === 'pipe')
    throw new OperatorError('device', 'cannot capture by pipe: neither tcpdump nor dumpcap is found', INSTALL)
  const trouble = capTrouble()
  if (trouble === undefined) return capChoice(wanted)
  if (wanted === 'cap') throw new OperatorError('device', `cannot capture by cap: ${trouble}`, BUILD_CAP)
  const nothing = 'cannot capture: neither tcpdump nor dumpcap is found, and the npm module cap does not load'
  throw new OperatorError('device', nothing, INSTALL)
}

/** What a program is by its name, as in `/opt/bin/tcpdump-4.99`. */
export function programKind(path: string): 'tcpdump' | 'dumpcap' | undefined {
  const name = basename(path)
  if (name.startsWith('tcpdump')) return 'tcpdump'
  return name.startsWith('dumpcap') ? 'dumpcap' : undefined
}

function namedProgram(wanted: 'auto' | CaptureMethod, name: string): MethodChoice {
  if (wanted === 'cap')
    throw new OperatorError('usage', `cap runs no program, but ${name} is named`, 'capture by pipe')
  const kind = programKind(name)
  if (kind === undefined)
    throw new OperatorError('usage', `cannot capture with ${name}`, 'name a tcpdump or a dumpcap')
  const path = findProgram(name)
  if (path === undefined) {
    const package_ = kind === 'tcpdump' ? 'tcpdump' : 'wireshark-common'
    throw new OperatorError('device', `cannot run ${name}: no such program`, `apt-get install ${package_}`)
  }
  return pipeChoice(path, kind)
}

function pipeProgram(): MethodChoice | undefined {
  for (const kind of ['tcpdump', 'dumpcap'] as const) {
    const path = findProgram(kind)
    if (path !== undefined) return pipeChoice(path, kind)
  }
  return undefined
}

function pipeChoice(program: string, kind: 'tcpdump' | 'dumpcap'): MethodChoice {
  return { method: 'pipe', program, why: `capturing by a pipe from ${program}: ${REASONS[kind]}` }
}

function capChoice(wanted: 'auto' | 'cap'): MethodChoice {
  const because = wanted === 'cap' ? '' : 'neither tcpdump nor dumpcap is found; '
  return { method: 'cap', program: undefined, why: `capturing by cap: ${because}${REASONS.cap}` }
}

/** Why cap does not load; it is optional, and a failed build of it makes no noise. */
function capTrouble(): string | undefined {
  try {
    createRequire(import.meta.url)('cap')
    return undefined
  } catch (error) {
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n')
    return `the npm module cap does not load (${first})`
  }
}
