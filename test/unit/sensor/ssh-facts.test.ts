import { describe, expect, it } from 'vitest'
import { FIRST_RECORD } from '../../../src/model/flow-record.ts'
import { formatElements } from '../../../src/output/raw-signature.ts'
import { packMessage, readFacts, summarise } from '../../../src/sensor/ssh-facts.ts'
import { client, tcp, udp } from '../../support/packet.ts'
import { SshTalk } from '../../support/ssh-talk.ts'
import { converse, handshake, PipelineRun } from './running.ts'

const LOGIN =
  'c:SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:FAILURE +2s c:PASSWORD s:FAILURE +3s c:PASSWORD s:SUCCESS'
const SHELL = 'c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s(60)'
const KEYS = Array.from({ length: 12 }, () => '+200ms c(10) s(10)').join(' ')

const spoken = (story: string) => converse(new PipelineRun(), new SshTalk().handshake().say(story), false)

describe('what a signature tells', () => {
  const told = (story: string, ...names: string[]) => readFacts(spoken(story).pipeline, FIRST_RECORD, names)

  it('is facts of the connection, times in milliseconds', () => {
    expect(told(LOGIN, 'method', 'attempts', 'think_ms')).toEqual({
      method: 'password',
      attempts: 2,
      think_ms: 3000,
    })
  })

  it('is figures too, their names without dots', () => {
    expect(told(LOGIN, 'failures', 'c.keys.echoed')).toEqual({ failures: 1, c_keys_echoed: 0 })
  })

  it('leaves out what is not known', () => {
    expect(told('c:SERVICE_REQUEST s:SERVICE_ACCEPT', 'method', 'nonsense', 'attempts')).toEqual({
      attempts: 0,
    })
  })

  it('is figures alone of a flow that speaks something else', () => {
    const run = handshake(new PipelineRun()).send(tcp(client, { seq: 1, ack: 1 }, 'hello'), 1)
    expect(readFacts(run.pipeline, FIRST_RECORD, ['method', 'c.bytes'])).toEqual({ c_bytes: 5 })
  })
})

describe('what is known of a connection at its end', () => {
  it('is how its first messages are written, keys, and doubts', () => {
    const summary = summarise(spoken(`${LOGIN} ${SHELL} ${KEYS}`).pipeline, FIRST_RECORD)
    expect(summary?.messages.slice(0, 12).join(' ')).toBe(
      's:VERSION c:VERSION c:KEXINIT s:KEXINIT c:KEX s:KEX s:NEWKEYS c:NEWKEYS c:SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:FAILURE',
    )
    expect(summary?.messages.at(-1)).toBe('s36')
    expect(summary).toMatchObject({ keystrokes: 12, unsure: [] })
  })

  it('counts the keys of the side that typed more', () => {
    const down = Array.from({ length: 20 }, () => '+200ms s(10) c(10)').join(' ')
    expect(summarise(spoken(`${LOGIN} ${SHELL} ${down}`).pipeline, FIRST_RECORD)?.keystrokes).toBe(20)
  })

  it('says what was lost', () => {
    const torn = LOGIN.replace(' c:NONE', ' !c:NONE')
    const summary = summarise(spoken(torn).pipeline, FIRST_RECORD)
    expect(summary?.unsure).toEqual([expect.stringMatching(/^ssh.*missing after message \d+/)])
  })

  it('is nothing where nobody speaks SSH', () => {
    expect(summarise(new PipelineRun().send(udp(client, 5)).pipeline, FIRST_RECORD)).toBeUndefined()
  })

  it('stands in the flow’s report', () => {
    const { ends } = spoken(LOGIN).drain().reports
    expect(ends[0]?.ssh?.messages).toContain('c:PASSWORD')
  })
})

it('a message is an element of a raw signature', () => {
  const [first] = spoken(LOGIN).pipeline.ssh.of(FIRST_RECORD)?.messages(13, 13) ?? []
  expect(first && formatElements([packMessage(first)])).toBe('c148')
})
