// hot path
// The programs that flows run on: the current one, on which flows open, and those before it that still have open
// flows. A flow's record holds its generation's slot. When all slots are taken, the flows of the oldest go over to
// the current one and begin there anew; they are counted.

import { word } from '../core/bytes.ts'
import { Counters } from '../model/counters.ts'
import { type FlowRecords, GENERATION_SHIFT, GENERATIONS, STATE } from '../model/flow-record.ts'
import type { Program } from '../model/program.ts'
import type { Generation } from './generation.ts'

const MASK = GENERATIONS - 1

export class Generations {
  readonly #words: Int32Array
  /** By slot. Slots that are not in use hold the current generation, so that all have one shape. */
  readonly #slots: Generation[]
  /** Slots in use, the oldest first; the last is the current one. */
  #order: readonly number[] = [0]
  /** Of the current one. */
  #slot = 0
  /** Totals of those that are gone. */
  readonly #retired = new Counters()
  /** Flows that had to begin anew on a later generation. */
  movedFlows = 0
  current: Generation

  constructor(records: FlowRecords, first: Generation) {
    this.#words = records.words
    this.#slots = Array.from({ length: GENERATIONS }, () => first)
    this.current = first
  }

  /** Generations in use. */
  get size(): number {
    return this.#order.length
  }

  of(flow: number): Generation {
    if (this.#order.length === 1) return this.current
    return this.#slots[(word(this.#words, flow + STATE) >>> GENERATION_SHIFT) & MASK] ?? this.current
  }

  programOf(flow: number): Program {
    return this.of(flow).program
  }

  /** A flow opened: it runs on the current generation. */
  opened(flow: number): void {
    this.current.flows++
    this.#enter(flow, this.#slot)
  }

  /** A flow is given up. */
  released(flow: number): void {
    const generation = this.of(flow)
    generation.release(flow)
    generation.flows--
    if (generation.flows === 0 && generation !== this.current) this.#retire(generation)
  }

  /**
   * Makes a generation the current one.
   *
   * @param eachFlow - calls back with every open flow
   */
  adopt(next: Generation, eachFlow: (visit: (flow: number) => void) => void): void {
    if (this.current.flows === 0) this.#retire(this.current)
    if (this.#order.length === GENERATIONS) this.#evict(next, eachFlow)
    const slot = this.#slots.findIndex((_, i) => !this.#order.includes(i))
    this.#slots[slot] = next
    this.#slot = slot
    this.#order = [...this.#order, slot]
    this.current = next
  }

  count(counters: Counters): void {
    for (const [name, amount] of this.#retired.entries()) counters.add(name, amount)
    for (const slot of this.#order) this.#slots[slot]?.count(counters)
  }

  /** The flows of the oldest generation begin anew on `next`, whose slot will be the oldest's. */
  #evict(next: Generation, eachFlow: (visit: (flow: number) => void) => void): void {
    const slot = this.#order[0] ?? 0
    const oldest = this.#slots[slot]
    if (oldest === undefined) return
    eachFlow((flow) => {
      if (this.of(flow) !== oldest) return
      oldest.release(flow)
      this.#enter(flow, slot)
      next.flows++
      this.movedFlows++
    })
    this.#retire(oldest)
  }

  #enter(flow: number, slot: number): void {
    const state = word(this.#words, flow + STATE)
    this.#words[flow + STATE] = (state & ~(MASK << GENERATION_SHIFT)) | (slot << GENERATION_SHIFT)
  }

  #retire(generation: Generation): void {
    generation.count(this.#retired)
    this.#order = this.#order.filter((slot) => this.#slots[slot] !== generation)
  }
}
