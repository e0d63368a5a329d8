import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { loadSignatures } from '../../../src/signature/load-signatures.ts'
import { formatPrebuilt, readPrebuilt } from '../../../src/signature/prebuilt-program.ts'

const text = 'tcp * = c1 s2 c3 : A\nssh * c:NONE s:FAILURE where passwords = 0 : B\n'
const files = [
  { name: '/built/a.sig', text },
  { name: '/built/b.sig', text: 'tcp 80 = + c7 s7 c8 : C\n' },
]
const json = formatPrebuilt(files, compileProgram(files).program)

describe('a prebuilt program', () => {
  it('is what its files compile to, with the names that they have now', () => {
    const moved = files.map(({ name, text }) => ({ name: name.replace('built', 'installed'), text }))
    expect(readPrebuilt(json, moved)).toEqual(compileProgram(moved).program)
  })

  it('is as the shipped signatures compile', () => {
    const shipped = loadSignatures([join(import.meta.dirname, '../../../signatures')])
    const { program, diagnostics } = compileProgram(shipped)
    expect(diagnostics).toEqual([])
    expect(readPrebuilt(formatPrebuilt(shipped, program), shipped)).toEqual(program)
  })

  it.each([
    ['changed', files.with(1, { name: '/built/b.sig', text: 'tcp 80 = + c7 s7 c9 : C\n' })],
    ['added', [...files, { name: '/built/c.sig', text: '' }]],
    ['taken away', files.slice(1)],
    ['renamed', files.with(0, { name: '/built/x.sig', text })],
    ['loaded in another order', files.toReversed()],
  ])('is of no use when a file was %s', (_what, others) => {
    expect(readPrebuilt(json, others)).toBeUndefined()
  })
})
