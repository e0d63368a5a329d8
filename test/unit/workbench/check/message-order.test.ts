import { describe, expect, it } from 'vitest'
import { isOutOfOrder } from '../../../../src/workbench/check/message-order.ts'
import { recogniser } from '../signatures.ts'

const never = (text: string) => isOutOfOrder(recogniser(text))

describe('isOutOfOrder', () => {
  it('knows that no side goes back', () => {
    expect(never('ssh * s:SUCCESS any{0,} s:PK_OK')).toBe(true)
    expect(never('ssh * c:CHANNEL_OPEN any c:NEWKEYS')).toBe(true)
    expect(never('ssh * s:SUCCESS c:PASSWORD')).toBe(false)
    expect(never('ssh * s:FAILURE s:BANNER s:SUCCESS s:CHANNEL_REPLY')).toBe(false)
  })

  it('lets messages come at any time that do', () => {
    expect(never('ssh * s:SUCCESS s:IGNORE s:DISCONNECT')).toBe(false)
    expect(never('ssh * c:SERVICE_REQUEST c:EXT_INFO')).toBe(false)
  })

  it('knows what a phase begins with', () => {
    expect(never('ssh * <auth s*')).toBe(true)
    expect(never('ssh * <auth c:INFO_RESPONSE')).toBe(true)
    expect(never('ssh * <auth c:PASSWORD')).toBe(false)
    expect(never('ssh * <channel s:FAILURE')).toBe(true)
    expect(never('ssh * <session any{0,3} s:CHANNEL_OPEN')).toBe(false)
    expect(never('ssh * < c:VERSION')).toBe(false)
  })

  it('has nothing to say of packets', () => {
    expect(never('tcp * s12')).toBe(false)
    expect(never('ssh * where version = 1')).toBe(false)
  })
})
