import { describe, expect, test } from 'vitest'
import { SessionDialogue } from '../../../../src/exchange/ssh/session-dialogue.ts'
import { wireLength } from '../../../../src/exchange/ssh/suite.ts'
import {
  piecesOf,
  SUITE_NAMES,
  type SuiteName,
  spoken,
  storyOf,
  suiteNamed,
} from '../../../support/ssh-story.ts'

function read(story: string, name: SuiteName): string {
  const suite = suiteNamed(name)
  const dialogue = new SessionDialogue(suite, suite)
  const pieces = piecesOf(story, { suites: [suite, suite], client: 'x', server: 'x' })
  return storyOf([...pieces.flatMap((piece) => [...dialogue.take(piece)]), ...dialogue.flush()])
}

const SESSION = 'c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION'
const SHELL = `${SESSION} c:CHANNEL_REQUEST s:CHANNEL_REPLY`

/** Stories that are read as they were told, whatever the suite. */
const STORIES: readonly [string, string][] = [
  [
    'OpenSSH’s shell',
    'c:CHANNEL_OPEN&GLOBAL_REQUEST s:GLOBAL_REQUEST s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s(60) c(10) s(10)',
  ],
  ['a subsystem', `${SESSION} c:CHANNEL_REQUEST(27) s:CHANNEL_REPLY c(18) s(400)`],
  [
    'a terminal and a shell, asked for apart',
    `${SESSION} c:CHANNEL_REQUEST(200) c:CHANNEL_REQUEST(15) s:CHANNEL_REPLY s(60)`,
  ],
  ['a command without a reply', `${SESSION} c:CHANNEL_REQUEST(30) s(200) s(5)`],
  [
    'forwarding without a session',
    's:GLOBAL_REQUEST c:CHANNEL_OPEN(80) s:CHANNEL_CONFIRMATION c(100) s(400) c:CHANNEL_OPEN(80) s:CHANNEL_CONFIRMATION',
  ],
  ['forwarding beside a terminal', `${SHELL} s(100) +2s c:CHANNEL_OPEN(80) s:CHANNEL_CONFIRMATION c(200)`],
  [
    'X11',
    `${SESSION} c:CHANNEL_REQUEST(80) c:CHANNEL_REQUEST s:CHANNEL_REPLY s:CHANNEL_OPEN(40) c:CHANNEL_CONFIRMATION c(4000)`,
  ],
  ['a keep-alive of the client', `${SHELL} +30s c(27) s(1)`],
  ['what is said of a session that was not opened', 's:GLOBAL_REQUEST s:GLOBAL_REQUEST'],
]

test('an IGNORE before CHANNEL_OPEN, in one segment, makes no forwarded channel of it', () => {
  const suite = suiteNamed('ctr, sha2-256')
  const dialogue = new SessionDialogue(suite, suite)
  dialogue.hasIgnores = true
  const story = 'c:IGNORE&CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY'
  const pieces = piecesOf(story, { suites: [suite, suite], client: 'x', server: 'x' })
  expect(storyOf(pieces.flatMap((piece) => [...dialogue.take(piece)]))).toBe(
    spoken(story).replace('c:IGNORE', 'c:GLOBAL_REQUEST'),
  )
})

test('a port that is asked for may look like a session; what the server opens is found', () => {
  const story = `c:GLOBAL_REQUEST(36) s:GLOBAL_REQUEST(1) ${SHELL} s:CHANNEL_OPEN(60) c:CHANNEL_CONFIRMATION`
  const found = spoken(story).replace('c:GLOBAL_REQUEST', 'c:CHANNEL_OPEN')
  expect(read(story, 'ctr, sha2-256')).toBe(found)
})

describe.each(SUITE_NAMES)('under %s', (name) => {
  test.each(STORIES)('%s', (_, story) => {
    expect(read(story, name)).toBe(spoken(story))
  })

  test('a channel that nobody confirms was data', () => {
    expect(read(`${SHELL} +2s c(80) s(60) c(10)`, name)).toBe(spoken(`${SHELL} c(80) s(60) c(10)`))
    expect(read(`${SHELL} +2s c(80)`, name)).toBe(spoken(`${SHELL} c(80)`))
  })

  test('a client that goes on had its session confirmed', () => {
    const told = read('c:CHANNEL_OPEN s:GLOBAL_REQUEST(17) c:CHANNEL_REQUEST s:CHANNEL_REPLY', name)
    expect(told).toMatch(/^c:CHANNEL_OPEN s:\w+ c:CHANNEL_REQUEST s:CHANNEL_REPLY$/)
    const unseen = read('c:CHANNEL_OPEN s:GLOBAL_REQUEST c:CHANNEL_REQUEST s:CHANNEL_REPLY', name)
    expect(unseen).toBe('c:CHANNEL_OPEN s:GLOBAL_REQUEST c:CHANNEL_REQUEST s:CHANNEL_REPLY')
    const short = read('c:CHANNEL_OPEN s:GLOBAL_REQUEST c:CHANNEL_REQUEST(70) s:CHANNEL_REPLY', name)
    expect(short).toBe('c:CHANNEL_OPEN s:GLOBAL_REQUEST c:CHANNEL_REQUEST s:CHANNEL_REPLY')
  })

  test('the server opens no channel that the client did not ask for', () => {
    const story = `${SHELL} s(76) c(17) s(200)`
    expect(read(story, name)).toBe(spoken(story))
  })

  test('a terminal’s echo opens no channel', () => {
    const story = `${SHELL} s(100) c(80) s(17) c(80) s(17)`
    expect(read(story, name)).toBe(spoken(story))
  })
})

const canTell = (one: number, other: number) => (name: SuiteName) =>
  wireLength(suiteNamed(name), one) !== wireLength(suiteNamed(name), other)

describe.each(SUITE_NAMES.filter(canTell(24, 36)))(
  'where its length is not that of CHANNEL_OPEN, under %s',
  (name) => {
    test('a port is asked for, and the server opens channels', () => {
      const beside = `c:GLOBAL_REQUEST(36) s:GLOBAL_REQUEST(1) c:CHANNEL_OPEN&GLOBAL_REQUEST s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION s(200) c(200)`
      expect(read(beside, name)).toBe(spoken(beside))
      const alone = `c:GLOBAL_REQUEST(36) s:GLOBAL_REQUEST(1) c:GLOBAL_REQUEST s:CHANNEL_OPEN c:CHANNEL_CONFIRMATION s(200) c(200)`
      expect(read(alone, name)).toBe(spoken(alone))
      const refused = 'c:GLOBAL_REQUEST c:GLOBAL_REQUEST(36) s(400)'
      expect(read(refused, name)).toBe('c:GLOBAL_REQUEST c:GLOBAL_REQUEST s:GLOBAL_REQUEST')
    })

    test('what is asked for later is a keep-alive', () => {
      const story = 'c:GLOBAL_REQUEST s:GLOBAL_REQUEST +60s c(24) s(1)'
      expect(read(story, name)).toBe('c:GLOBAL_REQUEST s:GLOBAL_REQUEST c:GLOBAL_REQUEST s:GLOBAL_REQUEST')
    })
  },
)

describe.each(SUITE_NAMES.filter((name) => !suiteNamed(name).hasClearLength))(
  'in one segment, under %s',
  (name) => {
    const suite = suiteNamed(name)

    test('the first channel comes with no-more-sessions', () => {
      const story = 'c:CHANNEL_OPEN&GLOBAL_REQUEST s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY'
      expect(read(story, name)).toBe(spoken(story))
    })

    test('keys are told apart where they can be nothing else', () => {
      const keys = 3
      const wire = keys * wireLength(suite, 10)
      const isOne = (wire - suite.outside - suite.macBytes) % suite.block === 0
      const story = `${SHELL} c(10)&(10)&(10) s(10)`
      expect(read(story, name)).toBe(spoken(isOne ? `${SHELL} c(10) s(10)` : story))
    })
  },
)

test('more keys than anybody types at once are none', () => {
  const keys = (count: number) => `${SHELL} c${Array.from({ length: count }, () => '(10)').join('&')}`
  expect(read(keys(6), 'chacha20')).toBe(spoken(keys(6)))
  expect(read(keys(8), 'chacha20')).toBe(spoken(keys(1)))
})

test('the confirmation may stand behind host keys', () => {
  const story =
    'c:CHANNEL_OPEN&GLOBAL_REQUEST s:GLOBAL_REQUEST&CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY'
  expect(read(story, 'chacha20')).toBe(spoken(story))
  expect(read(story, '3des, sha1')).toBe(spoken(story))
})

test('a forwarded channel may come with no-more-sessions', () => {
  const told = read(
    's:GLOBAL_REQUEST c:CHANNEL_OPEN(76)&GLOBAL_REQUEST s:CHANNEL_CONFIRMATION c(100) s(400)',
    'chacha20',
  )
  expect(told).toMatch(/^s:GLOBAL_REQUEST c\S* c:GLOBAL_REQUEST/)
})
