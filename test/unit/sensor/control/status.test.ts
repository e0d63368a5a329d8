import { describe, expect, it } from 'vitest'
import { unreadyReason } from '../../../../src/sensor/control/status.ts'
import { STATUS } from './statuses.ts'

describe('unreadyReason', () => {
  it('has none while every interface runs', () => {
    expect(unreadyReason(STATUS)).toBeUndefined()
  })

  it('names the interfaces that do not', () => {
    const interfaces = STATUS.interfaces.map((one, i) => ({
      ...one,
      state: i === 0 ? ('waiting' as const) : ('starting' as const),
    }))
    expect(unreadyReason({ ...STATUS, interfaces })).toBe('eth0: waiting; eth1: starting')
    expect(unreadyReason({ ...STATUS, interfaces: interfaces.slice(0, 1) })).toBe('eth0: waiting')
  })

  it('is that none is open', () => {
    expect(unreadyReason({ ...STATUS, interfaces: [] })).toBe('no interface is open')
  })
})
