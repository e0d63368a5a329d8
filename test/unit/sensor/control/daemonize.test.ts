import { type ChildProcess, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { Scratch, sleep, until } from '../../../support/scratch.ts'

const scratch = new Scratch()
const daemons: number[] = []
let count = 0
afterEach(() => {
  for (const pid of daemons.splice(0)) tryKill(pid)
})
afterAll(() => scratch.remove())

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A program that puts itself into the background; `daemon` is what it does there. `PID` is where its number goes. */
function daemonProgram(daemon: string): { readonly text: string; readonly pidFile: string } {
  const pidFile = scratch.path(`${count++}.pid`)
  const text = `
    import { renameSync, writeFileSync, writeSync } from 'node:fs'
    import { daemonize, isDaemon, tellReady } from 'SRC/sensor/control/daemonize.ts'
    if (isDaemon()) {
      writeFileSync(${JSON.stringify(`${pidFile}.new`)}, String(process.pid))
      renameSync(${JSON.stringify(`${pidFile}.new`)}, ${JSON.stringify(pidFile)})
      setInterval(() => {}, 1000)
      ${daemon}
    } else {
      try {
        process.exit(await daemonize())
      } catch ({ code, message }) {
        writeSync(2, code + ': ' + message + '\\n')
        process.exit(3)
      }
    }`
  return { text, pidFile }
}

interface Ended {
  readonly code: number | null
  readonly stderr: string
  readonly pid: number
}

/** Runs the parent to its end. */
function run(daemon: string): Ended {
  const { text, pidFile } = daemonProgram(daemon)
  const { code, stderr } = scratch.run(text)
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0
  if (pid > 0) daemons.push(pid)
  return { code, stderr, pid }
}

describe('daemonize', () => {
  it('ends with 0 when the daemon is ready, which lives on in a session of its own', () => {
    const { code, stderr, pid } = run(
      "setTimeout(() => { writeSync(2, 'signatures: 3\\n'); void tellReady() }, 300)",
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'signatures: 3\n' })
    expect(isAlive(pid)).toBe(true)
    const session = Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[3])
    expect(session).toBe(pid)
  })

  it('lets go of the terminal: nothing is connected any more, and nothing written is missed', async () => {
    const { code, stderr, pid } = run(`
      process.stderr.write('last words\\n')
      await tellReady()
      process.stderr.write('unheard\\n')
      writeSync(2, 'unheard\\n')
      console.error('unheard')
      setInterval(() => process.stderr.write('unheard\\n'), 10)`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'last words\n' })
    for (const descriptor of [0, 1, 2])
      expect(readlinkSync(`/proc/${pid}/fd/${descriptor}`)).toBe('/dev/null')
    await sleep(300)
    expect(isAlive(pid)).toBe(true)
    const environment = spawnSync('sh', ['-c', `tr '\\0' '\\n' < /proc/${pid}/environ`], { encoding: 'utf8' })
    expect(environment.stdout).toContain('GAIT_DAEMON=1')
  })

  it('has what comes later in the log file', async () => {
    const log = scratch.path('daemon.log')
    const { code, pid } = run(`
      await tellReady(${JSON.stringify(log)})
      writeSync(2, 'later\\n')`)
    expect(code).toBe(0)
    expect(readlinkSync(`/proc/${pid}/fd/2`)).toBe(log)
    await until(() => readFileSync(log, 'utf8') === 'later\n')
  })

  it('keeps folder and arguments, and its mark from what the daemon starts', () => {
    const { stderr } = run(`
      writeSync(2, JSON.stringify([process.cwd(), process.argv.length, process.env.GAIT_DAEMON ?? 'none']) + '\\n')
      await tellReady()`)
    expect(JSON.parse(stderr)).toEqual([process.cwd(), 2, 'none'])
  })

  it('shows why the daemon failed, and ends with its code', () => {
    const { code, stderr, pid } = run("writeSync(2, 'gait: there is no eth7\\n'); process.exit(4)")
    expect({ code, stderr }).toEqual({ code: 4, stderr: 'gait: there is no eth7\n' })
    expect(isAlive(pid)).toBe(false)
  })

  it('tells of a daemon that ended without a word', () => {
    expect(run('process.exit(0)')).toMatchObject({
      code: 3,
      stderr: 'input: the daemon ended before it was ready\n',
    })
    expect(run("process.kill(process.pid, 'SIGKILL')")).toMatchObject({
      code: 3,
      stderr: 'input: the daemon ended before it was ready: SIGKILL\n',
    })
  })

  it('shows the stack of a daemon that crashed', () => {
    const { code, stderr } = run("throw new TypeError('no')")
    expect(code).toBe(1)
    expect(stderr).toContain('TypeError: no')
  })

  it('hands on signals while it waits', async () => {
    const { text, pidFile } = daemonProgram(
      "process.on('SIGTERM', () => { writeSync(2, 'stopping\\n'); process.exit(143) }); writeSync(2, 'up\\n')",
    )
    const parent = scratch.start(text, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    parent.stderr?.on('data', (words: Buffer) => {
      said += words.toString()
    })
    await until(() => said === 'up\n')
    daemons.push(Number(readFileSync(pidFile, 'utf8')))
    parent.kill('SIGTERM')
    expect(await codeOf(parent)).toBe(143)
    expect(said).toBe('up\nstopping\n')
  })

  it('is not needed by a daemon whose parent was killed while it started', async () => {
    const { text, pidFile } = daemonProgram(`
      setTimeout(async () => {
        await tellReady()
        writeSync(2, 'unheard')
        process.stderr.write('unheard')
        writeFileSync(${JSON.stringify(scratch.path('on-its-own'))}, 'x')
      }, 500)`)
    const parent = scratch.start(text, { stdio: 'ignore' })
    await until(() => existsSync(pidFile))
    const pid = Number(readFileSync(pidFile, 'utf8'))
    daemons.push(pid)
    parent.kill('SIGKILL')
    await until(() => existsSync(scratch.path('on-its-own')))
    expect(isAlive(pid)).toBe(true)
  })
})

describe('tellReady', () => {
  it('does nothing in a process that is no daemon', () => {
    const { code, stderr } = scratch.run(`
      import { isDaemon, tellReady } from 'SRC/sensor/control/daemonize.ts'
      await tellReady()
      process.stderr.write(String(isDaemon()))`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'false' })
  })
})

function codeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve))
}
