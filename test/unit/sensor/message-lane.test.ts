import { describe, expect, it } from 'vitest'
import { SshTalk } from '../../support/ssh-talk.ts'
import { converse, PipelineRun, type RunOptions } from './running.ts'

const LOGIN = 'c:SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:FAILURE +2s c:PASSWORD s:SUCCESS'
const SHELL = 'c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY +1s c(10) s(10)'

/** What each signature hit in a login and the shell behind it: first and last packet. */
function hits(signatures: readonly string[], options: RunOptions = {}): readonly string[] {
  const text = signatures.map((signature, i) => `ssh * ${signature} : ${i}`).join('\n')
  const talk = new SshTalk().handshake().say(`${LOGIN} ${SHELL}`)
  const { reports } = converse(new PipelineRun({ signatures: text, ...options }), talk)
  return reports.hits.map(({ signature, first, last }) => `${signature.description} ${first}-${last}`).sort()
}

const hit = (signature: string, options: RunOptions = {}) =>
  hits([signature], options).map((found) => found.slice(2))

describe('an SSH message is an element with', () => {
  it('its side and name', () => {
    expect(hit('c:PASSWORD s:SUCCESS')).toEqual(['13-14'])
    expect(hit('s:PASSWORD')).toEqual([])
    expect(hit('c:KEX s:KEX')).toEqual(['5-6'])
  })

  it('its length on the wire, and what payload that may hide', () => {
    expect(hit('c148 s28')).toEqual(['13-14'])
    expect(hit('c:PASSWORD s:ssh(1)')).toEqual(['13-14'])
    expect(hit('c:PASSWORD s:ssh(20..30)')).toEqual([])
    // In the clear nothing is hidden, and nothing told.
    expect(hit('c:KEX s:ssh(1..9999)')).toEqual([])
  })

  it('the time since the message before, with the round trip to be taken off', () => {
    expect(hit('+2010ms..2030ms c:PASSWORD')).toEqual(['13-13'])
    expect(hit('+1990ms..2010ms c:PASSWORD')).toEqual([])
    expect(hit('+1990ms..2010ms-rtt c:PASSWORD')).toEqual(['13-13'])
  })

  it('a pause as long as the threshold says', () => {
    expect(hit('+ c:PASSWORD')).toEqual(['13-13'])
    expect(hit('+ c:PASSWORD', { thresholdMicros: 3_000_000 })).toEqual([])
  })

  it('the phase that begins with it', () => {
    expect(hits(['<newkeys c:SERVICE_REQUEST', '<newkeys s:SERVICE_ACCEPT', '<newkeys c:NONE'])).toEqual([
      '0 9-9',
      '1 10-10',
    ])
    expect(hits(['<auth c:NONE', '<auth c:PASSWORD'])).toEqual(['0 11-11'])
    expect(hits(['<session c:CHANNEL_OPEN', '<session s:CHANNEL_CONFIRMATION'])).toEqual(['0 15-15'])
    expect(hits(['<channel c:CHANNEL_REQUEST', '<channel s:CHANNEL_REPLY'])).toEqual(['0 17-17'])
  })

  it('an ordinal from 1: the connection’s first message is the flow’s first', () => {
    expect(hits(['< s:VERSION', '< c:VERSION'])).toEqual(['0 1-1'])
  })
})

describe('messages', () => {
  it('are told when they come, not at the flow’s end', () => {
    const talk = new SshTalk().handshake().say(LOGIN)
    const run = converse(new PipelineRun({ signatures: 'ssh * s:SUCCESS : in' }), talk, false)
    expect(run.reports.hits).toHaveLength(1)
    expect(run.reports.hits[0]?.time).toBe(talk.segments.at(-1)?.time)
  })

  it('that were held come with the flow’s end', () => {
    const talk = new SshTalk().handshake().say(LOGIN.replace(' s:SUCCESS', ''))
    const run = converse(new PipelineRun({ signatures: 'ssh * c:PASSWORD > : left' }), talk)
    expect(run.reports.hits).toMatchObject([{ first: 13, last: 13 }])
  })

  it('of a torn connection begin anew: no hit goes across', () => {
    const across = (login: string) => {
      const run = new PipelineRun({
        signatures: 'ssh * s:SERVICE_ACCEPT any{0,9} c:PASSWORD s:SUCCESS : across',
      })
      return converse(run, new SshTalk().handshake().say(login)).reports.hits.length
    }
    expect(across(LOGIN)).toBe(1)
    expect(across(LOGIN.replace('s:FAILURE', '!s:FAILURE'))).toBe(0)
  })

  it('need somebody who matches them: handshakes are told anyway', () => {
    const { reports } = converse(new PipelineRun(), new SshTalk().handshake().say(LOGIN))
    expect(reports.hits).toEqual([])
    expect(reports.handshakes).toHaveLength(1)
  })
})
