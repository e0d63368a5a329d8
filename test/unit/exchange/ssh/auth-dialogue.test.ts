import { describe, expect, test } from 'vitest'
import { AuthDialogue } from '../../../../src/exchange/ssh/auth-dialogue.ts'
import { habitsOf } from '../../../../src/exchange/ssh/habits.ts'
import type { NamedPiece } from '../../../../src/exchange/ssh/piece.ts'
import { wireLength } from '../../../../src/exchange/ssh/suite.ts'
import {
  piecesOf,
  type Speakers,
  SUITE_NAMES,
  type SuiteName,
  spoken,
  storyOf,
  suiteNamed,
} from '../../../support/ssh-story.ts'
import {
  ASYNCSSH,
  BEGIN,
  DROPBEAR,
  type Ends,
  HELLO,
  LIBSSH,
  LIBSSH2,
  OPENSSH,
  PARAMIKO,
  PUTTY,
  STORIES,
} from './auth-stories.ts'

class Reading {
  readonly named: NamedPiece[] = []
  readonly dialogue: AuthDialogue
  readonly #speakers: Speakers

  constructor(
    story: string,
    name: SuiteName,
    { client = OPENSSH, server = OPENSSH, isOld = false }: Ends = {},
  ) {
    const suite = suiteNamed(name)
    const isModern = client === OPENSSH && !isOld
    this.dialogue = new AuthDialogue({
      toServer: suite,
      toClient: suite,
      clientExtends: isModern,
      serverExtends: isModern,
      habits: habitsOf(client, isModern),
    })
    this.#speakers = { suites: [suite, suite], client, server }
    this.hear(story)
  }

  hear(story: string): void {
    for (const piece of piecesOf(story, this.#speakers)) this.named.push(...this.dialogue.take(piece))
  }

  end(): this {
    this.named.push(...this.dialogue.flush())
    return this
  }

  get story(): string {
    return storyOf(this.named)
  }
}

const read = (story: string, name: SuiteName, ends: Ends = {}) => new Reading(story, name, ends).end().story
const withoutIgnores = (story: string) => story.replaceAll(/ ?\b[cs]:IGNORE/g, '').trim()

describe.each(SUITE_NAMES)('under %s', (name) => {
  const suite = suiteNamed(name)

  test.each(STORIES)('%s', (_, story, ends) => {
    expect(read(story, name, ends)).toBe(spoken(story))
  })

  test('PuTTY’s passwords come with an IGNORE', () => {
    const pair = (message: string) => {
      const lengths = Array.from({ length: 250 }, (_, i) => i + 1)
      const password = wireLength(suite, message === 'PASSWORD' ? 52 : 17)
      const ignore = lengths.find((length) => password + wireLength(suite, length) >= 256)
      return `c:${message}&IGNORE(${ignore})`
    }
    const typed = `${BEGIN} +2s ${pair('PASSWORD')} s:FAILURE +2s ${pair('PASSWORD')} s:SUCCESS`
    expect(withoutIgnores(read(typed, name, { client: PUTTY }))).toBe(withoutIgnores(spoken(typed)))
    const prompt = `${BEGIN} c:KEYBOARD_INTERACTIVE s:INFO_REQUEST +2s ${pair('INFO_RESPONSE')} s:SUCCESS`
    expect(withoutIgnores(read(prompt, name, { client: PUTTY }))).toBe(withoutIgnores(spoken(prompt)))
  })

  test('AsyncSSH’s IGNORE before every message is taken off', () => {
    const server = `c:SERVICE_REQUEST s:IGNORE s:SERVICE_ACCEPT c:NONE s:IGNORE s:FAILURE c:PASSWORD s:IGNORE s:FAILURE +2s c:PASSWORD s:IGNORE s:SUCCESS`
    expect(withoutIgnores(read(server, name, { client: LIBSSH, server: ASYNCSSH }))).toBe(
      withoutIgnores(spoken(server)),
    )
    const both = `c:IGNORE c:SERVICE_REQUEST s:IGNORE s:SERVICE_ACCEPT c:IGNORE c:NONE s:IGNORE s:FAILURE c:IGNORE c:PASSWORD s:IGNORE s:SUCCESS`
    expect(withoutIgnores(read(both, name, { client: ASYNCSSH, server: ASYNCSSH }))).toBe(
      withoutIgnores(spoken(both)),
    )
    const joined = `c:IGNORE&SERVICE_REQUEST s:SERVICE_ACCEPT c:IGNORE&NONE s:FAILURE c:IGNORE&PASSWORD s:SUCCESS`
    expect(withoutIgnores(read(joined, name, { client: ASYNCSSH, isOld: true }))).toBe(
      withoutIgnores(spoken(joined)),
    )
  })

  test('dbclient asks for service and `none` in one segment', () => {
    const rest = '+2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:SUCCESS'
    const wanted = `${BEGIN} ${spoken(rest)}`
    for (const client of [DROPBEAR, OPENSSH])
      for (const begin of ['s:SERVICE_ACCEPT s:FAILURE', 's:SERVICE_ACCEPT&FAILURE'])
        expect(read(`c:SERVICE_REQUEST&NONE ${begin} ${rest}`, name, { client })).toBe(wanted)
  })

  test('EXT_INFO comes before the first request and the first FAILURE', () => {
    const story = `s:EXT_INFO c:EXT_INFO&SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:EXT_INFO&FAILURE +2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:SUCCESS`
    const told = read(story, name).split(' ')
    expect(told.filter((word) => !/EXT_INFO|BANNER/.test(word)).join(' ')).toBe(
      `${BEGIN} c:PASSWORD s:FAILURE c:PASSWORD s:SUCCESS`,
    )
    expect(told.slice(0, 4)).toContain('c:EXT_INFO')
    expect(told[0]).toBe('s:EXT_INFO')
  })

  test('a short banner alone may be taken for a FAILURE, but not for one of a password', () => {
    const story = `${HELLO} c:NONE s:BANNER(60) s:FAILURE +2s c:PASSWORD s:FAILURE +2s c:PASSWORD s:SUCCESS`
    expect(read(story, name)).toMatch(/ c:NONE s:FAILURE s\* c:PASSWORD s:FAILURE c:PASSWORD s:SUCCESS$/)
  })
})

describe.each(SUITE_NAMES.filter((name) => !suiteNamed(name).hasClearLength))(
  'in one segment, under %s',
  (name) => {
    test('EXT_INFO may stand behind SERVICE_ACCEPT', () => {
      const story = 'c:SERVICE_REQUEST s:SERVICE_ACCEPT&EXT_INFO c:NONE s:FAILURE +2s c:PASSWORD s:SUCCESS'
      expect(read(story, name)).toBe(spoken(story))
    })

    test('something may stand before a FAILURE of known length', () => {
      const story = `${BEGIN} +2s c:PASSWORD s:BANNER&FAILURE +2s c:PASSWORD s:SUCCESS`
      expect(read(story, name)).toBe(spoken(story))
    })
  },
)

describe('TinySSH pads at random', () => {
  test.each([
    ['s:SERVICE_ACCEPT~1 c:NONE s:FAILURE(15)~1 c:PUBLICKEY_QUERY s:PK_OK~2 c:PUBLICKEY s:SUCCESS~1'],
    ['s:SERVICE_ACCEPT~2 c:NONE s:FAILURE(15)~2 c:PUBLICKEY_QUERY s:PK_OK~1 c:PUBLICKEY s:SUCCESS~2'],
    ['s:SERVICE_ACCEPT~1 c:NONE s:FAILURE(15)~1 c:PUBLICKEY_QUERY s:FAILURE(15)~2'],
  ])('%s', (answers) => {
    const story = `c:SERVICE_REQUEST ${answers}`
    expect(read(story, 'chacha20', { server: 'tinyssh_noversion' })).toBe(spoken(story))
  })
})

describe('a dialogue', () => {
  test('holds a request until it is answered', () => {
    const held = new Reading(`${BEGIN} +2s c:PASSWORD`, 'chacha20')
    expect(held.story).toBe(spoken(BEGIN))
    expect(held.end().story).toBe(spoken(`${BEGIN} c:PASSWORD`))
  })

  test('is over with SUCCESS', () => {
    expect(new Reading(`${BEGIN} +2s c:PASSWORD s:FAILURE`, 'gcm').dialogue.isOver).toBe(false)
    expect(new Reading(`${BEGIN} +2s c:PASSWORD s:SUCCESS`, 'gcm').dialogue.isOver).toBe(true)
  })

  test('tells each message with its own time and segment', () => {
    const { named } = new Reading(`${BEGIN} +2s c:PASSWORD +1s s:FAILURE`, 'gcm')
    expect(named.slice(-2)).toMatchObject([
      { name: 'PASSWORD', packet: 5, delay: 2_020_000, latency: 2_000_000, roundTrip: 20_000 },
      { name: 'FAILURE', packet: 6, delay: 1_005_000, latency: 1_000_000, roundTrip: 5_000 },
    ])
  })

  test('says nothing of a message that answers nothing', () => {
    expect(read(`${BEGIN} s(100)`, 'gcm')).toBe(`${spoken(BEGIN)} s*`)
  })
})

describe('bytes that are missing', () => {
  test('take what was asked with them: the next answer has no request', () => {
    const torn = new Reading(`${BEGIN} +2s c:PASSWORD`, 'gcm')
    torn.dialogue.tear(1)
    expect(torn.end().story).toBe(spoken(BEGIN))
    torn.hear('s:FAILURE')
    expect(torn.story).toBe(`${spoken(BEGIN)} s*`)
    torn.hear('+2s c:PASSWORD s:SUCCESS')
    expect(torn.story).toBe(`${spoken(BEGIN)} s* c:PASSWORD s:SUCCESS`)
  })
})

describe('what lengths leave open', () => {
  test('a first request that takes the server long is a password', () => {
    const first = (answer: string) =>
      read(`${HELLO} c:PASSWORD(43) ${answer}`, 'ctr, sha2-256', { client: LIBSSH2 })
    expect(first('+300ms s:FAILURE')).toMatch(/ c:PASSWORD s:FAILURE$/)
    expect(first('s:FAILURE c:PASSWORD(60) s:SUCCESS')).toMatch(/ c:NONE s:FAILURE c:PASSWORD s:SUCCESS$/)
    expect(first('s:FAILURE')).toMatch(/ c:PASSWORD s:FAILURE$/)
  })

  test('a password as long as `none` is told by PAM’s delay', () => {
    const again = (answer: string) =>
      read(`${BEGIN} c:PASSWORD(35) ${answer}`, 'chacha20', { client: LIBSSH })
    expect(again('+2s s:FAILURE')).toMatch(/ c:PASSWORD s:FAILURE$/)
    expect(again('s:FAILURE')).toMatch(/ c:NONE s:FAILURE$/)
  })

  test('what is as long as a prompt is one if it is responded to', () => {
    const prompt = (rest: string) =>
      read(`${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:FAILURE(45) ${rest}`, 'chacha20')
    expect(prompt('+2s c:INFO_RESPONSE s:SUCCESS')).toMatch(/ s:INFO_REQUEST c:INFO_RESPONSE s:SUCCESS$/)
    expect(prompt('+2s c:PASSWORD s:SUCCESS')).toMatch(/ s:FAILURE c:PASSWORD s:SUCCESS$/)
  })

  test('something short may stand behind SUCCESS', () => {
    const story = `${BEGIN} +2s c:PASSWORD s:SUCCESS&GLOBAL_REQUEST(5)`
    expect(read(story, 'chacha20')).toBe(spoken(story))
  })

  test('a FAILURE that was taken for a prompt leaves what follows without a name', () => {
    const story = `${HELLO} c:NONE s:FAILURE(45) c:KEYBOARD_INTERACTIVE s:FAILURE(45) s(100) +2s c:PASSWORD s:SUCCESS`
    expect(read(story, 'chacha20')).toMatch(/ c:KEYBOARD_INTERACTIVE s:FAILURE s\* c:PASSWORD s:SUCCESS$/)
  })

  test('SUCCESS behind a banner in one segment is told by the channel that is opened', () => {
    const story = `${HELLO} c:PASSWORD s:BANNER(200)&SUCCESS c:CHANNEL_OPEN`
    expect(read(story, 'chacha20', { client: PARAMIKO })).toMatch(/ c:PASSWORD s:BANNER s:SUCCESS/)
  })
})
