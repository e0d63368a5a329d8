import { afterEach, expect, it } from 'vitest'
import { CaptureProcess } from '../../../../src/capture/live/capture-process.ts'
import { until } from '../../../support/until.ts'

const running: CaptureProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.ask('kill')
})

/** A shell in place of a capturing program, and what is heard of it. */
function run(script: string, flushed = false) {
  const heard: string[] = []
  const child = new CaptureProcess(
    { argv: ['/bin/sh', '-c', script], flushed },
    {
      line: (text) => heard.push(text),
      unflushable: () => heard.push('unflushable'),
      exited: (how) => heard.push(how),
    },
  )
  running.push(child)
  const read: string[] = []
  child.output.on('data', (chunk) => read.push(String(chunk)))
  return { child, heard, read }
}

it('lets nothing be written before the gate is opened', async () => {
  const { child, heard, read } = run('echo stream; echo words >&2')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect([heard, read]).toEqual([[], []])
  child.go()
  await until('it ended', () => heard.length === 2)
  expect(heard).toEqual(['words', 'exit code 0'])
  expect(read).toEqual(['stream\n'])
})

it('tells how the program ended, after all that it said', async () => {
  const { child, heard } = run('echo one >&2; echo two >&2; kill -TERM $$')
  child.go()
  await until('it ended', () => heard.length === 3)
  expect(heard).toEqual(['one', 'two', 'signal SIGTERM'])
})

it('tells of a program that is not there', async () => {
  const heard: string[] = []
  const watcher = { line: () => {}, unflushable: () => {}, exited: (how: string) => heard.push(how) }
  new CaptureProcess({ argv: ['/nowhere/tcpdump'], flushed: false }, watcher).go()
  await until('it ended', () => heard.length > 0)
  expect(heard).toEqual(['exit code 127'])
})

it('ends a program that never was let through', async () => {
  const { child, heard } = run('exit 0')
  child.ask('kill')
  await until('it ended', () => heard.length === 1)
  expect(heard).toEqual(['signal SIGKILL'])
})

it('asks for totals only once the program listens, as it would end by that before', async () => {
  const { child, heard } = run('read -r line; exit 0')
  child.ask('totals')
  child.go()
  await until('it ended', () => heard.length === 1)
  expect(heard).toEqual(['exit code 0'])

  const loop = 'trap "echo 9 packets >&2" USR1; echo "x: listening on y" >&2; while :; do sleep 0.02; done'
  const listening = run(loop)
  listening.child.go()
  await until('it listens', () => listening.heard.length === 1)
  listening.child.ask('totals')
  await until('it answers', () => listening.heard.length === 2)
  expect(listening.heard[1]).toBe('9 packets')
})
