import { describe, expect, test } from 'vitest'
import { SshConversations } from '../../../../src/exchange/ssh/ssh-conversations.ts'
import { Counters } from '../../../../src/model/counters.ts'
import type { SshMessage } from '../../../../src/model/ssh.ts'
import { kexInit, packet, versionLine } from '../../../support/ssh-bytes.ts'
import { spoken, storyOf } from '../../../support/ssh-story.ts'
import { SshTalk } from '../../../support/ssh-talk.ts'
import { BEGIN } from './auth-stories.ts'

const CLIENT = 0
const SERVER = 1
const hello = Buffer.concat([versionLine('x'), packet(kexInit({ kex: 'a,ext-info-c' }))])

function reading(limit = 10, bytes = 1 << 20) {
  const told: number[] = []
  const said: { readonly flow: number; readonly message: SshMessage }[] = []
  const conversations = new SshConversations(limit, bytes, {
    negotiated: (flow) => told.push(flow),
    said: (flow, message) => said.push({ flow, message }),
  })
  let packets = 0
  const take = (flow: number, direction: 0 | 1, data: Uint8Array = hello, time = 1, isLate = false) =>
    conversations.take(flow, direction, data.length, data, 0, data.length, time, ++packets, isLate)
  const abandoned = () => {
    const counters = new Counters()
    conversations.count(counters)
    return counters.of('exchange.abandoned_ssh')
  }
  /** Each flow's messages behind the handshake. */
  const story = (flow: number) => {
    const messages = said.filter((one) => one.flow === flow).map(({ message }) => message)
    return storyOf(messages.slice(messages.findLastIndex(({ name }) => name === 'NEWKEYS') + 1))
  }
  const play = (flow: number, { segments }: SshTalk) => {
    for (const { side, bytes, time, isLost } of segments)
      if (isLost) conversations.gap(flow, side)
      else take(flow, side, bytes, time)
  }
  return { told, said, conversations, take, abandoned, story, play }
}

test('connections are read apart, each told once', () => {
  const { told, take } = reading()
  take(12, CLIENT)
  take(60, CLIENT)
  take(60, SERVER)
  take(12, SERVER)
  expect(told).toEqual([60, 12])
})

test('beyond the limit the oldest is given up, and counted', () => {
  const { told, take, abandoned } = reading(2)
  for (const flow of [1, 2, 3]) take(flow, CLIENT)
  expect(abandoned()).toBe(1)
  for (const flow of [2, 3]) take(flow, SERVER)
  expect(told).toEqual([2, 3])
})

test('what they keep stays within its bytes', () => {
  const { take, abandoned } = reading(1000, 300_000)
  for (let flow = 0; flow < 20; flow++) take(flow, CLIENT, Buffer.alloc(8000, 'x'))
  expect(abandoned()).toBe(0)
  for (let flow = 20; flow < 60; flow++) take(flow, CLIENT, Buffer.alloc(8000, 'x'))
  expect(abandoned()).toBeGreaterThan(30)
})

test('a released flow leaves nothing behind', () => {
  const { told, take, conversations, abandoned } = reading(1, 40_000)
  for (let flow = 0; flow < 50; flow++) {
    take(flow, CLIENT)
    conversations.release(flow)
  }
  expect(abandoned()).toBe(0)
  expect(conversations.of(3)).toBeUndefined()
  take(7, SERVER)
  expect(told).toEqual([])
})

test('flows that ended leave nothing behind, messages that were held included', () => {
  const { take, conversations, abandoned, play } = reading(1000, 200_000)
  for (let flow = 0; flow < 300; flow++) {
    play(flow, new SshTalk().handshake().say(`${BEGIN} c:PASSWORD`))
    conversations.close(flow)
    conversations.release(flow)
  }
  for (let flow = 300; flow < 400; flow++) take(flow, CLIENT, Buffer.alloc(8000, 'x'))
  expect(abandoned()).toBe(84)
})

test('bytes stand anywhere in what they come in', () => {
  const { told, conversations, take } = reading()
  const data = Buffer.concat([Buffer.alloc(66, 0xee), hello, Buffer.alloc(4, 0xee)])
  take(1, CLIENT)
  conversations.take(1, SERVER, hello.length, data, 66, hello.length, 1, 2, false)
  expect(told).toEqual([1])
})

test('a flow of which nothing more can be read is given back', () => {
  const { take, conversations } = reading()
  expect(take(1, SERVER, Buffer.from('SSH-1.5-x\r\n'))).toBe(true)
  expect(take(1, CLIENT, Buffer.from('SSH-1.5-y\r\n'))).toBe(false)
  expect(conversations.of(1)).toBeUndefined()
})

describe('messages', () => {
  const login = `${BEGIN} +2s c:PASSWORD s:SUCCESS`

  test('are told of their flow, in order, and kept', () => {
    const { story, said, play, conversations } = reading()
    play(1, new SshTalk().handshake().say(login))
    play(2, new SshTalk({ suite: 'gcm' }).handshake().say(BEGIN))
    expect(story(1)).toBe(spoken(login))
    expect(story(2)).toBe(spoken(BEGIN))
    expect(said.map(({ message }) => message.ordinal).slice(0, 14)).toEqual(
      Array.from({ length: 14 }, (_, i) => i + 1),
    )
    expect(conversations.of(1)?.figures?.value('passwords')).toBe(1)
  })

  test('are kept before they are told: who is told sees figures with them', () => {
    const seen: number[] = []
    const conversations: SshConversations = new SshConversations(1, 1 << 20, {
      negotiated() {},
      said: (flow, { name }) => {
        if (name === 'PASSWORD') seen.push(conversations.of(flow)?.figures?.value('passwords') ?? -1)
      },
    })
    for (const [i, { side, bytes, time }] of new SshTalk().handshake().say(login).segments.entries())
      conversations.take(1, side, bytes.length, bytes, 0, bytes.length, time, i + 1, false)
    expect(seen).toEqual([1])
  })

  test('that were held are told when the flow closes', () => {
    const { story, play, conversations } = reading()
    play(1, new SshTalk().handshake().say(`${BEGIN} +2s c:PASSWORD`))
    expect(story(1)).toBe(spoken(BEGIN))
    conversations.close(1)
    expect(story(1)).toBe(spoken(`${BEGIN} c:PASSWORD`))
    conversations.close(1)
    conversations.close(99)
    expect(story(1)).toBe(spoken(`${BEGIN} c:PASSWORD`))
  })

  test('go on behind a gap, which is not forgotten', () => {
    const { story, play, conversations } = reading()
    play(1, new SshTalk().handshake().say(`${BEGIN} !c:PASSWORD !s:FAILURE +2s c:PASSWORD s:SUCCESS`))
    expect(story(1)).toBe(spoken(login))
    expect(conversations.of(1)?.unsure.length).toBeGreaterThan(0)
    conversations.gap(99, CLIENT)
    expect(conversations.of(99)).toBeUndefined()
  })

  test('that come when the other side has closed have no name', () => {
    const { said, play, take } = reading()
    play(1, new SshTalk().handshake().say(login))
    take(1, CLIENT, Buffer.alloc(52), 9e6, true)
    expect(said.at(-1)?.message).toMatchObject({ name: '', wire: 52 })
  })
})
