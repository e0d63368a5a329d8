// `gait extract` as an author uses it.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { GOLDEN, parseEve, runGait } from '../support/gait.ts'
import { ends, ethernet, udp } from '../support/packet.ts'
import { writePcap } from '../support/pcap-writer.ts'
import { Scratch } from '../support/scratch.ts'

const TELNET = join(GOLDEN, 'telnet-by-hand')
const expected = (file: string) => join(GOLDEN, 'extract', file)
const scratch = new Scratch()
afterAll(() => scratch.remove())
copyFileSync(join(TELNET, 'input.pcap'), scratch.path('in.pcap'))
copyFileSync(join(TELNET, 'input.sig'), scratch.path('a.sig'))

const run = (...args: string[]) => runGait(['extract', ...args], { cwd: scratch.folder })
const ANONYMOUS = ['in.pcap', '-s', 'a.sig', '--flow', '1', '--anonymize', '--key', 'golden']

/** The records of a pcap file, headers included. */
function recordsOf(name: string): readonly string[] {
  const bytes = readFileSync(scratch.path(name))
  const records: string[] = []
  for (let at = 24; at < bytes.length; ) {
    const end = at + 16 + bytes.readUInt32LE(at + 8)
    records.push(bytes.toString('hex', at, end))
    at = end
  }
  return records
}

describe('gait extract', () => {
  it('writes the flow and its events, says that they fit, and how to use them', async () => {
    const { code, stdout, stderr } = run(...ANONYMOUS, '-o', 'out.pcap')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    await expect(stdout).toMatchFileSnapshot(expected('expected.txt'))
    const events = readFileSync(scratch.path('out.events.ndjson'), 'utf8')
    await expect(events).toMatchFileSnapshot(expected('out.events.ndjson'))
    // The whole capture, byte for byte.
    const frames = readFileSync(scratch.path('out.pcap')).toString('base64')
    await expect(frames.replace(/.{1,100}/g, '$&\n')).toMatchFileSnapshot(expected('out.pcap.base64'))
  })

  it('has events that are those of a replay of the extract', () => {
    run(...ANONYMOUS, '-o', 'out.pcap')
    const replay = ['replay', '-s', 'a.sig', '--format', 'eve', '--flows', 'out.pcap']
    const { stdout } = runGait(replay, { cwd: scratch.folder })
    const told = parseEve(stdout).filter(({ event_type }) => event_type !== 'stats')
    expect(parseEve(readFileSync(scratch.path('out.events.ndjson'), 'utf8'))).toEqual(told)
  })

  it('takes the flow by its ends, and writes JSON', async () => {
    const flow = '10.40.104.239:23 -> 10.40.104.65:33694'
    const args = ['in.pcap', '-s', 'a.sig', '--flow', flow, '-o', 'plain.pcap', '--format', 'json']
    const { code, stdout } = run(...args)
    expect(code).toBe(0)
    await expect(stdout).toMatchFileSnapshot(expected('expected.json'))
    const [own, all] = [recordsOf('plain.pcap'), new Set(recordsOf('in.pcap'))]
    expect(own).toHaveLength(JSON.parse(stdout).frames)
    expect(own.filter((record) => !all.has(record))).toEqual([])
  })

  it('gives other addresses without a key each time', () => {
    const endsOf = () => {
      run('in.pcap', '--flow', '1', '--anonymize', '-o', 'random.pcap')
      return parseEve(readFileSync(scratch.path('random.events.ndjson'), 'utf8'))[0]?.src_ip
    }
    expect(endsOf()).not.toBe(endsOf())
  })

  it('exits 1 when the flow needs others to be as it was: a hit that waits for the flow to time out', () => {
    writeFileSync(scratch.path('end.sig'), 'udp 53 = c9 + s9 > : Over\n')
    const [asker, late] = [ends('10.0.0.1:5000', '10.0.0.2:53')[0], ends('10.0.0.3:5000', '10.0.0.2:53')[0]]
    const packets = [udp(asker, 9), udp(asker.peer, 9), udp(late, 1)]
    const times = [1, 2, 300]
    const records = packets.map((packet, i) => ({
      data: ethernet(packet).bytes,
      tsMicros: (times[i] ?? 0) * 1e6,
    }))
    writeFileSync(scratch.path('late.pcap'), writePcap(records))
    const result = run('late.pcap', '-s', 'end.sig', '--flow', '1', '-o', 'end.pcap')
    expect(result.code).toBe(1)
    expect(result.stdout).toContain('NOT the same')
  })

  it('exits 2 when the flow is not there, or not one, or the command line is wrong', () => {
    expect(run('in.pcap', '--flow', '99', '-o', 'x.pcap')).toMatchObject({ code: 2, stdout: '' })
    expect(run('in.pcap', '--flow', 'x', '-o', 'x.pcap').code).toBe(2)
    expect(run('in.pcap', '--flow', '1').code).toBe(2)
    expect(run('in.pcap', '-o', 'x.pcap').code).toBe(2)
    expect(run('in.pcap', '--flow', '1', '-o', 'x.pcap', '--key', 'k').code).toBe(2)
    expect(run('in.pcap', '--flow', '1', '-o', 'in.pcap').stderr).toContain('is the capture itself')
  })

  it('exits 3 when the capture cannot be read, or the extract not be written', () => {
    expect(run('gone.pcap', '--flow', '1', '-o', 'x.pcap').code).toBe(3)
    expect(run('in.pcap', '--flow', '1', '-o', 'no/x.pcap').code).toBe(3)
  })
})
