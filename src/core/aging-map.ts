// A map that knows its oldest entry at once. (A Map's own first entry costs a walk over all that were deleted before.)

export class AgingMap<K, V> {
  readonly #entries = new Map<K, V>()
  /** Stands behind the oldest entry; all before it are deleted. */
  #walk = this.#entries.entries()
  #oldest: readonly [K, V] | undefined

  get size(): number {
    return this.#entries.size
  }

  get(key: K): V | undefined {
    return this.#entries.get(key)
  }

  /** The entry becomes the newest, also when the key was there. */
  set(key: K, value: V): void {
    this.delete(key)
    this.#entries.set(key, value)
  }

  delete(key: K): void {
    if (this.#oldest?.[0] === key) this.#oldest = undefined
    this.#entries.delete(key)
  }

  get oldest(): readonly [K, V] | undefined {
    if (this.#oldest === undefined) {
      let next = this.#walk.next()
      if (next.done === true) {
        this.#walk = this.#entries.entries()
        next = this.#walk.next()
      }
      this.#oldest = next.done === true ? undefined : next.value
    }
    return this.#oldest
  }
}
