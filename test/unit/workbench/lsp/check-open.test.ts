import { describe, expect, it } from 'vitest'
import { NO_RULES } from '../../../../src/workbench/check/house-rules.ts'
import { checkOpen, mendableAt, mendableTogether } from '../../../../src/workbench/lsp/check-open.ts'
import { sourceOf } from '../../signature/texts.ts'

const check = (...texts: readonly string[]) => {
  const files = texts.map((text, i) => sourceOf(text, `${i}.sig`))
  return checkOpen(files, files.slice(0, 1), () => NO_RULES).get(files[0]!) ?? []
}

describe('checkOpen', () => {
  it('tells of open files only, examples among them, by place', () => {
    const found = check('#+ s12 x\ntcp 022 = s12 c20 s28 c44 : A\n', 'x\n')
    expect(found.map(({ code }) => code)).toEqual(['S081', 'S110'])
  })

  it('looks at the others for what they have in common', () => {
    const campaign = 'count a by pair within 1h where hits > 3 : Many\n'
    expect(check(campaign).map(({ code }) => code)).toEqual(['S056'])
    expect(check(campaign, '#: class=a\ntcp 22 = s12 c20 s28 c44 : A\n')).toEqual([])
  })
})

describe('mendableAt', () => {
  it('takes what has a fix and touches the place', () => {
    const found = check('tcp 022 = s12 c20 s28 c44 : A\nx\n')
    const codesAt = (start: number, end: number) => mendableAt(found, { start, end }).map(({ code }) => code)
    expect(codesAt(3, 3)).toEqual(['S110'])
    expect(codesAt(0, 99)).toEqual(['S110'])
    expect(codesAt(30, 31)).toEqual([])
  })
})

describe('mendableTogether', () => {
  it('takes the first of two that edit one place', () => {
    const found = check('tcp 022 = s12 c20 s28 c44/0 : A\n')
    expect(found.map(({ code }) => code).sort()).toEqual(['S035', 'S110'])
    expect(mendableTogether(found)).toHaveLength(1)
  })
})
