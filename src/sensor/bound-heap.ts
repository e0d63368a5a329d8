// Keeps V8 from letting garbage pile up: left alone it lets the heap grow to several times what is in use before it
// collects, and what SSH connections hold for a while would take as much again as the budgets allow them. It has to be
// asked from the start: each collection decides when the next one comes. Costs a collection more often.

import { setFlagsFromString } from 'node:v8'

/** The next full collection comes when the heap has grown by that. */
const GROWING_PERCENT = 80

/** For the whole process, from now on. */
export function boundHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`)
}
