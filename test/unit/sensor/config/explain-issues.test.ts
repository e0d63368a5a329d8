import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { explainIssues } from '../../../../src/sensor/config/explain-issues.ts'
import { mapOf, oneOf, text, wholeNumber } from '../../../../src/sensor/config/setting-kinds.ts'

const schema = mapOf(
  {
    number: wholeNumber(1, 5).optional(),
    list: z.array(z.union([text('a word'), mapOf({ word: oneOf('left', 'right') }, 'a map')])).optional(),
  },
  'a map',
)

const findingsIn = (value: unknown) => {
  const { error } = schema.safeParse(value, { reportInput: true })
  return explainIssues(error?.issues ?? [])
}

describe('findings', () => {
  it('say what was found, what was expected, and where', () => {
    expect(findingsIn({ number: 7 })).toEqual([
      { path: ['number'], isKey: false, message: 'found `7`, expected a whole number from 1 to 5' },
    ])
  })

  it('are about keys when these are unknown, one for each', () => {
    expect(findingsIn({ numbr: 7, xyz: 1 })).toEqual([
      {
        path: ['numbr'],
        isKey: true,
        message: 'found the unknown key `numbr`, expected `number`, `list`; did you mean `number`?',
      },
      { path: ['xyz'], isKey: true, message: 'found the unknown key `xyz`, expected `number`, `list`' },
    ])
  })

  it('of a union are those of the kind that was meant', () => {
    expect(findingsIn({ list: ['a', { word: 'lefft' }, { wrd: 'left' }] })).toEqual([
      {
        path: ['list', 1, 'word'],
        isKey: false,
        message: 'found `lefft`, expected `left`, `right`; did you mean `left`?',
      },
      { path: ['list', 2, 'word'], isKey: false, message: 'found no `word`, expected `left`, `right`' },
      {
        path: ['list', 2, 'wrd'],
        isKey: true,
        message: 'found the unknown key `wrd`, expected `word`; did you mean `word`?',
      },
    ])
  })

  it('are one for each value, though several things are wrong with it', () => {
    expect(findingsIn({ number: 1e99 })).toHaveLength(1)
  })

  it('show nothing that could drive a terminal, and no more than a line', () => {
    const long = `\u001b[2J${'x'.repeat(500)}`
    const [finding] = findingsIn({ number: long })
    expect(finding?.message).toMatch(/^found `\\u\{1b\}\[2Jx{34,36}…`, expected/)
  })
})
