import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatSource } from '../../../../src/workbench/fmt/format-source.ts'

const GOLDEN = 'test/golden/fmt'

describe('files in canonical form', () => {
  it.each(readdirSync(GOLDEN))('%s', async (name) => {
    const text = readFileSync(join(GOLDEN, name, 'input.sig'), 'utf8')
    const expected = join(process.cwd(), GOLDEN, name, 'expected.sig')
    await expect(formatSource({ name: 'input.sig', text }).text).toMatchFileSnapshot(expected)
  })
})
