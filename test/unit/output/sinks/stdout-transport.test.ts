// In child processes, whose standard output is a file, a device, a pipe, a socket or a terminal.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { numbersIn, range, sleep } from './receiving.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-stdout-'))
afterAll(() => rmSync(folder, { recursive: true }))

const module = (name: string) => new URL(`../../../../src/output/sinks/${name}.ts`, import.meta.url).pathname
const script = join(folder, 'writer.ts')
// Writes `lines` lines of `bytes` in bursts, and measures how long its event loop was kept; tells all on standard error.
writeFileSync(
  script,
  `import { Delivery } from '${module('delivery')}'
   import { createStdoutTransport } from '${module('stdout-transport')}'
   const [lines, bytes, queue, closeMs] = process.argv.slice(2).map(Number)
   const said: string[] = []
   let gone = 0
   const out = new Delivery({ name: '-', queueBytes: queue, lineEnd: '\\n', longestBytes: Infinity },
     { said: (_level, kind) => said.push(kind), onGone: () => gone++ })
   const transport = createStdoutTransport(out, () => { gone++ })
   transport.start()
   let [n, stall, last] = [0, 0, performance.now()]
   const end = async () => {
     clearInterval(timer)
     await transport.close(performance.now() + closeMs)
     const { writtenEvents, droppedEvents, failures } = out
     process.stderr.write(JSON.stringify({ n, writtenEvents, droppedEvents, failures, gone, said, stall: Math.round(stall) }))
     process.exit(0)
   }
   const timer = setInterval(() => {
     const now = performance.now()
     stall = Math.max(stall, now - last)
     last = now
     for (let i = 0; i < 50 && n < lines; i++) {
       const line = JSON.stringify({ n: n++, pad: 'x'.repeat(bytes) })
       out.offer(line, line.length + 1)
       transport.wake()
     }
     if (n >= lines || gone > 0) end()
   }, 1)`,
)

interface Told {
  readonly n: number
  readonly writtenEvents: number
  readonly droppedEvents: number
  readonly gone: number
  readonly said: readonly string[]
  readonly stall: number
}

const command = (lines: number, bytes = 900, queue = 8 << 20, closeMs = 5000) =>
  `node --import tsx ${script} ${lines} ${bytes} ${queue} ${closeMs}`

/** Runs a shell command in which the writer tells of itself on standard error. */
function shell(text: string): { readonly stdout: string; readonly told: Told } {
  const { stdout, stderr } = spawnSync('bash', ['-c', text], { encoding: 'utf8', maxBuffer: 1 << 28 })
  return { stdout, told: JSON.parse(stderr) }
}

describe('standard output', () => {
  it('may be a pipe', () => {
    const { stdout, told } = shell(`${command(5000)} | cat`)
    expect(numbersIn(stdout)).toEqual(range(0, 5000))
    expect(told).toMatchObject({ writtenEvents: 5000, droppedEvents: 0, gone: 0, said: [] })
  })

  it('may be a file, also one that others append to', () => {
    const path = join(folder, 'file')
    const { told } = shell(`(echo '{"n":-1}'; ${command(3000)}; echo '{"n":-2}') >> ${path}`)
    expect(numbersIn(readFileSync(path, 'utf8'))).toEqual([-1, ...range(0, 3000), -2])
    expect(told).toMatchObject({ writtenEvents: 3000, droppedEvents: 0, gone: 0 })
  })

  it('may be a device that takes all, or one that is full', () => {
    expect(shell(`${command(1000)} > /dev/null`).told).toMatchObject({ writtenEvents: 1000, gone: 0 })
    if (!existsSync('/dev/full')) return
    const { told } = shell(`${command(1000, 900, 100_000)} > /dev/full`)
    expect(told).toMatchObject({ writtenEvents: 0, droppedEvents: 1000, gone: 0 })
    expect(told.said).toContain('output-failed')
  })

  it('may be a socket, as under systemd', async () => {
    const path = join(folder, 'socket')
    let text = ''
    const server = createServer((socket) => {
      socket.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
    }).listen(path)
    const dup = `import socket,os,sys
s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); os.dup2(s.fileno(),1)
os.execvp('bash',['bash','-c',sys.argv[2]])`
    const child = spawn('python3', ['-c', dup, path, `exec ${command(3000)}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const told = await report(child)
    await new Promise((resolve) => server.close(resolve))
    expect(numbersIn(text)).toEqual(range(0, 3000))
    expect(told).toMatchObject({ writtenEvents: 3000, gone: 0 })
  })

  it('that is read slowly holds up nobody: the queue fills, the rest is dropped and counted', () => {
    const { stdout, told } = shell(`${command(20_000, 900, 1 << 20)} | (sleep 1.5; cat)`)
    const numbers = numbersIn(stdout)
    expect(told.writtenEvents).toBe(numbers.length)
    expect(told.writtenEvents + told.droppedEvents).toBe(20_000)
    expect(told.droppedEvents).toBeGreaterThan(10_000)
    // What was kept is the beginning.
    expect(numbers.slice(0, 1000)).toEqual(range(0, 1000))
    expect(told.said[0]).toBe('output-full')
    expect(told.stall).toBeLessThan(500)
  })

  it('that nobody reads does not hinder the end', () => {
    const began = performance.now()
    const { told } = shell(`${command(1000, 900, 1 << 20, 300)} | sleep 3`)
    expect(told.said).toEqual(['output-left'])
    expect(told.writtenEvents + told.droppedEvents).toBe(1000)
    // The shell waits for sleep; the writer has told long before.
    expect(performance.now() - began).toBeGreaterThan(2900)
  })

  it.each(['head -1', 'true'])('whose reader goes away says so once: %s', (reader) => {
    const { told } = shell(`${command(200_000)} | ${reader}`)
    expect(told.gone).toBe(1)
    expect(told.n).toBeLessThan(200_000)
  })

  it('that was closed from the beginning takes all: Node opens the null device in its place', () => {
    expect(shell(`${command(100)} >&-`).told).toMatchObject({ writtenEvents: 100, gone: 0 })
  })

  it('leaves the flags of a shared pipe as they were', () => {
    const flags = `python3 -c 'import fcntl,os;print(fcntl.fcntl(1,fcntl.F_GETFL) & os.O_NONBLOCK)'`
    const { stdout } = shell(`(${command(10, 1)}; ${flags}) | cat`)
    expect(stdout.trim().split('\n').at(-1)).toBe('0')
  })

  it('may be a terminal, also one that is halted', async () => {
    // A terminal that nobody reads is as one halted by Ctrl-S.
    const pty = `import os,pty,sys,time,subprocess
master,slave=pty.openpty()
child=subprocess.Popen(['bash','-c',sys.argv[1]],stdout=slave)
os.close(slave)
time.sleep(2)
got=b''
while True:
  try: part=os.read(master,65536)
  except OSError: break
  if not part: break
  got+=part
child.wait()
os.write(1,got.replace(b'\\r\\n',b'\\n'))`
    const child = spawn('python3', ['-c', pty, `exec ${command(2000, 100)}`])
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    const told = await report(child)
    expect(told).toMatchObject({ n: 2000, writtenEvents: 2000, droppedEvents: 0, gone: 0 })
    expect(told.stall).toBeLessThan(500)
    expect(numbersIn(text)).toEqual(range(0, 2000))
  })
})

async function report(child: ChildProcess): Promise<Told> {
  let told = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    told += part
  })
  await new Promise((resolve) => child.once('close', resolve))
  await sleep(50)
  return JSON.parse(told)
}
