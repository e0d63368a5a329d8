import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, watch, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { listenPrivately } from '../../../../src/sensor/control/control-socket.ts'
import { Scratch, sleep, until } from '../../../support/scratch.ts'

const scratch = new Scratch()
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})
afterAll(() => scratch.remove())

function newServer(): Server {
  const server = createServer((socket) => socket.end('here\n'))
  servers.push(server)
  return server
}

function greeting(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    connect(path)
      .setEncoding('utf8')
      .once('data', (text: string) => resolve(text))
      .once('error', reject)
  })
}

describe('listenPrivately', () => {
  it('listens, with mode 0600, and leaves nothing but the socket', async () => {
    const path = scratch.path('plain.sock')
    const leave = await listenPrivately(newServer(), path)
    expect(statSync(path).mode & 0o7777).toBe(0o600)
    expect(await greeting(path)).toBe('here\n')
    expect(readdirSync(scratch.folder)).toEqual(['plain.sock'])
    leave()
    expect(readdirSync(scratch.folder)).toEqual([])
  })

  it('is never open to others, whatever the umask', async () => {
    const folder = scratch.path('umask')
    mkdirSync(folder)
    const modes: number[] = []
    const watcher = watch(folder, () => {
      for (const name of readdirSync(folder)) modes.push(statSync(`${folder}/${name}`).mode & 0o077)
    })
    const before = process.umask(0)
    const leave = await listenPrivately(newServer(), `${folder}/x`)
    process.umask(before)
    await until(() => modes.length > 0)
    watcher.close()
    expect(modes.every((mode) => mode === 0)).toBe(true)
    leave()
  })

  it('clears away the socket of a dead run', async () => {
    const path = scratch.path('dead.sock')
    scratch.run(
      `import { createServer } from 'node:net'
       createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
    )
    expect(statSync(path).isSocket()).toBe(true)
    const leave = await listenPrivately(newServer(), path)
    expect(await greeting(path)).toBe('here\n')
    leave()
  })

  it('leaves the socket of a live run, also of one that is stopped', async () => {
    const path = scratch.path('live.sock')
    const other = scratch.start(
      `import { createServer } from 'node:net'
       createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGSTOP'))`,
      { stdio: 'ignore' },
    )
    await until(() => readdirSync(scratch.folder).includes('live.sock'))
    await sleep(50)
    const inode = statSync(path).ino
    await expect(listenPrivately(newServer(), path)).rejects.toThrow(
      `cannot listen on ${path}: another sensor does`,
    )
    expect(statSync(path).ino).toBe(inode)
    other.kill('SIGKILL')
  })

  it('lets one of many win that start at once over a dead socket', async () => {
    const path = scratch.path('contested.sock')
    const program = `
      import { createServer } from 'node:net'
      import { listenPrivately } from 'SRC/sensor/control/control-socket.ts'
      await listenPrivately(createServer(), ${JSON.stringify(path)}).then(
        () => process.stdout.write('won\\n'),
        (error) => process.stdout.write(error.message.includes('another sensor') ? 'lost\\n' : error.stack))
      setTimeout(() => process.exit(), 4000)`
    scratch.run(
      `import { createServer } from 'node:net'
       createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
    )
    const words = await Promise.all(
      [1, 2, 3, 4].map(
        () =>
          new Promise<string>((resolve) => {
            const child = scratch.start(program, { stdio: ['ignore', 'pipe', 'inherit'] })
            child.stdout?.once('data', (text: Buffer) => resolve(text.toString()))
          }),
      ),
    )
    expect(words.sort()).toEqual(['lost\n', 'lost\n', 'lost\n', 'won\n'])
  })

  it('refuses a file that is no socket, and leaves it', async () => {
    const path = scratch.path('precious')
    writeFileSync(path, 'x')
    await expect(listenPrivately(newServer(), path)).rejects.toThrow('there is a file that is no socket')
    expect(readFileSync(path, 'utf8')).toBe('x')
    symlinkSync('precious', scratch.path('link'))
    await expect(listenPrivately(newServer(), scratch.path('link'))).rejects.toThrow('no socket')
  })

  it('refuses a folder that is not there, and a path that is too long', async () => {
    await expect(listenPrivately(newServer(), scratch.path('none/x'))).rejects.toMatchObject({
      code: 'input',
      hint: `make the folder ${scratch.path('none')}, or name another path with --control`,
    })
    const deep = scratch.path('d'.repeat(90))
    mkdirSync(deep)
    await expect(listenPrivately(newServer(), `${deep}/x`)).rejects.toMatchObject({ code: 'usage' })
    expect(readdirSync(deep)).toEqual([])
  })

  it('refuses a folder that cannot be written', () => {
    const { stdout } = scratch.run(`
      import { createServer } from 'node:net'
      import { listenPrivately } from 'SRC/sensor/control/control-socket.ts'
      if (process.getuid() === 0) process.setuid(65534)
      await listenPrivately(createServer(), '/etc/x').catch(({ code, message }) => console.log(code, message))`)
    expect(stdout).toMatch(/^permission cannot listen on \/etc\/x: its folder may not be written/)
  })

  it('gives up only a path that is still its own', async () => {
    const path = scratch.path('own.sock')
    const leave = await listenPrivately(newServer(), path)
    leave()
    const next = await listenPrivately(newServer(), path)
    leave()
    expect(await greeting(path)).toBe('here\n')
    next()
  })
})
