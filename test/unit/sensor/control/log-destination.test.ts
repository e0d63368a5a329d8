import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { LogFile } from '../../../../src/sensor/control/log-destination.ts'
import { Scratch } from '../../../support/scratch.ts'

const scratch = new Scratch()
afterAll(() => scratch.remove())

describe('LogFile', () => {
  it('appends, and writes within the call', async () => {
    const path = scratch.path('a.log')
    const first = new LogFile(path)
    first.write('one\n')
    expect(readFileSync(path, 'utf8')).toBe('one\n')
    await first.close()
    const second = new LogFile(path)
    second.write('two\n')
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n')
    expect(statSync(path).mode & 0o027).toBe(0)
    await second.close()
  })

  it('goes on in a new file after rotation', async () => {
    const path = scratch.path('b.log')
    const log = new LogFile(path)
    log.write('old\n')
    renameSync(path, `${path}.1`)
    log.write('still old\n')
    log.reopen()
    log.write('new\n')
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('old\nstill old\n')
    expect(readFileSync(path, 'utf8')).toBe('new\n')
    await log.close()
  })

  it('stays with the old file when the new one cannot be opened, as often as it is asked', async () => {
    const folder = scratch.path('logs')
    mkdirSync(folder)
    const log = new LogFile(`${folder}/c.log`)
    renameSync(folder, `${folder}.away`)
    const before = readdirSync('/proc/self/fd').length
    for (let i = 0; i < 3; i++) expect(() => log.reopen()).toThrow(`cannot write the log ${folder}/c.log`)
    log.write('still here\n')
    expect(readFileSync(`${folder}.away/c.log`, 'utf8')).toBe('still here\n')
    renameSync(`${folder}.away`, folder)
    log.reopen()
    log.write('again\n')
    expect(readFileSync(`${folder}/c.log`, 'utf8')).toBe('still here\nagain\n')
    expect(readdirSync('/proc/self/fd').length).toBe(before)
    await log.close()
  })

  it('counts what a full device refuses', async () => {
    const log = new LogFile('/dev/full')
    log.write('one\n')
    log.write('two\n')
    expect(log.lost).toBe(2)
    await log.close()
  })

  it('does not wait for a named pipe’s reader, and ends a line that was cut before it begins another', async () => {
    const path = scratch.path('pipe')
    spawnSync('sh', ['-c', 'mkfifo "$0"', path])
    expect(() => new LogFile(path)).toThrow('ENXIO')
    const reader = openSync(path, 'r+')
    const log = new LogFile(path)
    const line = `${'x'.repeat(5000)}\n`
    for (let i = 0; i < 100; i++) log.write(line)
    expect(log.lost).toBeGreaterThan(80)
    const first = Buffer.alloc(1 << 16)
    expect(readSync(reader, first)).toBeGreaterThan(30_000)
    log.write('after\n')
    const second = Buffer.alloc(1 << 16)
    const length = readSync(reader, second)
    const text = first.toString('latin1').replaceAll('\0', '') + second.subarray(0, length).toString('latin1')
    const lines = text.split('\n').slice(0, -1)
    expect(lines.at(-1)).toBe('after')
    expect(lines.slice(0, -1).every((one) => one.length === 5000)).toBe(true)
    await log.close()
    closeSync(reader)
  })

  it('is refused where it cannot be written', () => {
    expect(() => new LogFile(scratch.folder)).toThrow(`cannot write the log ${scratch.folder}: EISDIR`)
  })
})

describe('StandardError', () => {
  const program = (closeMs: number) => `
    import { writeSync } from 'node:fs'
    import { StandardError } from 'SRC/sensor/control/log-destination.ts'
    const log = new StandardError()
    const begun = performance.now()
    for (let i = 0; i < 3000; i++) log.write('x'.repeat(999) + '\\n')
    const lost = log.lost
    await log.close(${closeMs})
    writeSync(1, JSON.stringify({ lost, tookMs: performance.now() - begun }) + '\\n')
    process.exit(0)`

  async function outcomeOf(
    text: string,
    read: boolean,
  ): Promise<{ lost: number; tookMs: number; heard: number }> {
    const child = scratch.start(text, { stdio: ['ignore', 'pipe', 'pipe'] })
    let heard = 0
    let said = ''
    if (read)
      child.stderr?.on('data', (part: Buffer) => {
        heard += part.length
      })
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString()
    })
    await new Promise((resolve) => child.once(read ? 'close' : 'exit', resolve))
    child.stderr?.destroy()
    return { ...JSON.parse(said), heard }
  }

  it('never waits for a reader that is stuck, bounds what waits and counts the rest', async () => {
    const { lost, tookMs } = await outcomeOf(program(200), false)
    expect(lost).toBeGreaterThan(1000)
    expect(lost).toBeLessThan(2100)
    expect(tookMs).toBeLessThan(2000)
  })

  it('has written all that it took when it is closed', async () => {
    const { lost, heard } = await outcomeOf(program(5000), true)
    expect(heard).toBe((3000 - lost) * 1000)
  })

  it('goes on when nobody reads any more', () => {
    const [tsx = '', loader = '', path = ''] = scratch.program(program(100))
    const { stdout, status } = spawnSync(
      'bash',
      ['-c', '"$0" "$1" "$2" "$3" 2> >(exit 0); exit $?', process.execPath, tsx, loader, path],
      { encoding: 'utf8' },
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout).tookMs).toBeLessThan(2000)
  })
})
