// Keeps V8 from letting garbage pile up: left alone it doubles its heap before it collects, and what SSH connections
// hold for a while would take as much again as the budgets allow them. Costs a collection more often.

import { setFlagsFromString } from 'node:v8'

/** The next full collection comes when the heap has grown by that. */
const GROWING_PERCENT = 30

/** For the whole process, from now on. */
export function boundHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`)
}
