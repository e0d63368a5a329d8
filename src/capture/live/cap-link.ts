// The link types that npm's cap names, as numbers of the pcap file format.

import { LinkType } from '../../model/frame.ts'

const NAMES: Readonly<Record<string, number>> = {
  NULL: LinkType.null,
  ETHERNET: LinkType.ethernet,
  LINKTYPE_LINUX_SLL: LinkType.linuxSll,
  RAW: LinkType.raw,
}

const KNOWN: readonly number[] = Object.values(LinkType)

/** @param text - what Cap.open() returned @returns undefined for a link type that Gait does not decode */
export function capLinkType(text: string): number | undefined {
  const named = NAMES[text]
  if (named !== undefined) return named
  // cap has no name for it, and returns what it would say of an error.
  const [, number] = /^Unknown linktype (\d+)$/.exec(text) ?? []
  return KNOWN.find((link) => String(link) === number)
}
