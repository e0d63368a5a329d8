import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { writePidFile } from '../../../../src/sensor/control/pid-file.ts'
import { Scratch, until } from '../../../support/scratch.ts'

const scratch = new Scratch()
afterAll(() => scratch.remove())

const WRITE = `
  import { writePidFile } from 'SRC/sensor/control/pid-file.ts'
  try {
    writePidFile(PATH)
    console.log('wrote')
  } catch ({ code, message }) {
    console.log(code, message)
  }`

function program(path: string, rest = ''): string {
  return WRITE.replace('PATH', JSON.stringify(path)) + rest
}

/** The number of a process that has ended. */
function deadPid(): number {
  return Number(scratch.run('console.log(process.pid)').stdout)
}

describe('writePidFile', () => {
  it('holds the process number while it runs, and is gone at its end', () => {
    const path = scratch.path('a.pid')
    const { stdout } = scratch.run(
      program(
        path,
        `import { readFileSync, statSync } from 'node:fs'
         console.log(readFileSync(${JSON.stringify(path)}, 'utf8') === process.pid + '\\n')
         console.log((statSync(${JSON.stringify(path)}).mode & 0o777).toString(8))
         process.exit(3)`,
      ),
    )
    expect(stdout).toBe('wrote\ntrue\n644\n')
    expect(readdirSync(scratch.folder).filter((name) => name.startsWith('a.pid'))).toEqual([])
  })

  it('is removed on demand, once', () => {
    const path = scratch.path('b.pid')
    const listeners = process.listenerCount('exit')
    const file = writePidFile(path)
    file.remove()
    expect(existsSync(path)).toBe(false)
    writeFileSync(path, '1\n')
    file.remove()
    expect(readFileSync(path, 'utf8')).toBe('1\n')
    expect(process.listenerCount('exit')).toBe(listeners)
  })

  it('is left alone when another run has taken it over', () => {
    const path = scratch.path('c.pid')
    const file = writePidFile(path)
    rmSync(path)
    writeFileSync(path, '4711\n')
    file.remove()
    expect(readFileSync(path, 'utf8')).toBe('4711\n')
  })

  it('refuses while another run holds it', async () => {
    const path = scratch.path('d.pid')
    const other = scratch.start(program(path, 'setInterval(() => {}, 1000)'), { stdio: 'ignore' })
    await until(() => existsSync(path))
    expect(() => writePidFile(path)).toThrow(`${path}: another sensor runs as process ${other.pid}`)
    expect(readFileSync(path, 'utf8')).toBe(`${other.pid}\n`)
    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('exit', resolve))
    writePidFile(path).remove()
  })

  it('takes over from a run that is dead', () => {
    const path = scratch.path('e.pid')
    writeFileSync(path, `${deadPid()}\n`)
    const file = writePidFile(path)
    expect(readFileSync(path, 'utf8')).toBe(`${process.pid}\n`)
    file.remove()
  })

  it('takes over when the number has gone to a process that began later', () => {
    const path = scratch.path('f.pid')
    writeFileSync(path, `${process.ppid}\n`)
    expect(() => writePidFile(path)).toThrow('another sensor runs')
    utimesSync(path, 1000, 1000)
    writePidFile(path).remove()
  })

  it.each([['its own number'], ['an empty file'], ['a number that no process has']])(
    'takes over from %s',
    (what) => {
      const path = scratch.path('g.pid')
      const text = { 'its own number': `${process.pid}`, 'an empty file': '' }[what] ?? '99999999999999'
      writeFileSync(path, text)
      writePidFile(path).remove()
    },
  )

  it('refuses what is no pid file, and leaves it', () => {
    const path = scratch.path('precious')
    writeFileSync(path, 'root:x:0:0\n')
    expect(() => writePidFile(path)).toThrow(`${path} is there and is no pid file`)
    expect(readFileSync(path, 'utf8')).toBe('root:x:0:0\n')
    mkdirSync(scratch.path('folder'))
    expect(() => writePidFile(scratch.path('folder'))).toThrow('is no pid file')
    symlinkSync('precious', scratch.path('link'))
    expect(() => writePidFile(scratch.path('link'))).toThrow('is no pid file')
    expect(lstatSync(scratch.path('link')).isSymbolicLink()).toBe(true)
    expect(readdirSync(scratch.folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  it('says that it cannot be written', () => {
    expect(() => writePidFile(scratch.path('none/x.pid'))).toThrow('cannot write the pid file')
  })

  it('lets one of many win that start at once', async () => {
    const path = scratch.path('h.pid')
    writeFileSync(path, `${deadPid()}\n`)
    const text = program(path, 'setTimeout(() => {}, 4000)')
    const words = await Promise.all(
      [1, 2, 3, 4].map(
        () =>
          new Promise<string>((resolve) => {
            const child = scratch.start(text, { stdio: ['ignore', 'pipe', 'inherit'] })
            child.stdout?.once('data', (said: Buffer) => resolve(said.toString()))
          }),
      ),
    )
    expect(words.filter((word) => word === 'wrote\n')).toHaveLength(1)
    expect(words.filter((word) => word.includes('another sensor runs'))).toHaveLength(3)
  })
})
