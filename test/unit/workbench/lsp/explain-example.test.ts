import { describe, expect, it } from 'vitest'
import { explainExample } from '../../../../src/workbench/lsp/explain-example.ts'
import { lineAt } from '../../../../src/workbench/lsp/file-lines.ts'
import { cursorIn, textOf } from './cursor.ts'

function explained(example: string, statement = 'ssh * c:PASSWORD : Refused'): string | undefined {
  const { source, offset } = cursorIn(example, '#: sid=7 class=a.b', statement)
  const found = explainExample([source], lineAt(source, offset), offset)
  return found && `${textOf(source, found.span)} | ${found.lines.join(' ')}`
}

describe('explainExample', () => {
  it.each([
    ['‸#+ c1', '#+ | **`#+`**: must hit what follows, just once.'],
    ['#+ 3‸x c1', '#+ 3x | **`#+ 3x`**: must hit what follows, just 3 times.'],
    ['#‸- c1', '#- | **`#-`**: must not hit what follows.'],
    ['#+ ‸< c1', "< | **`<`**: the flow's start was seen."],
    ['#+ c1 + ‸c1', 'c1 | The client sends a message without a name, 1 byte on the wire.'],
    ['#+ c1 ‸+ c1', '+ | **`+`**: a pause of just the threshold.'],
    ['#+ c1 +‸2s c1', '+2s | **`+2s`**: 2s pass.'],
    ['#+ c1 ‸! c1', '! | **`!`**: a gap, bytes that the capture lost.'],
    [
      '#+ c:PASS‸WORD(60)',
      'c:PASSWORD(60) | The client sends `PASSWORD`: a password.  It has 92 bytes on the wire: examples speak ChaCha20-Poly1305.',
    ],
    [
      '#+ s:ss‸h(10)',
      's:ssh(10) | The server sends a message without a name and with 10 bytes of payload.  It has 36 bytes on the wire: examples speak ChaCha20-Poly1305.',
    ],
    ['#+ c:NO‸BODY', 'c:NOBODY | `NOBODY` is no message of SSH that is known.'],
    [
      '#+ c.libra‸ry=1 c1',
      "c.library=1 | **`c.library`**: 1 when the client's version line names a library such as libssh or paramiko, else 0.",
    ],
    ['#+ port 22‸22: c1', 'port 2222: | The port that the flow goes to.'],
    [
      '#+ a.b@10.0.0.1>10.‸0.0.2',
      'a.b@10.0.0.1>10.0.0.2 | A hit of this class in a flow from a client to a server.',
    ],
    [
      '#+ c1 & ‸7',
      '7 | Hits this, too: Refused  **Signature**: sid 7, revision 1, class `a.b`, severity 3, 1 example.',
    ],
    ['#+ c1 & ‸8', '8 | Signature 8 hits this, too. It is not loaded here.'],
  ])('%s', (example, expected) => {
    expect(explained(example)).toBe(expected)
  })

  it('speaks of packets where the statement below does', () => {
    expect(explained('#+ s1‸2', 'tcp * s12 : A')).toBe('s12 | The server sends 12 bytes.')
  })

  it('has nothing to tell of captures and of what is malformed', () => {
    expect(explained('#+ file:‸x.pcap')).toBeUndefined()
    expect(explained('#+ x1‸2')).toBeUndefined()
  })
})
