// Alerts that the operator does not want, by signature, class and network. The first rule that fits decides.

import { BlockList, type IPVersion, isIPv6 } from 'node:net'
import type { OutgoingEvent } from '../../model/event.ts'
import type { SuppressRule } from '../../model/output-options.ts'
import { matchesClass } from './class-pattern.ts'

interface Network {
  readonly family: IPVersion
  readonly list: BlockList
}

interface Rule {
  readonly sid: number | undefined
  readonly class: string | undefined
  readonly network: Network | undefined
  readonly end: SuppressRule['end']
}

export class Suppressions {
  readonly #rules: readonly Rule[]

  constructor(rules: readonly SuppressRule[]) {
    this.#rules = rules.map((rule) => ({
      ...rule,
      network: rule.network === undefined ? undefined : networkOf(rule.network),
    }))
  }

  /** True for an alert that goes nowhere; other events always go. */
  covers(event: OutgoingEvent): boolean {
    return event.type === 'alert' && this.#rules.some((rule) => fits(rule, event))
  }
}

function fits(rule: Rule, event: OutgoingEvent): boolean {
  if (rule.sid !== undefined && rule.sid !== event.sid) return false
  if (rule.class !== undefined && !matchesClass(rule.class, event.class)) return false
  if (rule.network === undefined) return true
  const { client, server } = event
  return (
    (rule.end !== 'server' && holds(rule.network, client)) ||
    (rule.end !== 'client' && holds(rule.network, server))
  )
}

/** @param text - an address or CIDR; the configuration has checked it */
function networkOf(text: string): Network {
  const [address = '', prefix] = text.split('/')
  const family = familyOf(address)
  const list = new BlockList()
  list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family)
  return { family, list }
}

/** A BlockList would find IPv4 in `::/0`. */
function holds({ family, list }: Network, address: string | undefined): boolean {
  return address !== undefined && familyOf(address) === family && list.check(address, family)
}

function familyOf(address: string): IPVersion {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
