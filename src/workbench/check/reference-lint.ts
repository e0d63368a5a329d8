// References to packets that were never taken when they are asked for: in another alternative, or behind.

import { formatSize } from '../../signature/format-items.ts'
import type { ElementNode, ItemNode, LocatedStatement } from '../../signature/statement.ts'
import type { Finding } from './check-codes.ts'

export function lintReferences({ ast, packetSpans, source }: LocatedStatement): readonly Finding[] {
  if (ast.kind !== 'sequence') return []
  const findings = new Map<number, Finding>()
  let number = 0

  /** @returns the packets that may have been taken behind the items */
  const walk = (items: readonly ItemNode[], before: ReadonlySet<number>): ReadonlySet<number> => {
    let taken = before
    for (const item of items) {
      const first = number
      let after = atomTaken(item, taken)
      // In a later round the packets of an earlier one are there.
      if (item.high > 1) {
        number = first
        after = atomTaken(item, after)
      }
      taken = new Set([...taken, ...after])
    }
    return taken
  }

  const atomTaken = ({ atom }: ItemNode, before: ReadonlySet<number>): ReadonlySet<number> => {
    if (atom.kind === 'group') {
      const ways = atom.alternatives.map((items) => walk(items, before))
      return new Set(ways.flatMap((way) => [...way]))
    }
    number++
    findings.delete(number)
    const missing = missingOf(atom, before)
    const span = packetSpans[number - 1]
    if (missing !== undefined && span !== undefined) {
      const text = formatSize(atom.size)
      const message = `packet ${missing} is on no way to here: \`${text}\` matches nothing`
      const place = packetSpans[missing - 1]
      const related = place === undefined ? [] : [{ source, span: place, message: `packet ${missing}` }]
      findings.set(number, { code: 'S102', message, source, span, related })
    }
    return new Set([...before, number])
  }

  walk(ast.items, new Set())
  return [...findings.values()]
}

function missingOf({ size }: ElementNode, taken: ReadonlySet<number>): number | undefined {
  const isReference = size.kind === 'same' || size.kind === 'relative'
  return isReference && !taken.has(size.packet) ? size.packet : undefined
}
