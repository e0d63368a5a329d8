import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineTooLong, readLines } from '../../../../src/sensor/control/read-lines.ts'

async function* chunksOf(parts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part as string)
}

async function collect(parts: readonly (string | Buffer)[], limit = 100): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of readLines(chunksOf(parts), limit)) lines.push(line)
  return lines
}

describe('readLines', () => {
  it('gives the same lines however the bytes are cut', async () => {
    const text = 'first\n\nzwölf ☂\nlast\nhalf'
    const bytes = Buffer.from(text)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const parts = at.slice(1).map((end, i) => bytes.subarray(at[i], end))
        expect(await collect(parts)).toEqual(['first', '', 'zwölf ☂', 'last'])
      }),
    )
  })

  it('drops what has no line end', async () => {
    expect(await collect(['no end'])).toEqual([])
  })

  it('takes a line as long as the limit, and none that is longer, ended or not', async () => {
    expect(await collect(['x'.repeat(100), '\n'])).toHaveLength(1)
    await expect(collect(['x'.repeat(101)])).rejects.toThrow(LineTooLong)
    await expect(collect(['x'.repeat(60), 'x'.repeat(60)])).rejects.toThrow(LineTooLong)
    await expect(collect([`${'x'.repeat(101)}\n`])).rejects.toThrow('a line is longer than 100 bytes')
  })
})
