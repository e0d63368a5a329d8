import { expect, it } from 'vitest'
import { endsText, endText, tokenText } from '../../../src/workbench/flow-text.ts'
import { specimensOf, traceOf } from './traces.ts'

it('writes ends with their ports, where there are any', () => {
  expect(endText({ address: 'fd00::1', port: 22 })).toBe('[fd00::1]:22')
  expect(endText({ address: 'fd00::1', port: undefined })).toBe('fd00::1')
  expect(endsText(traceOf('c1').flow)).toBe('10.0.0.1:40001 -> 10.0.0.9:4000')
})

it('writes elements with pauses, gaps and names', () => {
  const text = (exchange: string, stream: 'packets' | 'messages' = 'packets') =>
    specimensOf([exchange], stream)[0]?.tokens.map(tokenText)
  expect(text('c1 +2s s5 ! c7')).toEqual(['c1', '+2.0s s5', '! c7'])
  expect(text('c:PASSWORD s28', 'messages')).toEqual(['c:PASSWORD (148)', 's28'])
})
