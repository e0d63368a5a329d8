// Reads segments as a flow's stream would bring them, and tells what was read as a story (ssh-story.ts).

import { SshConversation } from '../../src/exchange/ssh/ssh-conversation.ts'
import type { SshHandshake, SshMessage } from '../../src/model/ssh.ts'
import { storyOf } from './ssh-story.ts'
import { type Bytes, SshTalk, type TalkOptions } from './ssh-talk.ts'

export class Listener {
  readonly conversation = new SshConversation()
  readonly handshakes: SshHandshake[] = []
  readonly messages: SshMessage[] = []
  #packet = 0

  hear(segments: readonly Bytes[]): this {
    for (const segment of segments) this.take(segment)
    return this
  }

  take({ side, time, bytes, size, isLost }: Bytes, isLate = false): void {
    if (isLost) {
      this.conversation.tear(side)
      return
    }
    this.#packet++
    this.#tell((told) => {
      const known = this.conversation.take(side, bytes, size, time, this.#packet, told, isLate)
      if (known !== undefined) this.handshakes.push(known)
    })
  }

  /** The flow's end was seen. */
  end(): this {
    this.#tell((told) => this.conversation.flush(told))
    return this
  }

  #tell(read: (told: SshMessage[]) => void): void {
    const told: SshMessage[] = []
    read(told)
    for (const message of told) {
      this.conversation.keep(message)
      this.messages.push(message)
    }
  }

  /** The messages behind NEWKEYS of both sides. */
  get story(): string {
    return storyOf(this.messages.filter(({ name }) => !IN_THE_CLEAR.has(name)))
  }
}

const IN_THE_CLEAR: ReadonlySet<string> = new Set(['VERSION', 'KEXINIT', 'KEX', 'NEWKEYS'])

/** A connection that ends behind the story, as it is read. */
export function heard(story: string, options: TalkOptions = {}): Listener {
  return new Listener().hear(new SshTalk(options).handshake().say(story).segments).end()
}
