import { describe, expect, test } from 'vitest'
import { Answers } from '../../../../src/exchange/ssh/auth-answers.ts'
import { type AnyRequest, Requests } from '../../../../src/exchange/ssh/auth-requests.ts'
import { habitsOf } from '../../../../src/exchange/ssh/habits.ts'
import type { Piece } from '../../../../src/exchange/ssh/piece.ts'
import { hiddenWireLength, wireLength } from '../../../../src/exchange/ssh/suite.ts'
import { SUITE_NAMES, type SuiteName, suiteNamed } from '../../../support/ssh-story.ts'
import { OPENSSH } from './auth-stories.ts'

const CLIENT = 0
const SERVER = 1

/** Payloads (RFC 4252 §5, §7; RFC 4256 §3), user of four letters, key for Ed25519. */
const NONE = 35
const QUERY = 111
const INTERACTIVE = 59
const SUCCESS = 1
const EMPTY_PROMPT = 17
const FAILURE = 24
const PROMPT = 32
const USUAL = 45
const PK_OK = 71

function piece(side: 0 | 1, wire: number, latency = 0): Piece {
  return { side, wire, latency, time: 0, delay: 0, roundTrip: 0, packet: 1 }
}

describe.each(SUITE_NAMES)('under %s', (name) => {
  const suite = suiteNamed(name)
  const wire = (payload: number) => wireLength(suite, payload)
  const requests = () => new Requests(suite, habitsOf(OPENSSH, true))

  /** Answers to a request, after a FAILURE of so many bytes if any, and so many refusals in all. */
  function server({ failure = 0, refusals = 1, isKeyAccepted = false } = {}) {
    const asked = requests()
    asked.learn(wire(NONE), 'NONE', 'FAILURE')
    if (isKeyAccepted) asked.learn(wire(QUERY), 'PUBLICKEY_QUERY', 'PK_OK')
    const answers = new Answers(suite, asked)
    if (failure > 0) for (let i = 0; i < refusals; i++) answers.learn('FAILURE', wire(failure))
    const nameOf = (payload: number, kind: AnyRequest, request = wire(QUERY)) =>
      answers.nameOf(piece(SERVER, wire(payload)), piece(CLIENT, request), kind)
    return { answers, nameOf }
  }

  test('the shortest message is SUCCESS', () => {
    for (const kind of ['NONE', 'PASSWORD', 'PUBLICKEY', 'INFO', 'KEYBOARD_INTERACTIVE'] as const)
      for (const failure of [0, FAILURE, USUAL])
        expect(server({ failure }).nameOf(SUCCESS, kind)).toBe('SUCCESS')
  })

  test('a FAILURE is known by the lengths that it may have, then by the one it has', () => {
    for (const payload of [15, FAILURE, USUAL]) expect(server().nameOf(payload, 'NONE')).toBe('FAILURE')
    for (const failure of [15, FAILURE, USUAL])
      expect(server({ failure }).nameOf(failure, 'PASSWORD')).toBe('FAILURE')
  })

  test('a refused signature under an accepted key asks for more', () => {
    expect(server({ failure: FAILURE, isKeyAccepted: true }).nameOf(FAILURE, 'PUBLICKEY')).toBe('PARTIAL')
    expect(server({ failure: FAILURE, isKeyAccepted: true }).nameOf(14, 'PUBLICKEY')).toMatch(
      /^(PARTIAL|FAILURE)$/,
    )
  })

  test('PK_OK repeats the key', () => {
    expect(server({ failure: FAILURE }).nameOf(PK_OK, 'PUBLICKEY')).toBe('PK_OK')
    expect(server({ failure: USUAL }).nameOf(PK_OK, 'PUBLICKEY')).toBe('PK_OK')
  })

  test('what answers keyboard-interactive, and is no FAILURE, is a prompt', () => {
    expect(server({ failure: 60 }).nameOf(PROMPT, 'KEYBOARD_INTERACTIVE')).toBe('INFO_REQUEST')
    expect(server({ failure: 60 }).nameOf(400, 'KEYBOARD_INTERACTIVE')).toBeUndefined()
  })

  test('a prompt without prompts follows a response', () => {
    expect(server({ failure: USUAL }).nameOf(EMPTY_PROMPT, 'INFO')).toBe('INFO_REQUEST')
    expect(server({ failure: EMPTY_PROMPT }).nameOf(EMPTY_PROMPT, 'INFO')).toBe('FAILURE')
  })

  test('the last refusal that a server allows is a DISCONNECT', () => {
    expect(server({ failure: FAILURE, refusals: 2 }).nameOf(45, 'PASSWORD')).toBe('DISCONNECT')
    expect(server({ failure: USUAL, refusals: 2 }).nameOf(45, 'PASSWORD')).toBe('FAILURE')
  })

  test('anything longer is none of these', () => {
    expect(server().nameOf(300, 'PASSWORD')).toBeUndefined()
    expect(server({ failure: FAILURE }).nameOf(300, 'PASSWORD')).toBeUndefined()
    expect(
      server().answers.nameOf(piece(SERVER, wire(40) + 1), piece(CLIENT, wire(NONE)), 'NONE'),
    ).toBeUndefined()
  })

  describe('what is as long as a FAILURE', () => {
    const request = piece(CLIENT, wire(INTERACTIVE))
    const prompt = piece(SERVER, wire(USUAL))
    const response = piece(CLIENT, hiddenWireLength(suite, 17), 2e6)
    const password = piece(CLIENT, hiddenWireLength(suite, 52), 2e6)

    test('may be a prompt when one was asked for', () => {
      const { answers } = server({ failure: USUAL })
      expect(answers.mayPrompt(prompt, true)).toBe(true)
      expect(answers.mayPrompt(prompt, false)).toBe(false)
      expect(answers.mayPrompt(piece(SERVER, wire(200)), true)).toBe(false)
      expect(server().answers.mayPrompt(prompt, true)).toBe(true)
      expect(server().answers.mayPrompt(piece(SERVER, wire(SUCCESS)), true)).toBe(false)
    })

    test('was one when it is responded to', () => {
      const { answers } = server({ failure: USUAL })
      expect(answers.wasPrompt(prompt, request, response)).toBe(true)
      expect(answers.wasPrompt(prompt, request, password)).toBe(false)
      expect(answers.wasPrompt(prompt, request, piece(SERVER, wire(50)))).toBe(false)
    })

    test('was one behind another prompt when it is responded to at once', () => {
      const { answers } = server({ failure: EMPTY_PROMPT })
      answers.learn('INFO_REQUEST', wire(PROMPT))
      expect(answers.isAsked).toBe(true)
      const empty = piece(SERVER, wire(EMPTY_PROMPT))
      expect(answers.mayPrompt(empty, false)).toBe(true)
      expect(answers.wasPrompt(empty, request, piece(CLIENT, hiddenWireLength(suite, 5)))).toBe(true)
      expect(answers.mayPrompt({ ...empty, latency: 2e6 }, false)).toBe(false)
      expect(answers.wasPrompt(empty, request, undefined)).toBe(false)
    })
  })
})

describe('learning', () => {
  const answersOf = (name: SuiteName) =>
    new Answers(suiteNamed(name), new Requests(suiteNamed(name), habitsOf(OPENSSH, true)))

  test('keeps the length of FAILURE until the list of methods changes', () => {
    const answers = answersOf('gcm')
    answers.learn('FAILURE', 52)
    expect(answers.failure).toBe(52)
    answers.learn('FAILURE', 0)
    expect(answers.failure).toBe(52)
    answers.learn('PARTIAL', 52)
    expect(answers.failure).toBe(0)
  })

  test('knows no length where padding is random', () => {
    const answers = answersOf('chacha20')
    answers.isRandom = true
    answers.learn('FAILURE', 52)
    expect(answers.failure).toBe(0)
    expect(answers.nameOf(piece(SERVER, 44), piece(CLIENT, 140), 'PUBLICKEY')).toBe('SUCCESS')
  })
})
