// Signature files of any length for measuring: random, but plausible, and the same in every run. The first ten
// statements of a long file are those of a short one. Sizes come from clusters that real protocols have (SSH packets,
// TLS handshakes, full segments), and some packets are `*` or `@K`; or sizes are any, without either, and hits are
// rare. A fifth of the sizes state a range, one packet in ten comes after a pause; most statements are fuzzy and tied
// to a well-known port.

import { between, createRandom, oneOf, type Random } from './random.ts'

/** Server ports, as often as they are to come up. */
const PORTS = [22, 22, 22, 22, 22, 22, 22, 443, 443, 80, 80, 25, 53, 3389, 21, 110, 2222, 5060, '*', '*', '*']
const CLUSTERS = [
  16, 20, 28, 36, 36, 36, 44, 48, 52, 52, 60, 68, 76, 84, 100, 112, 148, 172, 208, 517, 1200, 1448,
]
const SPREADS = [2, 4, 8, 15, 30, 100]
const PACKETS = [3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9]

/** Where the sizes of statements come from. */
export type Sizes = 'clustered' | 'any'

/** Text of a signature file with `count` statements. */
export function formatRandomSignatures(count: number, sizes: Sizes): string {
  const random = createRandom(2006)
  const lines = Array.from(
    { length: count },
    (_, i) => `${formatStatement(random, sizes)} : Random signature ${i}\n`,
  )
  return lines.join('')
}

function formatStatement(random: Random, sizes: Sizes): string {
  const port = oneOf(random, PORTS)
  const protocol = port === 53 || (port === 443 && random() < 0.3) ? 'udp' : 'tcp'
  const exact = random() < 0.25 ? ' =' : ''
  const start = random() < 0.25 ? ' <' : ''
  const end = random() < 0.03 ? ' >' : ''
  const packets: string[] = []
  let isClient = random() < 0.6
  const length = oneOf(random, PACKETS)
  for (let i = 0; i < length; i++) {
    const pause = random() < 0.1 ? '+ ' : ''
    packets.push(`${pause}${isClient ? 'c' : 's'}${formatSize(random, sizes, i)}`)
    if (random() < 0.7) isClient = !isClient
  }
  return `${protocol} ${port}${exact}${start} ${packets.join(' ')}${end}`
}

/** @param earlier - packets before this one, which a reference may mean */
function formatSize(random: Random, sizes: Sizes, earlier: number): string {
  const kind = random()
  if (kind < 0.04 && sizes === 'clustered') return '*'
  if (kind < 0.16 && earlier > 0 && sizes === 'clustered') return `@${between(random, 1, earlier)}`
  const size = sizes === 'any' ? between(random, 2, 1448) : randomSize(random)
  return kind < 0.36 ? `${size}/${Math.min(oneOf(random, SPREADS), size - 1)}` : `${size}`
}

function randomSize(random: Random): number {
  const kind = random()
  if (kind < 0.25) return between(random, 21, 41)
  if (kind < 0.7) return oneOf(random, CLUSTERS)
  return kind < 0.85 ? between(random, 2, 300) : between(random, 300, 1448)
}
