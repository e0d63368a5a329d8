// Which events an output takes. Class and severity are asked of alerts only.

import type { OutgoingEvent } from '../../model/event.ts'
import type { EventFilter } from '../../model/output-options.ts'
import { matchesClass } from './class-pattern.ts'

export function selects(filter: EventFilter, event: OutgoingEvent): boolean {
  const { types, classes, severity } = filter
  if (types !== undefined && !types.includes(event.type)) return false
  if (event.type !== 'alert') return true
  if (severity !== undefined && (event.severity ?? Number.POSITIVE_INFINITY) > severity) return false
  return classes === undefined || classes.some((pattern) => matchesClass(pattern, event.class))
}
