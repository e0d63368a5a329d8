// Waits for what other processes bring about.

import { setTimeout as delay } from 'node:timers/promises'

/** @throws Error when `holds` does not hold in time */
export async function until(what: string, holds: () => boolean, limitMs = 20_000): Promise<void> {
  for (const began = performance.now(); !holds(); ) {
    if (performance.now() - began > limitMs) throw new Error(`waited ${limitMs} ms in vain until ${what}`)
    await delay(10)
  }
}
