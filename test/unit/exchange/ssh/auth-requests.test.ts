import { describe, expect, test } from 'vitest'
import { Requests } from '../../../../src/exchange/ssh/auth-requests.ts'
import { habitsOf } from '../../../../src/exchange/ssh/habits.ts'
import { hiddenWireLength, wireLength } from '../../../../src/exchange/ssh/suite.ts'
import { SUITE_NAMES, type SuiteName, suiteNamed } from '../../../support/ssh-story.ts'

const USERS = [1, 4, 8, 16]
const PASSWORDS = [8, 12, 20, 30]
const AT_ONCE = 0
const TYPED = 2_000_000

/** Payloads of a user's requests (RFC 4252 §5): number, user, service and method, each with its length. */
const base = (user: number) => 1 + 4 + user + 18
const none = (user: number) => base(user) + 4 + 4
const password = (user: number, length: number) => base(user) + 12 + 1 + 4 + length
const interactive = (user: number) => base(user) + 24 + 4 + 4
const query = (user: number, algorithm: number, blob: number) =>
  base(user) + 13 + 1 + 4 + algorithm + 4 + blob
const ed25519 = (user: number) => query(user, 11, 51)
const rsa2048 = (user: number) => query(user, 12, 279)

const OPENSSH = 'OpenSSH_9.2p1'
const PUTTY = 'PuTTY_Release_0.78'
const PLAIN = ['dropbear_2022.83', 'libssh_0.10.6', 'libssh2_1.10.0', 'paramiko_2.12.0']

function requests(name: SuiteName, client: string): Requests {
  return new Requests(suiteNamed(name), habitsOf(client, client === OPENSSH))
}

/** After a refused request for `none`. */
function begun(name: SuiteName, client: string, user: number): Requests {
  const begun = requests(name, client)
  begun.learn(wireLength(suiteNamed(name), none(user)), 'NONE', 'FAILURE')
  return begun
}

describe.each(SUITE_NAMES)('under %s', (name) => {
  const suite = suiteNamed(name)
  const asked = (payload: number, latency = AT_ONCE) => ({ wire: wireLength(suite, payload), latency })
  const hidden = (payload: number, latency = AT_ONCE) => ({ wire: hiddenWireLength(suite, payload), latency })

  test.each([OPENSSH, PUTTY, 'dropbear_2022.83', 'libssh_0.10.6'])('%s asks for `none` first', (client) => {
    for (const user of USERS) expect(requests(name, client).kindOf(asked(none(user)), false)).toBe('NONE')
  })

  test('a program that skips `none` sends a password', () => {
    for (const user of USERS)
      for (const length of PASSWORDS) {
        expect(requests(name, 'paramiko_2.12.0').kindOf(asked(password(user, length)), false)).toBe(
          'PASSWORD',
        )
        const ncrack = requests(name, 'OpenSSH_7.1').kindOf(hidden(password(user, length)), false)
        expect(ncrack).toBe('PASSWORD')
      }
  })

  test('a first request may hold a large key', () => {
    expect(requests(name, 'paramiko_2.12.0').kindOf(asked(rsa2048(4)), false)).toBe('PUBLICKEY')
  })

  test('`none` is known again by its length', () => {
    for (const client of [OPENSSH, PUTTY, ...PLAIN])
      for (const user of USERS)
        expect(begun(name, client, user).kindOf(asked(none(user), TYPED), false)).toBe('NONE')
  })

  test('a typed password is one, hidden or not', () => {
    for (const user of USERS)
      for (const length of PASSWORDS) {
        const payload = password(user, length)
        expect(begun(name, OPENSSH, user).kindOf(hidden(payload, TYPED), false)).toBe('PASSWORD')
        for (const client of PLAIN)
          expect(begun(name, client, user).kindOf(asked(payload, TYPED), false)).toBe('PASSWORD')
      }
  })

  test('keyboard-interactive is asked for at once, with a length of its own', () => {
    for (const client of [OPENSSH, PUTTY, ...PLAIN])
      for (const user of USERS) {
        const known = begun(name, client, user)
        expect(known.kindOf(asked(interactive(user)), false)).toBe('KEYBOARD_INTERACTIVE')
        expect(known.mayBeInteractive(asked(interactive(user)))).toBe(true)
        expect(known.mayBeInteractive(asked(interactive(user), TYPED))).toBe(false)
        expect(known.mayBeInteractive(asked(none(user)))).toBe(false)
        expect(known.mayBeInteractive(asked(rsa2048(user)))).toBe(false)
      }
  })

  test('OpenSSH offers its keys at once', () => {
    for (const user of USERS)
      for (const key of [ed25519, rsa2048])
        expect(begun(name, OPENSSH, user).kindOf(asked(key(user)), false)).toBe('PUBLICKEY')
  })

  test('OpenSSH of old sends passwords at once when told to', () => {
    const old = begun(name, 'OpenSSH_7.1', 4)
    expect(old.kindOf(hidden(password(4, 8)), false)).toBe('PASSWORD')
    expect(old.kindOf(asked(rsa2048(4)), false)).toBe('PUBLICKEY')
  })

  test('behind a password no small key comes', () => {
    const tried = begun(name, OPENSSH, 4)
    tried.learn(hidden(password(4, 8)).wire, 'PASSWORD', 'FAILURE')
    expect(tried.kindOf(hidden(password(4, 8)), false)).toBe('PASSWORD')
  })

  test('the longer request behind an accepted key is signed', () => {
    for (const client of [OPENSSH, PUTTY, ...PLAIN]) {
      const known = begun(name, client, 4)
      expect(known.isKeyAccepted).toBe(false)
      known.learn(asked(ed25519(4)).wire, 'PUBLICKEY_QUERY', 'PK_OK')
      expect(known.isKeyAccepted).toBe(true)
      expect(known.kindOf(asked(ed25519(4) + 87, TYPED), false)).toBe('PUBLICKEY')
      expect(known.kindOf(asked(none(4), TYPED), false)).toBe('NONE')
    }
  })

  test('what follows a prompt responds to it', () => {
    expect(begun(name, OPENSSH, 4).kindOf(asked(none(4)), true)).toBe('INFO')
  })

  test('PK_OK is as long as the key that it repeats', () => {
    for (const user of USERS)
      for (const [key, told] of [
        [ed25519, 1 + 4 + 11 + 4 + 51],
        [rsa2048, 1 + 4 + 12 + 4 + 279],
      ] as const) {
        const known = begun(name, OPENSSH, user)
        const { wire } = asked(key(user))
        expect(known.isEchoed(wire, suite, wireLength(suite, told), false)).toBe(true)
        expect(known.isEchoed(wire, suite, wireLength(suite, told) + suite.block, true)).toBe(true)
        for (const failure of [15, 24, 45])
          expect(known.isEchoed(wire, suite, wireLength(suite, failure), false)).toBe(false)
        expect(known.isEchoed(wire, suite, wireLength(suite, told + 200), false)).toBe(false)
      }
  })

  test('a length that no message has is a password, hidden in a way that is not known', () => {
    const odd = { wire: asked(40).wire + 1, latency: TYPED }
    expect(requests(name, 'x').kindOf(odd, false)).toBe('PASSWORD')
    expect(requests(name, 'x').mayBeInteractive(odd)).toBe(false)
    expect(requests(name, 'x').isDoubtful(odd.wire)).toBe(false)
    expect(requests(name, 'x').guess(odd, false)).toBe('')
    expect(begun(name, OPENSSH, 4).isEchoed(odd.wire, suite, asked(71).wire, false)).toBe(false)
  })
})

describe('PuTTY pairs a password with an IGNORE', () => {
  test('which is told by the length of both', () => {
    const known = begun('ctr, sha2-256', PUTTY, 4)
    expect(known.kindOf({ wire: 272, latency: AT_ONCE }, false)).toBe('PASSWORD')
    expect([known.isAlone(272), known.isAlone(96)]).toEqual([false, true])
    expect([known.isResponse(272), known.isResponse(96)]).toEqual([true, false])
  })

  test('and leaves neither alone where lengths can be read', () => {
    const known = begun('gcm', PUTTY, 4)
    expect([known.isAlone(84), known.isResponse(84)]).toEqual([true, true])
    expect(begun('gcm', OPENSSH, 4).isAlone(84)).toBe(false)
  })
})

describe('a response to a prompt', () => {
  test.each(SUITE_NAMES)('is as short as one hidden unit, or shorter than any request: %s', (name) => {
    const suite = suiteNamed(name)
    expect(begun(name, OPENSSH, 4).isResponse(hiddenWireLength(suite, 17))).toBe(true)
    expect(begun(name, OPENSSH, 4).isResponse(wireLength(suite, none(4)) + 64)).toBe(false)
    expect(begun(name, 'dropbear_2022.83', 4).isResponse(wireLength(suite, 17))).toBe(true)
    expect(begun(name, 'dropbear_2022.83', 4).isResponse(wireLength(suite, password(4, 16)))).toBe(false)
  })

  test.each(SUITE_NAMES)('that answers nothing holds a number and a count: %s', (name) => {
    const suite = suiteNamed(name)
    expect(begun(name, OPENSSH, 4).isEmptyResponse(hiddenWireLength(suite, 5))).toBe(true)
    expect(begun(name, 'dropbear_2022.83', 4).isEmptyResponse(wireLength(suite, 5))).toBe(true)
    expect(begun(name, 'dropbear_2022.83', 4).isEmptyResponse(wireLength(suite, 30))).toBe(false)
  })
})

test('keyboard-interactive is sure where a password would be longer', () => {
  const chacha = suiteNamed('chacha20')
  const asked = { wire: wireLength(chacha, interactive(5)), latency: AT_ONCE }
  expect(begun('chacha20', PUTTY, 5).isSurelyInteractive(asked)).toBe(true)
  expect(begun('chacha20', 'libssh_0.10.6', 5).isSurelyInteractive(asked)).toBe(false)
  expect(begun('chacha20', OPENSSH, 5).isSurelyInteractive({ ...asked, latency: TYPED })).toBe(false)
  // The user's name has it end like a password that is hidden.
  const hidden = { wire: wireLength(chacha, interactive(4)), latency: AT_ONCE }
  expect(hidden.wire % 64).toBe(20)
  expect(begun('chacha20', OPENSSH, 4).isSurelyInteractive(hidden)).toBe(false)
})

test('a first request is in doubt between `none` and a password where the program’s habit is not known', () => {
  const wire = wireLength(suiteNamed('ctr, sha2-256'), password(3, 6))
  const doubts = (client: string) => requests('ctr, sha2-256', client).isDoubtful(wire)
  expect(doubts('libssh2_1.10.0')).toBe(true)
  for (const client of [OPENSSH, PUTTY, 'libssh_0.10.6', 'paramiko_2.12.0'])
    expect(doubts(client)).toBe(false)
  expect(begun('ctr, sha2-256', 'libssh2_1.10.0', 3).isDoubtful(wire)).toBe(false)
  const long = wireLength(suiteNamed('ctr, sha2-256'), password(30, 30))
  expect(requests('ctr, sha2-256', 'libssh2_1.10.0').isDoubtful(long)).toBe(false)
})

describe('the name of a request', () => {
  test.each([
    ['NONE', 'FAILURE', 'NONE'],
    ['NONE', 'SUCCESS', 'NONE'],
    // A server that has had enough refuses credentials.
    ['NONE', 'DISCONNECT', 'PASSWORD'],
    ['PASSWORD', 'FAILURE', 'PASSWORD'],
    ['PASSWORD', 'PK_OK', 'PUBLICKEY_QUERY'],
    ['PASSWORD', 'INFO_REQUEST', 'KEYBOARD_INTERACTIVE'],
    ['KEYBOARD_INTERACTIVE', 'INFO_REQUEST', 'KEYBOARD_INTERACTIVE'],
    ['KEYBOARD_INTERACTIVE', 'FAILURE', 'KEYBOARD_INTERACTIVE'],
    ['KEYBOARD_INTERACTIVE', 'SUCCESS', 'PASSWORD'],
    ['INFO', 'FAILURE', 'INFO_RESPONSE'],
    ['INFO', 'INFO_REQUEST', 'INFO_RESPONSE'],
    ['PUBLICKEY', 'FAILURE', 'PUBLICKEY_QUERY'],
    // No key is signed for that the server was not asked about.
    ['PUBLICKEY', 'SUCCESS', 'PASSWORD'],
  ] as const)('taken for %s and answered with %s is %s', (kind, answer, name) => {
    expect(begun('chacha20', OPENSSH, 4).nameOf(kind, answer)).toBe(name)
  })

  test('of another client: keyboard-interactive without a prompt is a password, a signed request needs no query', () => {
    expect(begun('chacha20', 'libssh_0.10.6', 4).nameOf('KEYBOARD_INTERACTIVE', 'FAILURE')).toBe('PASSWORD')
    expect(begun('chacha20', 'paramiko_2.12.0', 4).nameOf('PUBLICKEY', 'SUCCESS')).toBe('PUBLICKEY')
    const modern = new Requests(suiteNamed('chacha20'), habitsOf('PuTTY_Release_0.81', true))
    expect(modern.nameOf('PUBLICKEY', 'SUCCESS')).toBe('PUBLICKEY')
  })

  test('of a client that asked for `none` again and again stays that', () => {
    const patient = begun('chacha20', OPENSSH, 4)
    patient.learn(60, 'NONE', 'FAILURE')
    expect(patient.nameOf('NONE', 'DISCONNECT')).toBe('NONE')
  })
})

describe('a request without an answer', () => {
  const chacha = suiteNamed('chacha20')
  const known = () => begun('chacha20', OPENSSH, 4)

  test('is named by its length alone', () => {
    expect(known().guess({ wire: hiddenWireLength(chacha, password(4, 8)), latency: TYPED }, false)).toBe(
      'PASSWORD',
    )
    expect(known().guess({ wire: wireLength(chacha, 17), latency: TYPED }, true)).toBe('INFO_RESPONSE')
  })

  test('that is too short for one is DISCONNECT', () => {
    expect(known().guess({ wire: wireLength(chacha, 13), latency: AT_ONCE }, false)).toBe('DISCONNECT')
  })
})

test('the user’s length is learnt from `none` alone, and once', () => {
  const suite = suiteNamed('chacha20')
  const learning = requests('chacha20', 'libssh_0.10.6')
  learning.learn(wireLength(suite, password(4, 20)), 'PASSWORD', 'FAILURE')
  learning.learn(wireLength(suite, none(8)), 'NONE', 'FAILURE')
  learning.learn(wireLength(suite, none(20)), 'NONE', 'FAILURE')
  expect(learning.count).toBe(3)
  const asked = { wire: wireLength(suite, interactive(8)), latency: AT_ONCE }
  expect(learning.mayBeInteractive(asked)).toBe(true)
  expect(learning.mayBeInteractive({ ...asked, wire: wireLength(suite, interactive(30)) })).toBe(false)
})
