import { expect, it } from 'vitest'
import { compareProgramHeads } from '../../../src/sensor/program-changes.ts'
import { programOf } from './running.ts'

const ONE = '#: sid=1 class=a.b\ntcp 22 = c5 : one'
const TWO = '#: sid=2\nudp * = s5 : two'

it('tells signatures that came, went, and are others now', () => {
  const before = programOf(`${ONE}\n${TWO}\n#: sid=3\ntcp 25 = c6 : three`)
  const after = programOf(
    `#: sid=4\ntcp 1 = c1 : four\n#: sid=3\ntcp 25 = c7 : three\n${ONE.replace('a.b', 'a.c')}`,
  )
  expect(compareProgramHeads(before, after)).toEqual({ added: [4], removed: [2], changed: [1, 3] })
})

it('does not mind where signatures stand', () => {
  expect(compareProgramHeads(programOf(`${ONE}\n${TWO}`), programOf(`\n\n${TWO}\n\n${ONE}`))).toEqual({
    added: [],
    removed: [],
    changed: [],
  })
})
