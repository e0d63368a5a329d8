import { existsSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { deviceFact, linkState } from '../../../../src/capture/live/link-state.ts'
import { canCapture, Veth } from '../../../support/veth.ts'

const hasSysfs = existsSync('/sys/class/net/lo')
const veth = new Veth('l')
afterAll(() => veth.remove())

it.skipIf(!hasSysfs)('tells devices that are there from those that are not', () => {
  expect(linkState('lo')).toBe('up')
  expect(linkState('nosuch')).toBe('gone')
})

it('does not judge what is no device of the system', () => {
  expect(linkState('any')).toBe('unknown')
  expect(linkState('../lo')).toBe('unknown')
})

it('reads facts of devices', () => {
  if (hasSysfs) expect(deviceFact('lo', 'type')).toBe('772')
  expect(deviceFact('lo', 'nothing')).toBeUndefined()
})

it.skipIf(!canCapture())('sees a device go down and lose its carrier', () => {
  expect(linkState(veth.near)).toBe('gone')
  veth.make()
  expect(linkState(veth.near)).toBe('up')
  veth.set('down', veth.far)
  expect(linkState(veth.near)).toBe('no-carrier')
  veth.set('down')
  expect(linkState(veth.near)).toBe('down')
})
