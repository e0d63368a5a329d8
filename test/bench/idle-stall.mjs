// Does nothing, and says at its end how late its timer came at most, in ms: what the machine itself adds to the stalls
// of whoever is measured beside it.

const EVERY_MS = 10
let ticked = performance.now()
let longest = 0
setInterval(() => {
  const now = performance.now()
  longest = Math.max(longest, now - ticked - EVERY_MS)
  ticked = now
}, EVERY_MS)
process.on('SIGTERM', () => {
  process.stdout.write(`${longest.toFixed(1)}\n`, () => process.exit(0))
})
