import { describe, expect, it } from 'vitest'
import { createDirectLauncher } from '../../../../src/capture/live/direct-launcher.ts'
import { until } from '../../../support/until.ts'
import { canCapture, Veth } from '../../../support/veth.ts'
import { specFor } from './capturing.ts'

const watcher = (heard: string[]) => ({
  line: (text: string) => heard.push(text),
  unflushable: () => {},
  exited: (how: string) => heard.push(how),
})

it('runs nothing that it was not made with', async () => {
  const launcher = createDirectLauncher([])
  await expect(launcher.launch(0, false, watcher([]))).rejects.toThrow('no capture has number 0')
  await launcher.close()
})

describe.skipIf(!canCapture())('a launched program', () => {
  const veth = new Veth('d')

  it('is ended with its launcher', async () => {
    veth.make()
    const heard: string[] = []
    const launcher = createDirectLauncher([specFor(veth.near)])
    for (const plain of [false, true]) await launcher.launch(0, plain, watcher(heard))
    const listening = () => heard.filter((line) => line.includes('listening on')).length
    await until('both listen', () => listening() === 2)
    await launcher.close()
    await until('both ended', () => heard.filter((line) => line === 'signal SIGKILL').length === 2)
    veth.remove()
  })
})
