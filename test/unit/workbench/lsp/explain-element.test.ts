import { describe, expect, it } from 'vitest'
import { explainMessage } from '../../../../src/workbench/lsp/explain-element.ts'
import { explainStatementToken } from '../../../../src/workbench/lsp/explain-token.ts'
import { lineAt } from '../../../../src/workbench/lsp/file-lines.ts'
import { cursorIn } from './cursor.ts'

function lines(text: string): readonly string[] {
  const { source, offset } = cursorIn(text)
  return explainStatementToken(lineAt(source, offset), offset)?.lines ?? []
}

describe('explainElement', () => {
  it.each([
    ['tcp * = ‸c1 : A', 'the client sends 1 byte.'],
    ['tcp * ‸c* : A', 'the client sends a packet of any size.'],
    ['tcp * ‸s27/30 : A', 'the server sends 0 to 57 bytes.'],
    ['tcp * any ‸s10..90 : A', 'the server sends 10 to 90 bytes.'],
    ['tcp * c27/15 s‸@1 : A', 'the server sends as many bytes as packet 1 (`c27/15`) had.'],
    ['tcp * c* s‸@1+16 : A', 'the server sends 16 bytes more than packet 1 (`c*`) had.'],
    ['tcp * c* s‸@1-1/2 : A', 'the server sends 1 byte less than packet 1 (`c*`) had, 2 more or less.'],
    ['tcp * c* s‸@1/2 : A', 'the server sends as many bytes as packet 1 (`c*`) had, 2 more or less.'],
    ['tcp * c* s‸@7 : A', 'the server sends as many bytes as packet 7 had.'],
    ['ssh * ‸c* : A', 'the client sends a message of any name and size.'],
    ['ssh * ‸c:NOBODY : A', '`NOBODY` is no message of SSH that is known.'],
  ])('%s', (text, expected) => {
    expect(lines(text)[0]).toMatch(/^\*\*(?:Packet|Message) \d of \d\*\*: /)
    expect(lines(text)[0]?.replace(/^\*\*.*?\*\*: /, '')).toBe(expected)
  })

  it('says what the fuzzy rule makes of a size', () => {
    expect(lines('tcp * ‸c52 : A')).toEqual([
      '**Packet 1 of 1**: the client sends 49 to 55 bytes.',
      '',
      'The statement has no `=`, so 52 means a sixteenth more or less; `52/0` means just that.',
    ])
    expect(lines('tcp * = ‸c52 : A')).toEqual(['**Packet 1 of 1**: the client sends 52 bytes.'])
    expect(lines('tcp * ‸c52 any : A')).toEqual(['**Packet 1 of 2**: the client sends 52 bytes.'])
  })

  it('says which payloads a length on the wire may hide', () => {
    const told = lines('ssh * ‸s52 : A')
    expect(told).toContain('That is the length on the wire, with padding and MAC.')
    expect(told).toContain('| chacha20-poly1305 | its own | 20 to 27 |')
    expect(told).toContain('| aes256-ctr | hmac-sha2-512-etm | none |')
  })

  it('says how long a payload becomes', () => {
    expect(lines('ssh * ‸c:ssh(10) : A')[0]).toBe(
      '**Message 1 of 1**: the client sends a message whose payload can have 10 bytes.',
    )
    expect(lines('ssh * ‸c:ssh(10..20) : A')).toContain('| chacha20-poly1305 | its own | 36 to 52 |')
  })
})

describe('explainMessage', () => {
  it('has the lengths of the manual', () => {
    const told = explainMessage('FAILURE', 'server')
    expect(told[0]).toBe('the server sends `FAILURE`: the request is refused.')
    for (const row of [
      '| chacha20-poly1305 | its own | 52 |',
      '| aes256-ctr | hmac-sha2-256-etm | 68 |',
      '| aes256-ctr | umac-64-etm | 44 |',
      '| aes256-ctr | hmac-sha2-256 | 80 |',
      '| aes256-cbc | hmac-sha1 | 68 |',
    ])
      expect(told).toContain(row)
  })

  it('knows what is in the clear, what OpenSSH fills up, and who sends what', () => {
    expect(explainMessage('KEXINIT', 'client')[1]).toBe('It is in the clear: usually 1136 bytes.')
    expect(explainMessage('PASSWORD', 'client')[1]).toBe(
      'Usually 52 bytes of payload, filled up as OpenSSH does:',
    )
    expect(explainMessage('PASSWORD', 'server')[1]).toBe('Only the client ever sends it.')
  })
})
