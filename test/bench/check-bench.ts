// Seconds that `gait check` takes for ten thousand signatures, overlap proofs included: classic ones of which many have
// sizes in common, ones of any size, and extended ones. Run: npx tsx test/bench/check-bench.ts [statements]

import { checkSignatures } from '../../src/workbench/check/check-signatures.ts'
import { between, createRandom, oneOf, type Random } from './random.ts'
import { formatRandomSignatures } from './random-signatures.ts'

const STATEMENTS = Number(process.argv[2] ?? 10_000)

const ITEMS = [
  'c12',
  's30..60',
  '(c20..60 | s20..60)?',
  '+ s10',
  'c*',
  's*',
  'any{0,3}',
  '+2s..30s s*',
  '(+ c40/38 s*){2,}',
]

function extended(random: Random, number: number): string {
  const items = Array.from({ length: between(random, 2, 5) }, () => oneOf(random, ITEMS))
  const port = random() < 0.3 ? '*' : oneOf(random, [22, 80, 443, 25, 8000])
  const first = `${oneOf(random, ['c', 's'])}${between(random, 2, 1448)}`
  return `tcp ${port} ${first} ${items.join(' ')} ${oneOf(random, ['s@1', 'c@1+16/8', `s${between(random, 2, 1448)}`])} : ${number}\n`
}

function extendedFile(): string {
  const random = createRandom(2007)
  return Array.from({ length: STATEMENTS }, (_, i) => extended(random, i)).join('')
}

const texts = {
  clustered: formatRandomSignatures(STATEMENTS, 'clustered'),
  'any size': formatRandomSignatures(STATEMENTS, 'any'),
  extended: extendedFile(),
}

for (const [name, text] of Object.entries(texts))
  for (const overlaps of [false, true]) {
    const began = performance.now()
    const cpuBegan = process.cpuUsage()
    const { diagnostics } = checkSignatures([{ name, text }], { overlaps })
    const cpu = process.cpuUsage(cpuBegan)
    const codes = new Map<string, number>()
    for (const { code } of diagnostics) codes.set(code, (codes.get(code) ?? 0) + 1)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const busy = ((cpu.user + cpu.system) / 1e6).toFixed(1)
    const told = [...codes].map(([code, count]) => `${code} ${count}`).join(', ')
    console.log(`${name}${overlaps ? ', with overlaps' : ''}: ${seconds} s (${busy} s of processor): ${told}`)
  }
