// Starts capturing programs from this process: for a sensor that keeps the privilege it needs, and for tests.

import { type CaptureSpec, planCapture } from './capture-plan.ts'
import { CaptureProcess } from './capture-process.ts'
import type { CaptureLauncher, ChildWatcher, LaunchedChild } from './launcher.ts'

/** @param specs - launched by their index */
export function createDirectLauncher(specs: readonly CaptureSpec[]): CaptureLauncher {
  const plans = specs.map(planCapture)
  const running = new Set<CaptureProcess>()
  const killAll = (): void => {
    for (const child of running) child.ask('kill')
  }
  // They lead sessions of their own: nothing else would end them with us.
  process.on('exit', killAll)
  return {
    async launch(index: number, plain: boolean, watcher: ChildWatcher): Promise<LaunchedChild> {
      const plan = plans[index]
      if (plan === undefined) throw new Error(`no capture has number ${index}`)
      const child: CaptureProcess = new CaptureProcess(plain ? plan.plain : plan.preferred, {
        line: (text) => watcher.line(text),
        unflushable: () => watcher.unflushable(),
        exited: (how) => {
          running.delete(child)
          watcher.exited(how)
        },
      })
      running.add(child)
      child.go()
      return child
    },
    async close(): Promise<void> {
      killAll()
      process.off('exit', killAll)
    },
  }
}
