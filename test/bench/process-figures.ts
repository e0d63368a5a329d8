// What running processes have used so far, as /proc tells.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second. */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** A process and all its descendants. */
export function familyOf(pid: number): readonly number[] {
  const family = [pid]
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(statOf(Number(name))[1] ?? 0) }))
  for (const one of family) for (const other of parents) if (other.parent === one) family.push(other.pid)
  return family
}

/** User and system time together, of all of them that still run. */
export function cpuSecondsOf(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const fields = statOf(pid)
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  })
  return ticks.reduce((sum, value) => sum + value, 0) / TICKS
}

/** Their greatest resident memory so far, added up. */
export function peakBytesOf(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => Number(/^VmHWM:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? 0))
  return kilobytes.reduce((sum, value) => sum + value, 0) * 1024
}

/** Fields of proc(5) from the state on: the name before may hold anything. */
function statOf(pid: number): readonly string[] {
  const stat = read(pid, 'stat')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function read(pid: number, file: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    // It has ended.
    return ''
  }
}
