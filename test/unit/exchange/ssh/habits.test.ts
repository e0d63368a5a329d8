import { describe, expect, test } from 'vitest'
import { habitsOf, isLibrary } from '../../../../src/exchange/ssh/habits.ts'

/** Version lines as they are sent: whether passwords are hidden, paired with an IGNORE, and `none` is asked for. */
const CLIENTS: readonly [string, boolean, boolean, boolean | undefined][] = [
  ['OpenSSH_9.2p1 Debian-2+deb12u10', true, false, true],
  ['OpenSSH_7.1', true, false, true],
  ['OpenSSH_for_Windows_8.1', true, false, true],
  ['PuTTY_Release_0.78', false, true, true],
  ['WinSCP_release_5.17', false, true, true],
  ['dropbear_2022.83', false, false, true],
  ['AsyncSSH_2.10.1', false, false, true],
  ['libssh_0.10.6', false, false, true],
  ['libssh-0.6.3', false, false, true],
  ['libssh2_1.10.0', false, false, undefined],
  ['paramiko_2.12.0', false, false, false],
  ['Go', false, false, true],
  ['JSCH-0.1.54', false, false, true],
  ['ssh2js1.17.0', false, false, true],
  ['Cisco-1.25', false, false, undefined],
  ['', false, false, true],
]

describe('a client that names itself', () => {
  test.each(CLIENTS)('%s', (software, hidesPasswords, pairsPasswords, beginsWithNone) => {
    expect(habitsOf(software, false)).toEqual({
      isModern: false,
      hidesPasswords,
      pairsPasswords,
      beginsWithNone,
    })
  })

  test('is modern when it asks for EXT_INFO', () => {
    expect(habitsOf('OpenSSH_9.2p1', true).isModern).toBe(true)
  })
})

test.each([
  ['paramiko_2.12.0', true],
  ['libssh_0.10.6', true],
  ['libssh2_1.10.0', true],
  ['AsyncSSH_2.10.1', true],
  ['Go', true],
  ['ssh2js1.17.0', true],
  ['Twisted_22.4', true],
  ['Ruby/Net::SSH_7.0', true],
  ['OpenSSH_9.2p1', false],
  ['PuTTY_Release_0.78', false],
  ['dropbear_2022.83', false],
  ['', false],
])('%s names a library: %s', (software, library) => {
  expect(isLibrary(software)).toBe(library)
})
