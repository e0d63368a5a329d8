import { describe, expect, it } from 'vitest'
import { explainStatementToken, figureMeaning } from '../../../../src/workbench/lsp/explain-token.ts'
import { lineAt } from '../../../../src/workbench/lsp/file-lines.ts'
import { cursorIn, textOf } from './cursor.ts'

function explained(text: string): string | undefined {
  const { source, offset } = cursorIn(text)
  const found = explainStatementToken(lineAt(source, offset), offset)
  return found && `${textOf(source, found.span)} | ${found.lines[0]}`
}

describe('explainStatementToken', () => {
  it.each([
    ['s‸sh * c* : A', 'ssh | **`ssh`**: any flow that speaks SSH 2: elements are its messages, not packets.'],
    ['tcp ‸22,25 c1 : A', '22 | **`22`**: port of the server.'],
    ['tcp ‸* c1 : A', '* | **`*`**: any port.'],
    [
      'ssh * <au‸th c:NONE : A',
      "<auth | **`<auth`**: the first message of the match is the client's first request for authentication.",
    ],
    [
      'tcp * ‸< c1 : A',
      "< | **`<`**: the first packet is the flow's first, and the capture holds the flow's start.",
    ],
    ['tcp * c1 (c2 ‸| s3) : A', '| | **`|`**: or else: the next alternative of the group.'],
    ['tcp * ‸+? c1 : A', '+? | **`+?`**: any time, long or short, comes before.'],
    [
      'tcp * ‸+2s..30s c1 : A',
      '+2s..30s | **`+2s..30s`**: 2 seconds to 30 seconds since the element before it.',
    ],
    ['tcp * +1m‸.. c1 : A', '+1m.. | **`+1m..`**: at least 1 minute since the element before it.'],
    [
      'tcp * +..20‸0ms c1 : A',
      '+..200ms | **`+..200ms`**: at most 200 milliseconds since the element before it.',
    ],
    ['tcp * c1 s2{‸2,} c3 : A', '{2,} | **`{2,}`**: at least 2 times.'],
    ['tcp * c1 s2{‸,3} c3 : A', '{,3} | **`{,3}`**: up to 3 times, or not at all.'],
    ['tcp * c1 s2{‸2,3} c3 : A', '{2,3} | **`{2,3}`**: 2 to 3 times.'],
    ['tcp * c1 s2{‸4} c3 : A', '{4} | **`{4}`**: just 4 times.'],
    ['tcp * c1 s‸2? c3 : A', 's2 | **Packet 2 of 3**: the server sends 2 bytes.'],
    ['tcp * c1 s2?‸ c3 : A', '? | **`?`**: once or not at all.'],
    ['tcp * c1 a‸ny : A', 'any | **Packet 2 of 2**: one packet of either side, of any size, after any time.'],
    ['tcp * where id‸le > 1 : A', 'idle | **`idle`**: time since the last packet with payload.'],
    ['tcp * where c.bytes > 1‸M and idle > 2s : A', '1M | **`1M`**: 1,000,000.'],
    ['tcp * where c.bytes > 1 a‸nd idle > 2s : A', 'and | **`and`**: both must hold.'],
    [
      'count a by pa‸ir within 1h where hits > 3 : A',
      'pair | **`pair`**: hits of one client at one server are counted together.',
    ],
    ['count a by pair within ‸1h where hits > 3 : A', '1h | **`1h`**: 1 hour.'],
    ['count a by pair within 1h where hi‸ts > 3 : A', 'hits | **`hits`**: hits that were counted.'],
    [
      'tcp 22 s12 : An ex‸ample',
      ': An example | **Signature**: id derived from its text, no class, severity 3, no examples.',
    ],
  ])('%s', (text, expected) => {
    expect(explained(text)).toBe(expected)
  })

  it('says that behind `-rtt` somebody took the time', () => {
    expect(explained('ssh * +1s..9s-rt‸t c* : A')).toContain(
      '1 second to 9 seconds since the element before it, besides',
    )
  })

  it('has nothing to tell of other words', () => {
    expect(explained('tcp * where c.bytes > 1‸0 : A')).toBeUndefined()
    expect(explained('tcp * where constru‸ctor > 1 : A')).toBeUndefined()
    expect(explained('count a by constru‸ctor within 1h where hits > 3 : A')).toBeUndefined()
    expect(explained('tcp * x‸12 : A')).toBeUndefined()
    expect(explained('tcp * where 1 ‸+ 1 = 2 : A')).toBeUndefined()
  })
})

describe('figureMeaning', () => {
  it('keeps the figures of campaigns apart', () => {
    expect(figureMeaning('duration')).toBe('time since the flow began')
    expect(figureMeaning('duration', true)).toBe('time from the first to the last of them')
    expect(figureMeaning('hits')).toBeUndefined()
  })
})
