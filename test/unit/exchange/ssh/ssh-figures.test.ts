import { describe, expect, test } from 'vitest'
import { type HandshakeFigures, handshakeFigures } from '../../../../src/exchange/ssh/handshake-figures.ts'
import { SshFigures } from '../../../../src/exchange/ssh/ssh-figures.ts'
import { SSH_FIGURES, type SshFigureName } from '../../../../src/model/figures.ts'
import type { SshMessage } from '../../../../src/model/ssh.ts'
import { heard } from '../../../support/ssh-listener.ts'
import { SUITE_NAMES, type SuiteName, suiteNamed } from '../../../support/ssh-story.ts'
import { BEGIN, HELLO, LIBSSH } from './auth-stories.ts'

const S = 1_000_000
const MS = 1000
const LOGIN = `${BEGIN} +2s c:PASSWORD s:SUCCESS`
const SHELL = `${LOGIN} c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s(60)`
const repeated = (count: number, story: string) => Array.from({ length: count }, () => story).join(' ')

const HANDSHAKE: HandshakeFigures = handshakeFigures(heard('', { server: 'OpenSSH_8.4p1' }).handshakes[0]!)

function figuresOf(messages: readonly SshMessage[], name: SuiteName = 'chacha20'): SshFigures {
  const suite = suiteNamed(name)
  const figures = new SshFigures([suite, suite], HANDSHAKE, true)
  for (const message of messages) figures.take(message)
  return figures
}

const figuresAfter = (story: string, suite: SuiteName = 'chacha20') =>
  figuresOf(heard(story, { suite }).messages, suite)

function values(figures: SshFigures, ...names: readonly SshFigureName[]): readonly number[] {
  return names.map((name) => figures.value(name))
}

describe('failures', () => {
  test.each([
    ['`none` refused', BEGIN, 0],
    ['a password refused', `${BEGIN} +2s c:PASSWORD s:FAILURE`, 1],
    [
      'two, then the right one',
      `${BEGIN} ${repeated(2, '+2s c:PASSWORD s:FAILURE')} +2s c:PASSWORD s:SUCCESS`,
      2,
    ],
    ['keys refused', `${BEGIN} c:PUBLICKEY_QUERY s:FAILURE c:PUBLICKEY_QUERY(340) s:FAILURE`, 2],
    ['a key accepted', `${BEGIN} c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:SUCCESS`, 0],
    [
      'a prompt answered wrong',
      `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +2s c:INFO_RESPONSE s:FAILURE(45)`,
      1,
    ],
    ['too many', `${BEGIN} ${repeated(2, '+2s c:PASSWORD s:FAILURE')} +2s c:PASSWORD s:DISCONNECT`, 3],
    ['no answer at all', `${BEGIN} +2s c:PASSWORD`, 0],
  ])('%s', (_, story, failures) => {
    for (const suite of SUITE_NAMES)
      expect(figuresAfter(story, suite).value('failures'), suite).toBe(failures)
  })
})

describe('passwords', () => {
  const figures = figuresAfter(
    `${BEGIN} +2s c:PASSWORD s:FAILURE +5s c:PASSWORD s:FAILURE +3s c:PASSWORD s:SUCCESS`,
  )

  test('are counted, with what the client took for them, round trip taken off', () => {
    expect(values(figures, 'passwords', 'think', 'think.shortest', 'think.longest')).toEqual([
      3,
      3 * S,
      2 * S,
      5 * S,
    ])
  })

  test('are answers to prompts too', () => {
    const prompt = `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +4s c:INFO_RESPONSE s:SUCCESS`
    expect(values(figuresAfter(prompt), 'passwords', 'think')).toEqual([1, 4 * S])
  })

  test('are none before the first', () => {
    expect(values(figuresAfter(BEGIN), 'passwords', 'think', 'think.shortest', 'think.longest')).toEqual([
      0, 0, 0, 0,
    ])
  })
})

test('the wait is that for the client’s NEWKEYS', () => {
  const messages = heard(BEGIN).messages.map((message) =>
    message.name === 'NEWKEYS' && message.side === 0
      ? { ...message, delay: 4 * S + message.roundTrip }
      : message,
  )
  expect(figuresOf(messages).value('wait')).toBe(4 * S)
  expect(figuresOf(messages).facts).toMatchObject({ wait_ms: 4000 })
})

describe('messages and bytes', () => {
  const story = `${SHELL} c(1100) s(30) c(1050) s(1200)`
  const figures = figuresAfter(story)
  const { messages } = heard(story)

  test('are counted by side', () => {
    for (const side of [0, 1] as const)
      expect(figures.value(side === 0 ? 'c.messages' : 's.messages')).toBe(
        messages.filter((message) => message.side === side).length,
      )
    expect(figures.messages).toBe(messages.length)
  })

  test('are data from SUCCESS on', () => {
    const from = messages.findIndex(({ name }) => name === 'SUCCESS')
    const data = (side: 0 | 1) =>
      messages.slice(from).reduce((sum, one) => sum + (one.side === side ? one.wire : 0), 0)
    expect(values(figures, 'c.data', 's.data')).toEqual([data(0), data(1)])
    expect(values(figuresAfter(BEGIN), 'c.data', 's.data')).toEqual([0, 0])
  })

  test('are bulk from a kilobyte on', () => {
    const long = (side: 0 | 1) =>
      messages.filter((one) => one.side === side && one.wire >= 1024 && one.ordinal > 14)
    const sum = (side: 0 | 1) => long(side).reduce((all, { wire }) => all + wire, 0)
    expect([long(0).length, long(1).length]).toEqual([2, 1])
    expect(values(figures, 'c.bulk', 's.bulk')).toEqual([sum(0), sum(1)])
    expect(figures.facts).toMatchObject({ bytes: Math.max(sum(0), sum(1)) })
  })
})

describe('forwarded channels', () => {
  test('are those that are confirmed and no sessions', () => {
    const forwards = `${LOGIN} ${repeated(3, 'c:CHANNEL_OPEN(80) s:CHANNEL_CONFIRMATION c(200) s(300)')}`
    for (const suite of SUITE_NAMES) {
      expect(values(figuresAfter(forwards, suite), 'c.forwards', 's.forwards'), suite).toEqual([3, 0])
      expect(values(figuresAfter(SHELL, suite), 'c.forwards', 's.forwards'), suite).toEqual([0, 0])
    }
  })

  test('may be opened by the server', () => {
    const reverse = `${LOGIN} c:GLOBAL_REQUEST(36) s:GLOBAL_REQUEST(1) c:GLOBAL_REQUEST s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION s(200)`
    expect(values(figuresAfter(reverse), 'c.forwards', 's.forwards')).toEqual([0, 1])
  })
})

describe('keys', () => {
  const typed = figuresAfter(`${SHELL} ${repeated(30, '+180ms c(10) s(10)')} +3s c(10) s(10)`)
  const KEYS = ['keys', 'keys.inner', 'keys.echoed'] as const
  const GAPS = ['keys.p10', 'keys.p50', 'keys.longest'] as const

  test('of the client, with their gaps', () => {
    expect(KEYS.map((name) => typed.value(`c.${name}`))).toEqual([31, 0, expect.closeTo(30, -1)])
    expect(typed.value('c.keys.p50')).toBeGreaterThan(150 * MS)
    expect(typed.value('c.keys.p50')).toBeLessThan(250 * MS)
    expect(typed.value('c.keys.p10')).toBeLessThanOrEqual(typed.value('c.keys.p90'))
    expect(typed.value('c.keys.longest')).toBe(3.025 * S)
    expect(typed.value('c.keys.ticks')).toBe(0)
  })

  test('of the server', () => {
    const down = figuresAfter(`${SHELL} ${repeated(30, '+180ms s(10) c(10)')}`)
    expect(down.value('s.keys')).toBe(30)
    expect(down.value('s.keys.p50')).toBeGreaterThan(150 * MS)
    expect(down.value('s.keys.p10')).toBeLessThanOrEqual(down.value('s.keys.p90'))
    for (const name of GAPS) expect(down.value(`s.${name}`)).toBeGreaterThan(0)
    expect(down.value('s.keys.inner')).toBe(0)
    expect(down.value('s.keys.echoed')).toBeGreaterThan(25)
  })

  test('hidden among ticks', () => {
    expect(figuresAfter(`${SHELL} ${repeated(60, '+20ms c(10)')}`).value('c.keys.ticks')).toBeGreaterThan(50)
  })

  test('of an inner connection, with its depth', () => {
    const inner = figuresAfter(`${SHELL} ${repeated(20, '+180ms c(45) s(45)')}`)
    expect(inner.value('c.keys.inner')).toBeGreaterThan(10)
    expect(inner.facts).toMatchObject({ depth: 1 })
  })
})

describe('facts', () => {
  test.each([
    ['none', `${HELLO} c:NONE s:SUCCESS`],
    ['password', LOGIN],
    ['publickey', `${BEGIN} c:PUBLICKEY_QUERY s:PK_OK c:PUBLICKEY s:SUCCESS`],
    [
      'keyboard-interactive',
      `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +4s c:INFO_RESPONSE s:SUCCESS`,
    ],
  ])('name the method: %s', (method, story) => {
    expect(figuresAfter(story).facts).toMatchObject({ method })
  })

  test('name none before the first request', () => {
    expect(figuresAfter(HELLO).facts).not.toHaveProperty('method')
    expect(figuresAfter(HELLO).facts).toMatchObject({ attempts: 0, think_ms: 0, bytes: 0 })
  })

  test('have times in milliseconds', () => {
    expect(figuresAfter(LOGIN).facts).toMatchObject({ think_ms: 2000, attempts: 1 })
  })

  test('have the time that the server took', () => {
    const facts = (story: string) => figuresAfter(story).facts
    expect(facts(`${BEGIN} +2s c:PASSWORD +3s s:FAILURE`)).toMatchObject({ latency_ms: 3000 })
    expect(facts(HELLO)).not.toHaveProperty('latency_ms')
  })

  test('bound the length of user and password, where the client does not hide it', () => {
    const login = (client: string) =>
      heard(`${BEGIN} c:PASSWORD(56) s:FAILURE`, { suite: 'gcm', client }).conversation.figures?.facts
    expect(login(LIBSSH)).toMatchObject({ login_length: '4-19' })
    expect(login('OpenSSH_9.2p1')).not.toHaveProperty('login_length')
    expect(login('PuTTY_Release_0.78')).not.toHaveProperty('login_length')
  })
})

test('what the handshake says is constant', () => {
  expect(values(figuresAfter(LOGIN), 'c.openssh', 's.openssh', 'c.hostkeys', 'version')).toEqual([
    9.2, 8.4, 2, 2,
  ])
})

test('where messages cannot be told apart there are no keys', () => {
  const figures = new SshFigures(undefined, HANDSHAKE, true)
  for (const message of heard(SHELL, { client: LIBSSH }).messages) figures.take(message)
  for (const name of Object.keys(SSH_FIGURES) as SshFigureName[])
    if (name.includes('keys.') || name.endsWith('.keys')) expect(figures.value(name), name).toBe(0)
  expect(figures.facts).toMatchObject({ depth: 1 })
})
