import { describe, expect, it } from 'vitest'
import { GENERATIONS } from '../../../src/model/flow-record.ts'
import { client, ends, server, tcp, udp } from '../../support/packet.ts'
import { PipelineRun, programOf } from './running.ts'

const OLD = '#: sid=1\nudp 53 = c5 c6 : old'
const NEW = '#: sid=2\nudp 53 = c5 c6 : new'
const source = (port: number) => ends(`10.0.0.1:${port}`, '10.0.0.2:53')[0]

class ReloadRun extends PipelineRun {
  adopt(signatures: string): this {
    const program = programOf(signatures)
    this.reporter.adopt(program)
    this.pipeline.adopt(program)
    return this
  }

  datagram(port: number, size: number): this {
    return this.send(udp(source(port), size))
  }

  get names(): readonly string[] {
    return this.reports.hits.map(({ signature }) => signature.description)
  }
}

describe('a reload', () => {
  it('lets open flows finish on the program that they began with, and opens flows on the new one', () => {
    const run = new ReloadRun({ signatures: OLD }).datagram(1, 5).adopt(NEW)
    run.datagram(2, 5).datagram(1, 6).datagram(2, 6)
    expect(run.names).toEqual(['old', 'new'])
  })

  it('names the right signatures at a flow’s end', () => {
    const run = new ReloadRun({ signatures: OLD }).datagram(1, 5).datagram(1, 6).adopt(NEW).drain()
    expect(run.reports.ends[0]?.hits.map(({ signature }) => signature.description)).toEqual(['old'])
  })

  it('lets go of a program when its last flow has ended', () => {
    const run = new ReloadRun({ signatures: OLD }).datagram(1, 5).adopt(NEW)
    expect(run.pipeline.generations.size).toBe(2)
    run.drain()
    expect(run.pipeline.generations.size).toBe(1)
    run.datagram(3, 5).datagram(3, 6)
    expect(run.names).toEqual(['new'])
  })

  it('without open flows leaves no program behind', () => {
    const run = new ReloadRun({ signatures: OLD }).adopt(NEW).adopt(OLD)
    expect(run.pipeline.generations.size).toBe(1)
    run.datagram(1, 5).datagram(1, 6)
    expect(run.names).toEqual(['old'])
  })

  it('more often than programs fit moves the oldest flows to the newest program, and counts them', () => {
    const run = new ReloadRun({ signatures: OLD }).datagram(1, 5)
    for (let i = 2; i <= GENERATIONS; i++) run.adopt(NEW).datagram(i, 5)
    expect(run.pipeline.generations.size).toBe(GENERATIONS)
    expect(run.pipeline.generations.movedFlows).toBe(0)
    run.adopt(OLD).datagram(100, 5)
    expect(run.pipeline.generations.size).toBe(GENERATIONS)
    expect(run.pipeline.generations.movedFlows).toBe(1)
    run.datagram(1, 5).datagram(1, 6).datagram(2, 6).datagram(100, 6)
    expect(run.names).toEqual(['old', 'new', 'old'])
    run.drain()
    expect(run.pipeline.generations.size).toBe(1)
  })

  it('counts hits of a statement that stays as it was on', () => {
    const run = new ReloadRun({ signatures: OLD }).datagram(1, 5).datagram(1, 6).datagram(2, 5)
    run.adopt(`${NEW}\n${OLD}`).datagram(2, 6).datagram(3, 5).datagram(3, 6)
    const counts = run.reporter.hitCounts().map(({ signature, count }) => [signature.description, count])
    expect(counts).toEqual([
      ['new', 1],
      ['old', 3],
    ])
  })

  it('keeps what campaigns that stay as they were have counted', () => {
    const guess = '#: sid=1 class=x.guess\nudp 53 = c5 : guess'
    const many = '#: sid=9 class=x.many\ncount x.guess by client within 60s where hits >= 3 : many'
    const run = new ReloadRun({ signatures: `${guess}\n${many}` }).datagram(1, 5).datagram(2, 5)
    run.adopt(`${NEW}\n${guess}\n${many}`).datagram(3, 5)
    expect(run.names.filter((name) => name === 'many')).toHaveLength(1)
  })
})

describe('streams', () => {
  it('are measured: what came, and what was acknowledged but never shown', () => {
    const run = new PipelineRun()
      .send(tcp(client, { flags: 'S' }), 0)
      .send(tcp(server, { flags: 'SA', ack: 1 }), 0.01)
      .send(tcp(client, { seq: 1, ack: 1 }, 100), 0.02)
      .send(tcp(server, { seq: 1, ack: 301 }, 50), 0.03)
      .send(tcp(client, { seq: 301, ack: 51 }, 10), 0.04)
    expect(run.pipeline.streamed).toEqual({ seen: 160, missing: 200 })
  })
})
