import { describe, expect, it } from 'vitest'
import { compileWithStatements } from '../../../../src/signature/compile-program.ts'
import { loadSignatures } from '../../../../src/signature/load-signatures.ts'
import { formatNearest, nearestJson } from '../../../../src/workbench/explain/format-nearest.ts'
import { nearest } from '../../../../src/workbench/explain/nearest.ts'
import { exchangeOf, THRESHOLD } from '../exchanges.ts'

const { program, statements } = compileWithStatements(loadSignatures(['signatures']))
const text = 's12 c12 s28 +480ms c52 s12 c12 s28'
const found = nearest(program, statements, [exchangeOf(text)], THRESHOLD, 3)

describe('nearest', () => {
  it('begins with what hits, then what is least wrong', () => {
    expect(found.map(({ explanation }) => explanation.subject.signature.sid).slice(0, 2)).toEqual([
      1000003, 1000002,
    ])
    expect(found[0]?.distance).toBe(0)
  })

  it('is shown with the first thing that is wrong', async () => {
    const lines = formatNearest(found, `--sequence ${text}`)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../../golden/explain/nearest.txt')
  })

  it('is told to other programs', () => {
    expect(nearestJson(found, { label: 'x' })).toMatchObject({
      flow: { label: 'x' },
      nearest: [{ sid: 1000003, matches: true }, { sid: 1000002, matches: false, fit: 6, wanted: 7 }, {}],
    })
  })

  it('takes an SSH connection as messages and as packets', () => {
    const exchanges = [exchangeOf('c1 s1'), exchangeOf('c:PASSWORD s:FAILURE', 'ssh')]
    const protocols = nearest(program, statements, exchanges, THRESHOLD, 100).map(
      ({ exchange }) => exchange.protocol,
    )
    expect(new Set(protocols)).toEqual(new Set(['tcp', 'ssh']))
  })

  it('says that nothing is about such a flow', () => {
    expect(
      formatNearest(nearest(program, statements, [exchangeOf('c1', 'icmp')], THRESHOLD, 3), 'x'),
    ).toContain('no signature is about such a flow')
  })
})
