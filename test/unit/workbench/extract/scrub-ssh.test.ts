import { describe, expect, it } from 'vitest'
import type { Direction } from '../../../../src/model/program.ts'
import type { Segment } from '../../../../src/workbench/extract/flow-segments.ts'
import { scrubSsh } from '../../../../src/workbench/extract/scrub-ssh.ts'
import { readStream } from '../../../../src/workbench/extract/side-stream.ts'
import { SshTalk } from '../../../support/ssh-talk.ts'

function segmentsOf(side: Direction, talk: SshTalk): readonly Segment[] {
  let seq = 0
  return talk.segments.flatMap(({ side: from, bytes, size }) => {
    if (from !== side) return []
    const segment = { sender: String(side), seq, isSyn: false, bytes, size }
    seq += size
    return [segment]
  })
}

/** What stays readable of a side's stream: text between zeros. */
function scrubbed(talk: SshTalk): readonly [Uint8Array, Uint8Array] {
  return scrubSsh(readStream(segmentsOf(0, talk)), readStream(segmentsOf(1, talk)))
}

const texts = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/[\x20-\x7e]{8,}/g) ?? []
const kept = (bytes: Uint8Array) => bytes.filter((byte) => byte !== 0).length

describe('scrubSsh', () => {
  it('keeps version lines and algorithms', () => {
    const [client, server] = scrubbed(new SshTalk({ client: 'x_1.0 me', server: 'y_2' }).handshake())
    expect(texts(client)[0]).toBe('SSH-2.0-x_1.0 me')
    expect(texts(server)[0]).toBe('SSH-2.0-y_2')
    expect(texts(client).join()).toContain('ext-info-c')
  })

  it('keeps nothing of the key exchange but lengths and numbers', () => {
    const talk = new SshTalk().handshake()
    const [, server] = scrubbed(talk)
    const all = Buffer.concat(segmentsOf(1, talk).map(({ bytes }) => bytes))
    // message() fills a key exchange with sevens.
    expect(all.includes(Buffer.from([7, 7, 7, 7]))).toBe(true)
    expect(Buffer.from(server).includes(Buffer.from([7, 7]))).toBe(false)
  })

  it('keeps nothing behind NEWKEYS where lengths are encrypted, and only lengths where they are not', () => {
    const talkOf = (suite: 'chacha20' | 'gcm') => new SshTalk({ suite }).handshake()
    const story = 'c:SERVICE_REQUEST s:SERVICE_ACCEPT'
    const handshake = kept(scrubbed(talkOf('chacha20'))[0])
    expect(kept(scrubbed(talkOf('chacha20').say(story))[0])).toBe(handshake)
    const clear = kept(scrubbed(talkOf('gcm'))[0])
    const more = kept(scrubbed(talkOf('gcm').say(story))[0]) - clear
    expect(more).toBeGreaterThan(0)
    expect(more).toBeLessThanOrEqual(4)
  })

  it('dots what a server says before its version line', () => {
    const stream = (text: string) =>
      readStream([{ sender: 's', seq: 0, isSyn: false, bytes: Buffer.from(text), size: text.length }])
    const [, server] = scrubSsh(stream(''), stream('Welcome to Bob\r\nSSH-2.0-x\r\nrest'))
    expect(Buffer.from(server).toString()).toBe('..............\r\nSSH-2.0-x\r\n\0\0\0\0')
  })

  it('keeps what a capture has of a version line that it cut off', () => {
    const cut = readStream([
      { sender: 's', seq: 0, isSyn: false, bytes: Buffer.from('SSH-2.0-Op'), size: 30 },
    ])
    expect(texts(scrubSsh(cut, cut)[0])).toEqual(['SSH-2.0-Op'])
  })

  it('keeps the version line alone of SSH 1', () => {
    const bytes = Buffer.from(`SSH-1.5-x\n${'secret'.repeat(9)}`)
    const one = readStream([{ sender: 's', seq: 0, isSyn: false, bytes, size: bytes.length }])
    expect(texts(scrubSsh(one, one)[0])).toEqual(['SSH-1.5-x'])
  })
})
