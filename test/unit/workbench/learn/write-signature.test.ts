import { expect, it } from 'vitest'
import { writeSignature } from '../../../../src/workbench/learn/write-signature.ts'

it('puts comment, metadata, examples and statement above each other', () => {
  const packet = { pauseBefore: false, direction: 'client', size: { kind: 'bytes', bytes: 1 } } as const
  const statement = {
    kind: 'classic',
    protocol: 'tcp',
    port: 'any',
    isExact: true,
    atStart: true,
    packets: [packet],
    atEnd: true,
    description: 'One byte',
  } as const
  const heading = { sid: 7, class: 'a.b' }
  expect(writeSignature(statement, heading, ['#+  < c1  >', '#- c2'], ['Drafted.'])).toBe(
    '# Drafted.\n#: sid=7 rev=1 class=a.b\n#+ < c1 >\n#- c2\ntcp * = < c1 > : One byte\n',
  )
})
