import { expect, it } from 'vitest'
import { capLinkType } from '../../../../src/capture/live/cap-link.ts'
import { LinkType } from '../../../../src/model/frame.ts'

it('knows the names that cap gives', () => {
  expect(capLinkType('ETHERNET')).toBe(LinkType.ethernet)
  expect(capLinkType('NULL')).toBe(LinkType.null)
  expect(capLinkType('LINKTYPE_LINUX_SLL')).toBe(LinkType.linuxSll)
  expect(capLinkType('RAW')).toBe(LinkType.raw)
})

it('takes the numbers of link types that cap has no name for', () => {
  expect(capLinkType('Unknown linktype 276')).toBe(LinkType.linuxSll2)
  expect(capLinkType('Unknown linktype 12')).toBe(LinkType.rawBsd)
})

it('refuses what Gait does not decode', () => {
  expect(capLinkType('IEEE802_11_RADIO')).toBeUndefined()
  expect(capLinkType('Unknown linktype 189')).toBeUndefined()
  expect(capLinkType('')).toBeUndefined()
})
