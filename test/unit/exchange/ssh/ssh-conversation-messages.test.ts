// What SshConversation tells of the messages, encrypted ones above all.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SshMessage } from '../../../../src/model/ssh.ts'
import { heard, Listener } from '../../../support/ssh-listener.ts'
import { SUITE_NAMES, spoken, suiteNamed } from '../../../support/ssh-story.ts'
import { keptUpTo, SshTalk, splitAt, type TalkOptions } from '../../../support/ssh-talk.ts'
import { ASYNCSSH, BEGIN, HELLO, LIBSSH, LIBSSH2, OPENSSH, STORIES } from './auth-stories.ts'

const LOGIN = `${BEGIN} +2s c:PASSWORD +1s s:FAILURE +3s c:PASSWORD s:SUCCESS`
const SHELL =
  's:GLOBAL_REQUEST c:CHANNEL_OPEN&GLOBAL_REQUEST s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s(60) c(10) s(10)'

const talk = (story: string, options: TalkOptions = {}) => new SshTalk(options).handshake().say(story)
const listen = (segments: SshTalk['segments']) => new Listener().hear(segments).end()
const find = (messages: readonly SshMessage[], name: string) => messages.filter((one) => one.name === name)

describe.each(SUITE_NAMES)('under %s', (suite) => {
  test.each(STORIES)('%s', (_, story, { client = OPENSSH, server = OPENSSH } = {}) => {
    const clientKex = client === OPENSSH ? 'ext-info-c' : ''
    expect(heard(story, { suite, client, server, clientKex }).story).toBe(spoken(story))
  })

  test('a login and the shell behind it', () => {
    expect(heard(`${LOGIN} ${SHELL}`, { suite }).story).toBe(spoken(`${LOGIN} ${SHELL}`))
  })

  test('delayed compression leaves the login as it is', () => {
    expect(heard(LOGIN, { suite, compression: 'zlib@openssh.com' }).story).toBe(spoken(LOGIN))
  })

  test('a client that TCP calls the server', () => {
    const { segments } = talk(LOGIN, { suite })
    const turned = segments.map((segment) => ({ ...segment, side: segment.side === 0 ? 1 : 0 }) as const)
    const { story, handshakes } = listen(turned)
    expect(story).toBe(spoken(LOGIN))
    expect(handshakes).toMatchObject([{ isReversed: true }])
  })

  test('a client that TCP calls the server, with another suite for each direction', () => {
    const { segments } = talk(`${LOGIN} ${SHELL}`, { suite, toClient: 'ctr, sha2-256-etm' })
    const turned = segments.map((segment) => ({ ...segment, side: segment.side === 0 ? 1 : 0 }) as const)
    expect(listen(segments).story).toBe(spoken(`${LOGIN} ${SHELL}`))
    expect(listen(turned).story).toBe(spoken(`${LOGIN} ${SHELL}`))
  })

  test('a signature that fills its segment, and the answer that ends it', () => {
    const story = `${BEGIN} c:PUBLICKEY_QUERY(340) s:PK_OK(300) c:PUBLICKEY(2300) s:SUCCESS`
    expect(heard(story, { suite }).story).toBe(spoken(story))
  })

  test('a message over two segments', () => {
    const { segments } = talk(LOGIN, { suite })
    for (const offset of [1, 21, 41]) expect(listen(splitAt(segments, -4, offset)).story).toBe(spoken(LOGIN))
  })

  test('a key so large that it fills segments', () => {
    const story = `${BEGIN} c:PUBLICKEY_QUERY(1600) s:PK_OK(1560) c:PUBLICKEY(2300) s:SUCCESS`
    const { segments } = talk(story, { suite })
    const cut = segments.flatMap((one) => (one.size > 1448 ? splitAt([one], 0, 1448) : [one]))
    expect(cut.length).toBe(segments.length + 3)
    expect(listen(cut).story).toBe(spoken(story))
  })

  test('NEWKEYS and what stands behind it in one segment', () => {
    const { segments } = talk(HELLO, { suite })
    const [newKeys, service] = [segments[7]!, segments[8]!]
    const bytes = Buffer.concat([newKeys.bytes, service.bytes])
    const joined = [...segments.slice(0, 7), { ...newKeys, bytes, size: bytes.length }, ...segments.slice(9)]
    expect(listen(joined).story).toBe(spoken(HELLO))
  })

  test('segments of which a short capture has kept no more than lengths', () => {
    const { segments } = talk(LOGIN, { suite })
    expect(listen([...segments.slice(0, 8), ...keptUpTo(segments.slice(8), 4)]).story).toBe(spoken(LOGIN))
  })

  test('nothing where a short capture has cut the handshake', () => {
    const { story, handshakes } = listen(keptUpTo(talk(LOGIN, { suite }).segments, 600))
    expect([story, handshakes.length]).toEqual(['', 0])
  })
})

test('where lengths can be read, any segmentation of what a side says gives the same messages', () => {
  const clear = SUITE_NAMES.filter((name) => suiteNamed(name).hasClearLength)
  const offsets = fc.array(fc.array(fc.nat(400), { maxLength: 4 }), { minLength: 30, maxLength: 30 })
  fc.assert(
    fc.property(fc.constantFrom(...clear), offsets, (suite, cuts) => {
      const { segments } = talk(`${LOGIN} ${SHELL}`, { suite })
      const cut = segments.flatMap((segment, i) => {
        const inside = (cuts[i] ?? []).filter((at) => at > 0 && at < segment.size)
        return splitAt([segment], 0, ...new Set(inside.sort((a, b) => a - b)))
      })
      expect(listen(cut).story).toBe(spoken(`${LOGIN} ${SHELL}`))
    }),
  )
})

describe('a message', () => {
  const { messages } = heard(`${LOGIN} ${SHELL}`)

  test('is told with its time, its delay and what its side takes to answer', () => {
    expect(find(messages, 'PASSWORD')).toMatchObject([
      { side: 0, wire: 148, delay: 2_020_000, latency: 2_000_000, roundTrip: 20_000, packet: 13 },
      { side: 0, wire: 148, delay: 3_020_000, latency: 3_000_000, roundTrip: 20_000, packet: 15 },
    ])
    expect(find(messages, 'FAILURE')[1]).toMatchObject({ side: 1, delay: 1_005_000, latency: 1_000_000 })
    expect(messages[0]).toMatchObject({ name: 'VERSION', delay: -1, roundTrip: 0, packet: 1 })
  })

  test('has its payload where it is encrypted', () => {
    expect(find(messages, 'SUCCESS')[0]?.payload).toEqual([1, 3])
    expect(find(messages, 'KEXINIT')[0]?.payload).toEqual([0, 0])
    expect(find(messages, 'NEWKEYS')[0]?.payload).toEqual([0, 0])
  })

  test('is counted from 1 on', () => {
    expect(messages.map(({ ordinal }) => ordinal)).toEqual(messages.map((_, i) => i + 1))
  })

  test('begins a phase', () => {
    const begun = messages.filter(({ phases }) => phases !== 0).map(({ name, phases }) => [name, phases])
    expect(begun).toEqual([
      ['SERVICE_REQUEST', 1],
      ['SERVICE_ACCEPT', 1],
      ['NONE', 2],
      ['GLOBAL_REQUEST', 4],
      ['CHANNEL_REQUEST', 8],
    ])
  })

  test('behind an IGNORE was waited for as long as the IGNORE', () => {
    const story =
      'c:IGNORE c:SERVICE_REQUEST s:SERVICE_ACCEPT c:IGNORE c:NONE s:FAILURE +2s c:IGNORE c:PASSWORD s:SUCCESS'
    const told = heard(story, { client: 'AsyncSSH_2.10.1', clientKex: '' }).messages
    expect(find(told, 'PASSWORD')[0]?.delay).toBe(2_020_000)
    const joined = heard(story.replaceAll('c:IGNORE c:', 'c:IGNORE&'), {
      client: 'AsyncSSH_2.10.1',
      clientKex: '',
      suite: 'gcm',
    })
    expect(find(joined.messages, 'PASSWORD')[0]?.delay).toBe(2_020_000)
  })

  test('that comes when nobody reads any more has no name', () => {
    const listener = new Listener().hear(talk(LOGIN).segments)
    const [last] = talk(LOGIN).say('c(24)').segments.slice(-1)
    listener.take(last!, true)
    expect(listener.messages.at(-1)).toMatchObject({ name: '', wire: 52 })
  })
})

describe('what shares a segment where lengths are hidden', () => {
  const OPEN = 'c:CHANNEL_OPEN&GLOBAL_REQUEST s:CHANNEL_CONFIRMATION'
  test.each([
    ['SUCCESS and host keys', `${BEGIN} +2s c:PASSWORD s:SUCCESS&GLOBAL_REQUEST ${OPEN}`],
    ['a banner and SUCCESS in answer to `none`', `${HELLO} c:NONE s:BANNER(200)&SUCCESS ${OPEN}`],
    [
      'full segments, one upon the other',
      `${BEGIN} c:PUBLICKEY_QUERY(1900) s:PK_OK(1860) c:PUBLICKEY(2300) s:SUCCESS`,
    ],
    ['`none` before every password', `${BEGIN} c:PASSWORD s:FAILURE c:NONE s:FAILURE c:PASSWORD s:FAILURE`],
  ])('%s', (title, story) => {
    const client = title.startsWith('`none`') ? LIBSSH2 : OPENSSH
    expect(heard(story, { suite: 'chacha20', client }).story).toBe(spoken(story))
  })

  test('the end of EXT_INFO and SERVICE_ACCEPT: nobody is logged in', () => {
    const story = 'c:SERVICE_REQUEST&NONE s:SERVICE_ACCEPT s:FAILURE +2s c:PASSWORD s:SUCCESS'
    const { segments } = talk(story, { suite: 'chacha20' })
    const accept = segments.findIndex(({ side }, i) => side === 1 && i > 8)
    const tail = { ...segments[accept]!, size: segments[accept]!.size + 28 }
    const bytes = Buffer.concat([segments[accept]!.bytes, Buffer.alloc(28, 1)])
    const { messages } = listen(segments.map((one, i) => (i === accept ? { ...tail, bytes } : one)))
    expect(find(messages, 'SUCCESS')).toHaveLength(1)
    expect(find(messages, 'FAILURE')).toHaveLength(1)
    expect(find(messages, 'PASSWORD')).toHaveLength(1)
  })

  test('an IGNORE of either side before all that it says', () => {
    const story =
      'c:IGNORE&SERVICE_REQUEST s:IGNORE&SERVICE_ACCEPT c:IGNORE&NONE s:IGNORE&FAILURE c:IGNORE&PASSWORD s:IGNORE&SUCCESS'
    const read = heard(story, { suite: 'chacha20', client: ASYNCSSH, server: ASYNCSSH }).story
    expect(read.replaceAll(/[cs]:IGNORE /g, '')).toBe(
      'c:SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:FAILURE c:PASSWORD s:SUCCESS',
    )
    expect(read.match(/IGNORE/g)).toHaveLength(6)
  })
})

describe('bytes that are missing', () => {
  const torn = (story: string, options: TalkOptions = {}) => heard(story, options)

  test.each(SUITE_NAMES)('are said, and what comes behind is read again: %s', (suite) => {
    const { story, conversation } = torn(`${BEGIN} !c:PASSWORD s:FAILURE +3s c:PASSWORD s:SUCCESS`, { suite })
    expect(story).toMatch(/^c:SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:FAILURE .*c:PASSWORD s:SUCCESS$/)
    expect(conversation.unsure).toEqual([expect.stringMatching(/bytes are missing after message 12$/)])
  })

  test('take the question with them: the next answer is that to the next question', () => {
    const { messages } = torn(`${BEGIN} +2s c:PASSWORD !s:FAILURE +3s c:PASSWORD s:SUCCESS`)
    const [success] = find(messages, 'SUCCESS')
    expect(find(messages, 'PASSWORD').at(-1)?.packet).toBe((success?.packet ?? 0) - 1)
  })

  test.each(['gcm', 'chacha20'] as const)('may hold the service: %s', (suite) => {
    const tries = 'c:NONE s:FAILURE +2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:SUCCESS'
    expect(torn(`!c:SERVICE_REQUEST s:SERVICE_ACCEPT ${tries}`, { suite }).story).toBe(
      `s:SERVICE_ACCEPT ${spoken(tries)}`,
    )
    expect(torn(`c:SERVICE_REQUEST !s:SERVICE_ACCEPT ${tries}`, { suite }).story).toBe(
      `c:SERVICE_REQUEST ${spoken(tries)}`,
    )
  })

  test.each(['gcm', 'chacha20'] as const)('may hold SUCCESS: no refusal is made up: %s', (suite) => {
    const { messages } = torn(`${BEGIN} +2s c:PASSWORD !s:SUCCESS ${SHELL}`, { suite })
    expect(find(messages, 'FAILURE')).toHaveLength(1)
    expect(find(messages, 'SUCCESS')).toEqual([])
    expect(find(messages, 'PARTIAL')).toEqual([])
    if (suite === 'gcm') expect(find(messages, 'CHANNEL_CONFIRMATION')).toHaveLength(1)
  })

  test('may hold the way into the session: keys are keys all the same', () => {
    const keys = Array.from({ length: 20 }, () => '+200ms c(10) s(10)').join(' ')
    const into = '!c:PUBLICKEY !s:SUCCESS !c:CHANNEL_OPEN s(60) s(24) s(24)'
    const { messages, conversation } = torn(`${BEGIN} c:PUBLICKEY_QUERY s:PK_OK ${into} ${keys}`, {
      suite: 'gcm',
    })
    expect(find(messages, 'PASSWORD')).toEqual([])
    expect(find(messages, 'SUCCESS')).toEqual([])
    expect(find(messages, 'GLOBAL_REQUEST')).toEqual([])
    expect(conversation.figures?.value('c.keys')).toBeGreaterThan(15)
  })

  test('may hold what refused `none`: a key is told from a password all the same', () => {
    const key = 'c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:SUCCESS'
    const { story } = torn(`${HELLO} c:NONE !s:FAILURE ${key}`, { client: LIBSSH })
    expect(story).toBe(`${HELLO} ${key}`)
  })

  test('are said each time, within a bound', () => {
    const { conversation } = torn(`${BEGIN} !c:PASSWORD s:FAILURE +3s c:PASSWORD !s:SUCCESS`)
    expect(conversation.unsure).toHaveLength(2)
    const often = torn(`${BEGIN} ${'!c:PASSWORD s:FAILURE '.repeat(100)}`)
    expect(often.conversation.unsure.length).toBeLessThanOrEqual(16)
  })

  test('in the middle of a message cost that message', () => {
    const { segments } = talk(`${LOGIN} ${SHELL}`, { suite: 'gcm' })
    const cut = splitAt(segments, -2, 20)
    const { story } = listen(cut.map((one, i) => (i === cut.length - 3 ? { ...one, isLost: true } : one)))
    expect(story).toBe(spoken(`${LOGIN} ${SHELL}`).replace(/ c\* s\*$/, ' s*'))
  })
})

describe('what is kept', () => {
  test.each(['c', 's'] as const)('of what nobody answers is bounded: %s', (side) => {
    const { conversation } = new Listener().hear(talk(`${HELLO} c:NONE`, { suite: 'gcm' }).segments)
    const before = conversation.weight
    const more = new Listener().hear(
      talk(`${HELLO} c:NONE ${`${side}(900) `.repeat(500)}`, { suite: 'gcm' }).segments,
    )
    expect(more.messages.length).toBeGreaterThan(480)
    expect(more.conversation.weight).toBeGreaterThan(before)
    expect(more.conversation.weight).toBeLessThan(25_000)
  })

  const keys = Array.from({ length: 200 }, () => '+200ms c(10) s(10)').join(' ')
  const { conversation, messages } = heard(`${LOGIN} ${SHELL} ${keys}`)

  test('are the first messages as they are written, and the last', () => {
    expect(conversation.opening.slice(0, 3)).toEqual(['s:VERSION', 'c:VERSION', 'c:KEXINIT'])
    expect(conversation.opening.at(-1)).toMatch(/^[cs]36$/)
    expect(conversation.opening.length).toBeLessThan(100)
    const last = messages.length
    expect(conversation.messages(last - 2, last)).toEqual(messages.slice(-3))
    expect(conversation.messages(1, last).length).toBeLessThan(100)
    expect(conversation.messages(1, 3)).toEqual([])
  })

  test('weighs no more the longer it lasts', () => {
    const more = heard(`${LOGIN} ${SHELL} ${keys} ${keys}`)
    expect(more.conversation.weight).toBe(conversation.weight)
    expect(conversation.weight).toBeLessThan(20_000)
  })

  test('are facts of the handshake’s own, before there are any', () => {
    expect(new Listener().conversation.facts).toEqual({})
    expect(conversation.facts).toMatchObject({ method: 'password', attempts: 2 })
  })
})

test('random bytes behind NEWKEYS never throw, and are kept within a bound', () => {
  const segment = fc.tuple(fc.constantFrom(0, 1), fc.uint8Array({ maxLength: 400 }), fc.nat(5), fc.nat(200))
  fc.assert(
    fc.property(fc.constantFrom(...SUITE_NAMES), fc.array(segment, { maxLength: 60 }), (suite, some) => {
      const listener = new Listener().hear(talk('', { suite }).segments)
      for (const [side, bytes, lost, missing] of some as [0 | 1, Uint8Array, number, number][])
        listener.take({ side, time: 9e6, bytes, size: bytes.length + missing, isLost: lost === 0 })
      listener.end()
      expect(listener.conversation.weight).toBeLessThan(40_000)
      const size = some.reduce((sum, [, bytes, , missing]) => sum + bytes.length + missing, 0)
      const wires = listener.messages.slice(8).map(({ wire }) => wire)
      expect(wires.reduce((sum, wire) => sum + wire, 0)).toBeLessThanOrEqual(size)
    }),
  )
})
