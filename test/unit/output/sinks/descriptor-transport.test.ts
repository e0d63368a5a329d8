// Through real files, devices and named pipes; a small file system where one can be mounted.

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Delivery } from '../../../../src/output/sinks/delivery.ts'
import { DescriptorTransport } from '../../../../src/output/sinks/descriptor-transport.ts'
import { NamedFile } from '../../../../src/output/sinks/named-file.ts'
import { delivery, Heard, numbered, numbersIn, offer, range, sleep, until } from './receiving.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

let path = ''
let heard: Heard
let out: Delivery
let transport: DescriptorTransport
let files = 0

function open(name: string, queueBytes = 8 << 20): void {
  path = name
  heard = new Heard()
  out = delivery(heard, { name, queueBytes })
  transport = new DescriptorTransport(out, new NamedFile(name))
}

function send(from: number, to: number, bytes?: number): void {
  for (const n of range(from, to)) {
    offer(out, numbered(n, bytes).line)
    transport.wake()
  }
}

const read = (name = path): string => readFileSync(name, 'utf8')
const close = (milliseconds = 5000): Promise<void> => transport.close(performance.now() + milliseconds)

beforeEach(() => open(join(folder, `eve-${files++}.json`)))
afterEach(() => close(0))

describe('a file', () => {
  it('has its lines a moment later, and those that are many at once', async () => {
    transport.start()
    send(0, 3)
    expect(read()).toBe('')
    await until(() => out.writtenEvents === 3)
    expect(numbersIn(read())).toEqual([0, 1, 2])
    send(3, 103, 1000)
    // 64 KiB and no more: the rest waits for company.
    expect(out.writtenEvents).toBe(69)
    expect(numbersIn(read())).toHaveLength(69)
    transport.flush()
    expect(numbersIn(read())).toEqual(range(0, 103))
    expect(transport.fileBytes).toBe(statSync(path).size)
    expect(out.writtenBytes).toBe(statSync(path).size)
    expect(heard.messages).toEqual([])
  })

  it('gets what is left when it is closed, and nothing after that', async () => {
    transport.start()
    send(0, 5)
    await close()
    send(5, 7)
    transport.flush()
    transport.reopen()
    await sleep(60)
    expect(numbersIn(read())).toEqual(range(0, 5))
    expect([out.writtenEvents, out.droppedEvents]).toEqual([5, 2])
    expect(transport.isConnected).toBe(false)
  })

  it('loses and doubles nothing while it is moved away again and again', async () => {
    transport.start()
    for (let turn = 0; turn < 50; turn++) {
      send(turn * 100, turn * 100 + 50, 900)
      renameSync(path, `${path}.${turn}`)
      send(turn * 100 + 50, turn * 100 + 100, 900)
      if (turn % 10 === 0) await sleep(60)
      transport.reopen()
      expect(existsSync(path)).toBe(true)
    }
    await close()
    const all = [...range(0, 50).map((turn) => `${path}.${turn}`), path].map((name) => read(name)).join('')
    expect(numbersIn(all)).toEqual(range(0, 5000))
    expect([out.writtenEvents, out.droppedEvents]).toEqual([5000, 0])
    expect(heard.messages).toEqual([])
  })

  it('goes on at its end after somebody cut it to nothing', async () => {
    transport.start()
    send(0, 3)
    transport.flush()
    writeFileSync(path, '')
    send(3, 5)
    transport.flush()
    expect(numbersIn(read())).toEqual([3, 4])
    expect(transport.fileBytes).toBe(statSync(path).size)
  })

  it('whose folder vanishes has its lines when the folder is back; it is said twice in all', async () => {
    const home = join(folder, 'vanishing')
    mkdirSync(home)
    open(join(home, 'eve.json'))
    transport.start()
    send(0, 3)
    transport.flush()
    rmSync(home, { recursive: true })
    send(3, 6)
    await until(() => out.failures >= 2)
    expect(transport.isConnected).toBe(false)
    expect(out.lastError).toMatch(/ENOENT/)
    mkdirSync(home)
    await until(() => out.writtenEvents === 6)
    expect(numbersIn(read())).toEqual([3, 4, 5])
    expect(heard.kinds).toEqual(['output-failed', 'output-back'])
    expect(heard.messages[0]?.message).toMatch(
      /^output \/.*eve\.json: ENOENT.*; events wait, and it is tried again$/,
    )
    expect(transport.isConnected).toBe(true)
  })

  it('is tried again at once when somebody asks to reopen', async () => {
    const home = join(folder, 'later')
    mkdirSync(home)
    open(join(home, 'eve.json'))
    transport.start()
    rmSync(home, { recursive: true })
    send(0, 1)
    await until(() => out.failures >= 4)
    mkdirSync(home)
    transport.reopen()
    expect(numbersIn(read())).toEqual([0])
  })

  it('must open at the start', () => {
    open(join(folder, 'nowhere/eve.json'))
    expect(() => transport.start()).toThrow(/^cannot write .*nowhere\/eve\.json: ENOENT/)
  })

  it('that was never opened may be closed', async () => {
    send(0, 2)
    await close(0)
    expect(out.writtenEvents + out.droppedEvents).toBe(2)
  })
})

describe('a crash', () => {
  const module = (name: string) =>
    new URL(`../../../../src/output/sinks/${name}.ts`, import.meta.url).pathname

  it('loses no line that was reported as written, and leaves none cut', async () => {
    const script = join(folder, 'writer.ts')
    writeFileSync(
      script,
      `import { Delivery } from '${module('delivery')}'
       import { DescriptorTransport } from '${module('descriptor-transport')}'
       import { NamedFile } from '${module('named-file')}'
       import { writeSync } from 'node:fs'
       const out = new Delivery({ name: 'x', queueBytes: 8 << 20, lineEnd: '\\n', longestBytes: Infinity },
         { said() {}, onGone() {} })
       const transport = new DescriptorTransport(out, new NamedFile(process.argv[2]))
       transport.start()
       let n = Number(process.argv[3])
       setInterval(() => {
         for (let i = 0; i < 150; i++) {
           const line = JSON.stringify({ n: n++, pad: 'x'.repeat(i * 7) })
           out.offer(line, line.length + 1)
           transport.wake()
         }
         writeSync(1, out.writtenEvents + '\\n')
       }, 1)`,
    )
    let from = 0
    for (let turn = 0; turn < 4; turn++) {
      const child = spawn(process.execPath, ['--import', 'tsx', script, path, String(from)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let told = ''
      child.stdout.setEncoding('utf8').on('data', (text) => {
        told += text
      })
      await until(() => told.split('\n').length > 40 + turn * 17)
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('close', resolve))
      const written = Number(told.split('\n').at(-2))
      const numbers = numbersIn(read())
      expect(numbers.length).toBeGreaterThanOrEqual(from + written)
      expect(numbers).toEqual(range(0, numbers.length))
      from = numbers.length
    }
  })

  it('of another kind may leave half a line, which spoils no other', async () => {
    writeFileSync(path, '{"n":0}\n{"n":1,"pa')
    transport.start()
    send(2, 4)
    await close()
    expect(read().split('\n')[1]).toBe('{"n":1,"pa')
    expect(numbersIn(read().replace('{"n":1,"pa\n', ''))).toEqual([0, 2, 3])
  })
})

describe.skipIf(!existsSync('/dev/full'))('a device that is full', () => {
  it('is tried again; what finds no room is counted, and all is said once', async () => {
    open('/dev/full', 10_000)
    transport.start()
    send(0, 50, 1000)
    await until(() => out.failures >= 3)
    expect([out.writtenEvents, out.droppedEvents, out.queue.lines]).toEqual([0, 41, 9])
    expect(out.lastError).toMatch(/ENOSPC/)
    expect(heard.kinds).toEqual(['output-full', 'output-failed'])
    const began = performance.now()
    await close()
    expect(performance.now() - began).toBeLessThan(1000)
    expect(out.droppedEvents).toBe(50)
    expect(heard.kinds).toEqual(['output-full', 'output-failed', 'output-left'])
  })
})

const disk = join(folder, 'disk')
mkdirSync(disk)
const isMounted =
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'gait-outputs-test', disk]).status === 0
afterAll(() => {
  if (isMounted) execFileSync('umount', [disk])
})
if (!isMounted) console.warn('skipped, for it may not mount a file system: a disk that fills up')

describe.skipIf(!isMounted)('a disk that fills up', () => {
  it('has each line whole and once after there is room again', async () => {
    open(join(disk, 'eve.json'))
    writeFileSync(join(disk, 'other'), 'x'.repeat(100_000))
    transport.start()
    for (let turn = 0; turn < 30; turn++) {
      send(turn * 10, turn * 10 + 10, 777)
      transport.flush()
    }
    await until(() => out.failures >= 2)
    expect(out.writtenEvents).toBeLessThan(300)
    // It ends in half a line: the disk took what fitted.
    expect(read().endsWith('\n')).toBe(false)
    rmSync(join(disk, 'other'))
    await until(() => out.writtenEvents === 300)
    expect(numbersIn(read())).toEqual(range(0, 300))
    expect(heard.kinds).toEqual(['output-failed', 'output-back'])
  })

  it('has a whole line first in the next file, when it is rotated while it is full', async () => {
    rmSync(join(disk, 'eve.json'), { force: true })
    open(join(disk, 'eve.json'))
    writeFileSync(join(disk, 'other'), 'x'.repeat(200_000))
    transport.start()
    send(0, 200, 777)
    await until(() => out.failures >= 2)
    const old = read()
    expect(old.endsWith('\n')).toBe(false)
    renameSync(path, `${path}.1`)
    rmSync(join(disk, 'other'))
    transport.reopen()
    await until(() => out.writtenEvents === 200)
    // The old one keeps its half line; the new one has it whole.
    const whole = old.slice(0, old.lastIndexOf('\n') + 1)
    expect(numbersIn(whole + read())).toEqual(range(0, 200))
    expect(read(`${path}.1`)).toBe(old)
  })
})

describe('a named pipe', () => {
  it('is waited for, and read as fast as its reader likes', async () => {
    execFileSync('mkfifo', [path])
    transport.start()
    send(0, 1000, 1000)
    await until(() => out.failures >= 2)
    expect(heard.kinds).toEqual(['output-failed'])
    const copy = join(folder, 'copy')
    const reader = spawn('sh', ['-c', `(sleep 0.3; cat) < ${path} > ${copy}`])
    await until(() => out.writtenEvents === 1000)
    await close()
    await new Promise((resolve) => reader.once('close', resolve))
    expect(numbersIn(read(copy))).toEqual(range(0, 1000))
  })
})
