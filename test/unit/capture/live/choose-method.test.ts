import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chooseMethod, programKind } from '../../../../src/capture/live/choose-method.ts'
import { findProgram } from '../../../../src/capture/live/find-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-'))
const { PATH: path = '' } = process.env

const program = (name: string): string => {
  const file = join(folder, name)
  writeFileSync(file, '#!/bin/sh\n')
  chmodSync(file, 0o755)
  return file
}

beforeAll(() => {
  Object.assign(process.env, { PATH: folder })
})
afterAll(() => {
  Object.assign(process.env, { PATH: path })
  rmSync(folder, { recursive: true })
})

/** Also looked for where administration tools live: what is installed there cannot be hidden. */
const elsewhere = ['tcpdump', 'dumpcap'].some((name) => findProgram(`/usr/sbin/${name}`) !== undefined)

const capLoads = (() => {
  try {
    return createRequire(import.meta.url)('cap') !== undefined
  } catch {
    console.warn('skipped: tests that need the npm module cap, which does not load')
    return false
  }
})()

it.skipIf(elsewhere || !capLoads)('falls back to cap, and says what that costs', () => {
  expect(chooseMethod('auto')).toEqual({
    method: 'cap',
    program: undefined,
    why: 'capturing by cap: neither tcpdump nor dumpcap is found; packets are stamped on arrival, drops are not told, and the device is always promiscuous',
  })
})

it.skipIf(elsewhere)('refuses a pipe without a program', () => {
  expect(() => chooseMethod('pipe')).toThrow(
    expect.objectContaining({ code: 'device', hint: 'apt-get install tcpdump' }),
  )
})

it('prefers tcpdump to dumpcap, and says why', () => {
  const dumpcap = program('dumpcap')
  if (!elsewhere) expect(chooseMethod('auto')).toMatchObject({ method: 'pipe', program: dumpcap })
  const tcpdump = program('tcpdump')
  const why = `capturing by a pipe from ${tcpdump}: it stamps packets in the kernel and tells drops while it runs`
  expect(chooseMethod('auto')).toEqual({ method: 'pipe', program: tcpdump, why })
  expect(chooseMethod('pipe')).toEqual({ method: 'pipe', program: tcpdump, why })
})

it('takes the program that is named', () => {
  const named = program('dumpcap-4')
  expect(chooseMethod('auto', named)).toMatchObject({ method: 'pipe', program: named })
  expect(chooseMethod('pipe', 'dumpcap-4')).toMatchObject({ method: 'pipe', program: named })
})

it('refuses named programs that are absent, of no known kind, or not run by the method', () => {
  const refused = (code: string) => expect.objectContaining({ code, hint: expect.any(String) })
  expect(() => chooseMethod('pipe', '/nowhere/tcpdump')).toThrow(refused('device'))
  expect(() => chooseMethod('pipe', '/bin/sh')).toThrow(refused('usage'))
  expect(() => chooseMethod('cap', 'tcpdump')).toThrow(refused('usage'))
})

it.skipIf(!capLoads)('takes cap when asked to', () => {
  expect(chooseMethod('cap')).toMatchObject({ method: 'cap', program: undefined })
})

it('knows programs by the beginning of their names', () => {
  expect(programKind('/opt/bin/tcpdump-4.99')).toBe('tcpdump')
  expect(programKind('dumpcap')).toBe('dumpcap')
  expect(programKind('/usr/bin/tshark')).toBeUndefined()
})
