// A bad day for the sensor, as long as you like: traffic without end, real logins, reloads, rotations, an interface
// that flaps, a receiver that dies again and again and one that never reads. At the end every event has to be
// accounted for. Needs root, and what lacksForLab names; works in network namespaces of its own.
//
//   npm run build && npm run soak -- [--minutes 10] [--keep]
//
// Ends with 1 when a check fails. --keep leaves the files. docs/performance.md has figures.

import { parseArgs } from 'node:util'
import { LiveLab, lacksForLab } from '../support/live-lab.ts'
import { BadDay } from './bad-day.ts'
import { judge } from './judge.ts'

const TOOLS = ['ip', 'sshd', 'ssh-keygen', 'sshpass', 'tcpdump', 'tcpreplay']

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, keep: { type: 'boolean' } } })
  const minutes = Number(values.minutes ?? 10)
  if (!(minutes >= 0.5)) throw new Error('--minutes must be 0.5 or more')
  if (lacksForLab(...TOOLS) !== undefined) return
  const lab = new LiveLab('soak')
  try {
    const day = new BadDay(lab)
    await day.live(minutes * 60)
    const checks = await judge(day)
    for (const { name, isRight, figures } of checks)
      console.log(`${isRight ? 'ok  ' : 'FAIL'} ${name}: ${figures}`)
    const failed = checks.filter(({ isRight }) => !isRight)
    console.log(failed.length === 0 ? 'all checks hold' : `${failed.length} checks fail`)
    if (failed.length > 0) process.exitCode = 1
  } finally {
    if (values.keep === true) console.log(`files: ${lab.folder}`)
    await lab.remove(values.keep === true)
  }
}

await main()
