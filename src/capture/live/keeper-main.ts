// The keeper: a process that keeps the privilege to capture when the sensor gives up its own. It runs nothing
// but the commands on its command line, by number, for the one process that started it, and ends with it.

import { setTimeout as delay } from 'node:timers/promises'
import type { CapturePlan } from './capture-plan.ts'
import { CaptureProcess } from './capture-process.ts'
import type { KeeperReport, KeeperRequest } from './keeper-messages.ts'

/** What programs are given to end orderly once the sensor is gone. */
const GRACE_MS = 1000

/** Meant for the sensor when sent to a whole group or unit; SIGUSR1 would also open Node's inspector. */
const FOR_THE_SENSOR = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const

const [, , plansText = '[]'] = process.argv
const plans: readonly CapturePlan[] = JSON.parse(plansText)
const running = new Map<number, CaptureProcess>()

function tell(report: KeeperReport): void {
  if (process.connected) process.send?.(report, () => {})
}

function launch(id: number, index: number, plain: boolean): void {
  const plan = plans[index]
  if (plan === undefined) {
    tell({ tell: 'exited', id, how: `no capture has number ${index}` })
    return
  }
  const child = new CaptureProcess(plain ? plan.plain : plan.preferred, {
    line: (text) => tell({ tell: 'line', id, text }),
    unflushable: () => tell({ tell: 'unflushable', id }),
    exited: (how) => {
      running.delete(id)
      tell({ tell: 'exited', id, how })
    },
  })
  running.set(id, child)
  const report: KeeperReport = { tell: 'output', id }
  if (process.connected && child.output !== undefined) process.send?.(report, child.output, {}, () => {})
}

function handle(request: KeeperRequest): void {
  if (request.do === 'launch') launch(request.id, request.index, request.plain)
  else if (request.do === 'go') running.get(request.id)?.go()
  else running.get(request.id)?.ask(request.do)
}

async function leave(): Promise<void> {
  for (const child of running.values()) child.ask('stop')
  for (let waited = 0; running.size > 0 && waited < GRACE_MS; waited += 50) await delay(50)
  for (const child of running.values()) child.ask('kill')
  process.exit(0)
}

for (const signal of FOR_THE_SENSOR) process.on(signal, () => {})
process.on('disconnect', () => void leave())
process.on('message', (request) => handle(request as KeeperRequest))
tell({ tell: 'ready' })
