// Flows that nothing matched, put together by their shape: protocol, server port, who sends, roughly how much, and
// where somebody paused, over the first elements.

import type { FlowTrace } from '../../model/flow-trace.ts'
import { formatPattern } from '../../signature/format-statement.ts'
import { examplesOf, hitsWith } from '../learn/examples-of.ts'
import { learn } from '../learn/learn.ts'
import { protocolOf, type Specimen, specimenOf, type Token } from '../learn/specimen.ts'
import { tryDrafts } from '../learn/trial.ts'
import { PLACEHOLDER_CLASS, PLACEHOLDER_SID, writeSignature } from '../learn/write-signature.ts'

export interface Cluster {
  readonly protocol: string
  /** `c16..31 + s64 …`: the first elements, with all sizes that they have. */
  readonly shape: string
  readonly flows: number
  /** By how many flows, the most first. */
  readonly ports: readonly Count[]
  readonly clients: readonly Count[]
  readonly servers: readonly Count[]
  /** Beginnings of its first and its last flow, µs. */
  readonly firstSeen: number
  readonly lastSeen: number
  /** Payload of all, bytes. */
  readonly bytes: number
  readonly captures: readonly string[]
  /** In the order in which they were read. */
  readonly traces: readonly FlowTrace[]
}

export interface Count {
  readonly name: string
  readonly flows: number
}

/** A cluster with what it takes to match it. */
export interface Unknown extends Cluster {
  /** A signature ready to paste; undefined when its flows have too little in common. */
  readonly signature: string | undefined
  readonly statement: string | undefined
  /** Of the cluster's flows those that the draft hits: it is drafted from some of many. */
  readonly hits: number
}

export interface UnknownReport {
  /** Flows in all, and those that something matched. */
  readonly flows: number
  readonly matched: number
  /** Flows that brought nothing that could be matched. */
  readonly empty: number
  /** Clusters that there are, and flows in them, `minFlows` or not. */
  readonly clusters: number
  readonly unknown: readonly Unknown[]
}

export interface UnknownOptions {
  readonly thresholdMicros: number
  /** Clusters that are told. */
  readonly top: number
  /** Least flows of a cluster that is told. */
  readonly minFlows: number
}

/** Elements of a shape. */
const SHAPE = 6
/** Ports from here on are given by chance, as Linux does: they name no service. */
const FIRST_EPHEMERAL = 32_768
/** Flows that a draft is made from. */
const MOST_LEARNT = 24
const EXAMPLES = { match: 2, not: 0 }

/** Ranked by flows, then by hosts, then by shape. */
export function findUnknown(traces: readonly FlowTrace[], options: UnknownOptions): UnknownReport {
  const unmatched = traces.filter(({ hits }) => hits.length === 0)
  const spoken = unmatched.flatMap((trace) => specimenOf(trace, 'packets', options.thresholdMicros) ?? [])
  const clusters = gather(spoken)
    .map((specimens) => ({ specimens, hosts: hostsOf(specimens), key: shapeOf(specimens) }))
    .sort((a, b) => b.specimens.length - a.specimens.length || b.hosts - a.hosts || (a.key < b.key ? -1 : 1))
  return {
    flows: traces.length,
    matched: traces.length - unmatched.length,
    empty: unmatched.length - spoken.length,
    clusters: clusters.length,
    unknown: clusters
      .filter(({ specimens }) => specimens.length >= options.minFlows)
      .slice(0, options.top)
      .map(({ specimens }, i) => draft(clusterOf(specimens), specimens, PLACEHOLDER_SID + i, options)),
  }
}

/** Flows of the same frame whose sizes are no more than an octave from those of the most frequent shape. */
function gather(spoken: readonly Specimen[]): readonly (readonly Specimen[])[] {
  const frames = groupBy(spoken, frameOf)
  return [...frames.values()].flatMap((ofFrame) => {
    const shapes = [...groupBy(ofFrame, (one) => octavesOf(one).join(' ')).values()]
      .map((specimens) => ({ specimens: [...specimens], octaves: octavesOf(specimens[0]) }))
      .sort((a, b) => b.specimens.length - a.specimens.length)
    const gathered: (typeof shapes)[number][] = []
    for (const shape of shapes) {
      const near = gathered.find(({ octaves }) =>
        octaves.every((at, i) => Math.abs(at - (shape.octaves[i] ?? 0)) <= 1),
      )
      if (near === undefined) gathered.push(shape)
      else near.specimens.push(...shape.specimens)
    }
    return gathered.map(({ specimens }) => specimens.sort((a, b) => orderOf(a, b)))
  })
}

function groupBy(specimens: readonly Specimen[], keyOf: (specimen: Specimen) => string) {
  const groups = new Map<string, Specimen[]>()
  for (const specimen of specimens) {
    const key = keyOf(specimen)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [specimen])
    else group.push(specimen)
  }
  return groups
}

/** As they were read. */
function orderOf({ trace: { flow: a } }: Specimen, { trace: { flow: b } }: Specimen): number {
  return a.source - b.source || a.id - b.id
}

/** All of the shape but the sizes. */
function frameOf({ trace, tokens }: Specimen): string {
  const port = trace.flow.server.port ?? 0
  const parts = tokens.slice(0, SHAPE).map((token, i) => `${beforeOf(token, i)}${'cs'[token.direction]}`)
  return `${protocolOf(trace)} ${port >= FIRST_EPHEMERAL ? '*' : port} ${parts.join(' ')} ${tokens.length > SHAPE}`
}

function beforeOf({ isPause, isTorn }: Token, i: number): string {
  return isTorn ? '! ' : isPause && i > 0 ? '+ ' : ''
}

/** Powers of two that are not above the sizes. */
function octavesOf(specimen: Specimen | undefined): readonly number[] {
  return (specimen?.tokens ?? []).slice(0, SHAPE).map(({ size }) => Math.floor(Math.log2(Math.max(size, 1))))
}

/** The first elements, their sizes from the least to the most. */
function shapeOf(specimens: readonly Specimen[]): string {
  const tokens = specimens[0]?.tokens ?? []
  const parts = tokens.slice(0, SHAPE).map((token, i) => {
    const sizes = specimens.flatMap((one) => one.tokens[i]?.size ?? [])
    const low = sizes.reduce((a, b) => Math.min(a, b), token.size)
    const high = sizes.reduce((a, b) => Math.max(a, b), token.size)
    return `${beforeOf(token, i)}${'cs'[token.direction]}${low === high ? low : `${low}..${high}`}`
  })
  return `${parts.join(' ')}${tokens.length > SHAPE ? ' …' : ''}`
}

function hostsOf(specimens: readonly Specimen[]): number {
  return new Set(specimens.flatMap(({ trace: { flow } }) => [flow.client.address, flow.server.address])).size
}

function clusterOf(specimens: readonly Specimen[]): Cluster {
  const traces = specimens.map(({ trace }) => trace)
  const [first] = specimens
  const starts = traces.map(({ startTime }) => startTime)
  return {
    protocol: first === undefined ? '' : protocolOf(first.trace),
    shape: shapeOf(specimens),
    flows: traces.length,
    ports: tally(
      traces.flatMap(({ flow }) => (flow.server.port === undefined ? [] : [String(flow.server.port)])),
    ),
    clients: tally(traces.map(({ flow }) => flow.client.address)),
    servers: tally(traces.map(({ flow }) => flow.server.address)),
    firstSeen: starts.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    lastSeen: starts.reduce((a, b) => Math.max(a, b), 0),
    bytes: traces.reduce((sum, { flow }) => sum + flow.toServer.payload + flow.toClient.payload, 0),
    captures: [...new Set(traces.map(({ capture }) => capture))],
    traces,
  }
}

function tally(names: readonly string[]): readonly Count[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, flows]) => ({ name, flows }))
    .sort((a, b) => b.flows - a.flows || (a.name < b.name ? -1 : 1))
}

/** So many of them, as far apart as can be. */
function spread(specimens: readonly Specimen[]): readonly Specimen[] {
  if (specimens.length <= MOST_LEARNT) return specimens
  const step = (specimens.length - 1) / (MOST_LEARNT - 1)
  return Array.from({ length: MOST_LEARNT }, (_, i) => specimens[Math.round(i * step)]).filter(
    (one) => one !== undefined,
  )
}

function draft(
  cluster: Cluster,
  specimens: readonly Specimen[],
  sid: number,
  options: UnknownOptions,
): Unknown {
  const { thresholdMicros } = options
  const some = spread(specimens)
  const port = cluster.ports.some(({ name }) => Number(name) >= FIRST_EPHEMERAL) ? 'any' : 'common'
  const ports = cluster.ports.map(({ name }) => name).join(', ')
  const description = `unknown - ${cluster.protocol}${port === 'any' || ports === '' ? '' : ` ${ports}`}`
  const lesson = learn(some, [], 'packets', { thresholdMicros, minLength: 1, port, description })
  if (lesson.kind !== 'learnt') return { ...cluster, signature: undefined, statement: undefined, hits: 0 }
  const { statement, hits } = lesson
  const [all] = tryDrafts([statement], specimens, thresholdMicros)
  const examples = examplesOf(statement, hitsWith(some, hits), [], thresholdMicros, EXAMPLES)
  const heading = { sid, class: PLACEHOLDER_CLASS }
  return {
    ...cluster,
    signature: writeSignature(statement, heading, examples, []),
    statement: formatPattern(statement),
    hits: all?.size ?? 0,
  }
}
