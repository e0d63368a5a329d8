// Which phase of an SSH connection begins with a message: those that a signature may begin with.

import type { MessageName } from '../../model/messages.ts'
import type { Direction } from '../../model/program.ts'

/** Bits of SSH_PHASES, in its order. */
const PHASE = { newkeys: 1, auth: 2, session: 4, channel: 8 } as const
/** What has begun: newkeys for either side at bits 0 and 1. */
const AUTH = 4
const SUCCEEDED = 8
const REQUESTS: ReadonlySet<string> = new Set([
  'NONE',
  'PASSWORD',
  'KEYBOARD_INTERACTIVE',
  'PUBLICKEY_QUERY',
  'PUBLICKEY',
])

export class SshPhases {
  /** By SSH's side: what it says is encrypted. */
  readonly hasKeys: [boolean, boolean]
  /** Phases that have begun, as bits; NEWKEYS for each side. */
  #begun = 0
  #isConfirmed = false

  constructor(hasKeys = false) {
    this.hasKeys = [hasKeys, hasKeys]
  }

  /** Takes the next message. @returns the phases that begin with it: bit i is SSH_PHASES[i] */
  take(side: Direction, name: MessageName): number {
    let phases = 0
    if (this.hasKeys[side] && (this.#begun & (1 << side)) === 0) {
      this.#begun |= 1 << side
      phases |= PHASE.newkeys
    }
    if (side === 0 && REQUESTS.has(name) && (this.#begun & AUTH) === 0) {
      this.#begun |= AUTH
      phases |= PHASE.auth
    }
    if ((this.#begun & SUCCEEDED) !== 0) {
      this.#begun &= ~SUCCEEDED
      phases |= PHASE.session
    }
    if (this.#isConfirmed) phases |= PHASE.channel
    this.#isConfirmed = name === 'CHANNEL_CONFIRMATION'
    if (name === 'NEWKEYS') this.hasKeys[side] = true
    if (name === 'SUCCESS') this.#begun |= SUCCEEDED
    return phases
  }
}
