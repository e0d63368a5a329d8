// hot path
// Where a match may begin. A signature is started by its first three packets at once (by all that it has, when
// they are fewer), so that almost nothing is started in vain. Starts are filed in a hash table under directions,
// pauses, size classes and server port. A packet whose range is wide stands in no class, and some signatures name
// no port: each such way of leaving something out is a shape, and the table must be asked once for each shape that
// the program has. What came out for a profile is remembered, as lazily built automata do, and traffic repeats
// itself: so an element costs about one look into a small table, however many signatures there are. One index
// serves one protocol.

import { type ProgramSignature, Protocol } from '../model/program.ts'
import { type Beginning, beginnings, MOST_PACKETS, type Packet, slotsOf } from './beginnings.ts'
import type { Patterns } from './patterns.ts'
import { classOf } from './size-class.ts'

/** Classes that one packet may be filed under, and keys that one start may have. */
const MOST_CLASSES = 4
const MOST_KEYS = 8

// A profile tells of three successive elements all that a key may hold, the latest in the lowest bits: three
// classes of 7 bits, the pauses before the later two, three directions. A key is a profile with some of it left
// out, and the number of its shape on top.
const CLASS_BITS = 7
const CLASS = (1 << CLASS_BITS) - 1
/** Stands in a profile for all classes that no key has: no size is so large. */
const OTHER = CLASS
const PAUSE_SHIFT = MOST_PACKETS * CLASS_BITS
const DIRECTION_SHIFT = PAUSE_SHIFT + MOST_PACKETS - 1
const SHAPE_SHIFT = DIRECTION_SHIFT + MOST_PACKETS

// Words of a shape: its packets, 1 when a key holds the server port, what of a profile is in a key, its own bits.
const SHAPE_PACKETS = 0
const WITH_PORT = 1
const MASK = 2
const TAG = 3
const SHAPE_WORDS = 4

// Words of a start.
export const SIGNATURE = 0
export const FLAGS = 1
/** Next position in the pattern. */
export const POSITION = 2
/** 1-based packet that is merged or missing; 0 for none. */
export const FUZZ = 3
const FIRST_LOW = 4
const FIRST_HIGH = 5
/** Range of the second size less FIRST_IN_SECOND times the first. */
const SECOND_LOW = 6
const SECOND_HIGH = 7
const FIRST_IN_SECOND = 8
/** Range of the third size less so many times the first and the second. */
const THIRD_LOW = 9
const THIRD_HIGH = 10
const FIRST_IN_THIRD = 11
const SECOND_IN_THIRD = 12
/** How many packets begin it: 1 to 3. */
export const PACKETS = 13

/** FLAGS of a start. */
export const AFTER_PAUSE = 1
export const AT_START = 2

const ANY_PORT = -1
/** Words of a slot of the hash table and of the memory: key, port, where its entries begin and end; 0, 0 if free. */
const SLOT_WORDS = 4
const KEY = 0
const OF_PORT = 1
const FROM = 2
const TO = 3

/** The filter has so many more hash bits than the table. */
const FILTER_BITS = 3

/** What is remembered: so many profiles, with so many entries in all. Then the memory begins anew. */
const MEMORY_BITS = 14
const MEMORY_ENTRIES = 1 << 18

/** A start under one of its keys. */
interface Filed {
  readonly key: number
  readonly port: number
  readonly start: number
}

export class StartIndex {
  readonly starts: Int32Array
  /** Offsets of starts: those that recall() found stand at first() up to after(). */
  readonly found: Int32Array
  readonly isEmpty: boolean
  /** Offsets of starts, contiguous by key. */
  readonly #entries: Int32Array
  readonly #shapes: Int32Array
  readonly #slots: Int32Array
  readonly #shift: number
  /** One bit for each hash that is in the table: most questions end in it, and it stays in the processor's cache. */
  readonly #filter: Int32Array
  readonly #filterShift: number
  /** By age and class: the class at its place in a profile, or OTHER where no key tells the class from others. */
  readonly #classes = new Int32Array(MOST_PACKETS << CLASS_BITS)
  /** One bit for each port that a signature names. */
  readonly #ports = new Int32Array(65536 / 32)
  readonly #memory: Int32Array
  #remembered = 0

  constructor(signatures: readonly ProgramSignature[], patterns: Patterns, protocol: number) {
    const shapes = new Shapes()
    const filed: Filed[] = []
    const starts: number[] = []
    for (const [i, signature] of signatures.entries()) {
      if (Protocol[signature.protocol] !== protocol) continue
      const { port } = signature
      if (port !== ANY_PORT) this.#ports[port >>> 5] = this.#ports[port >>> 5]! | (1 << (port & 31))
      for (const beginning of beginnings(patterns, i)) {
        for (const key of keysOf(beginning, shapes, port)) filed.push({ key, port, start: starts.length })
        starts.push(...startWords(signature, i, beginning))
      }
    }
    filed.sort((a, b) => a.key - b.key || a.port - b.port)
    this.isEmpty = filed.length === 0
    this.starts = Int32Array.from(starts)
    this.#shapes = shapes.words()
    this.#entries = Int32Array.from(filed, ({ start }) => start)
    const bits = 33 - Math.clz32(filed.length)
    this.#shift = 32 - bits
    this.#slots = new Int32Array(SLOT_WORDS << bits)
    this.#filterShift = Math.max(this.#shift - FILTER_BITS, 0)
    this.#filter = new Int32Array(Math.max((1 << (32 - this.#filterShift)) >>> 5, 1))
    // One profile may be that of every start.
    const most = Math.max(MEMORY_ENTRIES, 2 * this.#entries.length)
    this.found = new Int32Array(this.isEmpty ? 0 : most)
    this.#memory = new Int32Array(this.isEmpty ? 0 : SLOT_WORDS << MEMORY_BITS)
    this.#file(filed)
    this.#tellClassesApart(filed)
  }

  /** Profile of three successive packed elements; what is unknown may be anything. */
  profile(first: number, second: number, third: number): number {
    const classes = this.#classes
    return (
      classes[classOf(third >>> 2)]! |
      classes[(1 << CLASS_BITS) + classOf(second >>> 2)]! |
      classes[(2 << CLASS_BITS) + classOf(first >>> 2)]! |
      (((third >> 1) & 1) << PAUSE_SHIFT) |
      (((second >> 1) & 1) << (PAUSE_SHIFT + 1)) |
      ((third & 1) << DIRECTION_SHIFT) |
      ((second & 1) << (DIRECTION_SHIFT + 1)) |
      ((first & 1) << (DIRECTION_SHIFT + 2))
    )
  }

  /**
   * Looks up the starts of a profile.
   *
   * @param known - how many of the profile's three elements there are
   * @returns a name for first() and after(), good until the next call
   */
  recall(profile: number, known: number, serverPort: number): number {
    const isNamed = ((this.#ports[serverPort >>> 5]! >>> (serverPort & 31)) & 1) !== 0
    const port = isNamed ? serverPort : ANY_PORT
    const key = profile | (known << SHAPE_SHIFT)
    const memory = this.#memory
    const slot = (hashOf(key, port) >>> (32 - MEMORY_BITS)) * SLOT_WORDS
    if (memory[slot]! !== key || memory[slot + OF_PORT]! !== port) this.#learn(slot, profile, known, port)
    return slot
  }

  first(slot: number): number {
    return this.#memory[slot + FROM]!
  }

  after(slot: number): number {
    return this.#memory[slot + TO]!
  }

  /** Collects what is filed for a profile, under all shapes. */
  #learn(slot: number, profile: number, known: number, port: number): void {
    const shapes = this.#shapes
    const memory = this.#memory
    const found = this.found
    if (this.#remembered + this.#entries.length > found.length) {
      memory.fill(0)
      this.#remembered = 0
    }
    const from = this.#remembered
    let to = from
    for (
      let shape = 0;
      shape < shapes.length && shapes[shape + SHAPE_PACKETS]! <= known;
      shape += SHAPE_WORDS
    ) {
      const key = (profile & shapes[shape + MASK]!) | shapes[shape + TAG]!
      const keyPort = shapes[shape + WITH_PORT]! === 0 ? ANY_PORT : port
      const bit = hashOf(key, keyPort) >>> this.#filterShift
      if (((this.#filter[bit >>> 5]! >>> (bit & 31)) & 1) === 0) continue
      const entries = this.#find(key, keyPort)
      const end = this.#slots[entries + TO]!
      for (let entry = this.#slots[entries + FROM]!; entry < end; entry++) found[to++] = this.#entries[entry]!
    }
    memory[slot + KEY] = profile | (known << SHAPE_SHIFT)
    memory[slot + OF_PORT] = port
    memory[slot + FROM] = from
    memory[slot + TO] = to
    this.#remembered = to
  }

  /** The slot of a key, or the free one where the search for it ends. */
  #find(key: number, port: number): number {
    const slots = this.#slots
    let slot = (hashOf(key, port) >>> this.#shift) * SLOT_WORDS
    while (slots[slot + TO]! !== 0 && (slots[slot]! !== key || slots[slot + OF_PORT]! !== port))
      slot = (slot + SLOT_WORDS) & (slots.length - 1)
    return slot
  }

  /** So that sizes which mean the same to all signatures have one profile, and one place in the memory. */
  #tellClassesApart(filed: readonly Filed[]): void {
    for (let age = 0; age < MOST_PACKETS; age++)
      this.#classes.fill(OTHER << (age * CLASS_BITS), age << CLASS_BITS, (age + 1) << CLASS_BITS)
    const masks = new Map<number, number>()
    for (let shape = 0; shape < this.#shapes.length; shape += SHAPE_WORDS)
      masks.set(this.#shapes[shape + TAG]!, this.#shapes[shape + MASK]!)
    for (const { key } of filed) {
      const mask = masks.get((key >>> SHAPE_SHIFT) << SHAPE_SHIFT) ?? 0
      for (let age = 0; age < MOST_PACKETS; age++) {
        const place = CLASS << (age * CLASS_BITS)
        if ((mask & place) === 0) continue
        const sizeClass = (key & place) >>> (age * CLASS_BITS)
        this.#classes[(age << CLASS_BITS) + sizeClass] = key & place
      }
    }
  }

  /** @param filed - sorted by key and port */
  #file(filed: readonly Filed[]): void {
    let from = 0
    for (const [i, { key, port }] of filed.entries()) {
      const next = filed[i + 1]
      if (next?.key === key && next.port === port) continue
      this.#slots.set([key, port, from, i + 1], this.#find(key, port))
      const bit = hashOf(key, port) >>> this.#filterShift
      this.#filter[bit >>> 5] = this.#filter[bit >>> 5]! | (1 << (bit & 31))
      from = i + 1
    }
  }
}

function hashOf(key: number, port: number): number {
  return Math.imul(key ^ Math.imul(port, 0x2c1b3c6d), 0x9e3779b1)
}

/** True when sizes in bytes, in order, are those of a start; 0 for packets that it does not have. */
export function fitsStart(starts: Int32Array, at: number, one: number, two: number, three: number): boolean {
  if (one < starts[at + FIRST_LOW]! || one > starts[at + FIRST_HIGH]!) return false
  const second = two - starts[at + FIRST_IN_SECOND]! * one
  if (second < starts[at + SECOND_LOW]! || second > starts[at + SECOND_HIGH]!) return false
  const third = three - starts[at + FIRST_IN_THIRD]! * one - starts[at + SECOND_IN_THIRD]! * two
  return third >= starts[at + THIRD_LOW]! && third <= starts[at + THIRD_HIGH]!
}

/** The shapes met so far. */
class Shapes {
  readonly #known = new Map<string, { readonly packets: number; readonly mask: number; withPort: number }>()

  /** @returns the shape's number on top of a key */
  tag(packets: number, mask: number, withPort: number): number {
    const name = `${packets} ${mask} ${withPort}`
    if (!this.#known.has(name)) this.#known.set(name, { packets, mask, withPort })
    return [...this.#known.keys()].indexOf(name) << SHAPE_SHIFT
  }

  words(): Int32Array {
    const shapes = [...this.#known.values()].map((shape, i) => ({ ...shape, tag: i << SHAPE_SHIFT }))
    shapes.sort((a, b) => a.packets - b.packets)
    return Int32Array.from(
      shapes.flatMap(({ packets, withPort, mask, tag }) => [packets, withPort, mask, tag]),
    )
  }
}

/** A beginning's keys: one for every combination of classes that its packets may have. */
function keysOf(beginning: Beginning, shapes: Shapes, port: number): readonly number[] {
  const { packets } = beginning
  const classes = thin(classesOf(beginning))
  let keys = [shapes.tag(packets.length, maskOf(classes), port === ANY_PORT ? 0 : 1)]
  for (const [i, packet] of packets.entries()) {
    const age = packets.length - 1 - i
    const pause = i === 0 ? 0 : packet.pause << (PAUSE_SHIFT + age)
    const bits = (packet.direction << (DIRECTION_SHIFT + age)) | pause
    const choices = classes[i] ?? [0]
    keys = keys.flatMap((key) => choices.map((choice) => key | bits | (choice << (age * CLASS_BITS))))
  }
  return keys
}

/** The classes that each packet may fall into; undefined when they are too many. */
type Classes = readonly (readonly number[] | undefined)[]

function classesOf(beginning: Beginning): Classes {
  const lows: number[] = []
  const highs: number[] = []
  return beginning.packets.map((packet, i) => {
    const slots = slotsOf(packet, beginning)
    lows.push(slots.reduce((sum, slot) => sum + (lows[slot] ?? 0), packet.low))
    highs.push(slots.reduce((sum, slot) => sum + (highs[slot] ?? 0), packet.high))
    const from = classOf(lows[i] ?? 0)
    const count = classOf(highs[i] ?? 0) - from + 1
    return count > MOST_CLASSES ? undefined : Array.from({ length: count }, (_, k) => from + k)
  })
}

/** Leaves the classes of the widest packets out until the keys are not too many. */
function thin(classes: Classes): Classes {
  const keys = classes.reduce((product, list) => product * (list?.length ?? 1), 1)
  if (keys <= MOST_KEYS) return classes
  const most = Math.max(...classes.map((list) => list?.length ?? 0))
  const widest = classes.findIndex((list) => list?.length === most)
  return thin(classes.with(widest, undefined))
}

/** The bits of a profile that belong to the key of packets of these classes. */
function maskOf(classes: Classes): number {
  return classes.reduce((mask, list, i) => {
    const age = classes.length - 1 - i
    const pause = i === 0 ? 0 : 1 << (PAUSE_SHIFT + age)
    const sizeClass = list === undefined ? 0 : CLASS << (age * CLASS_BITS)
    return mask | (1 << (DIRECTION_SHIFT + age)) | pause | sizeClass
  }, 0)
}

const ABSENT: Packet = { direction: 0, pause: 0, low: 0, high: 0, repeats: [] }

function startWords(signature: ProgramSignature, index: number, beginning: Beginning): readonly number[] {
  const [one = ABSENT, two = ABSENT, three = ABSENT] = beginning.packets
  const times = (packet: Packet, slot: number) =>
    slotsOf(packet, beginning).filter((repeated) => repeated === slot).length
  const flags = (one.pause === 1 ? AFTER_PAUSE : 0) | (signature.atStart ? AT_START : 0)
  const head = [index, flags, beginning.position, beginning.fuzz, one.low, one.high]
  const second = [two.low, two.high, times(two, 0)]
  const third = [three.low, three.high, times(three, 0), times(three, 1)]
  return [...head, ...second, ...third, beginning.packets.length]
}
