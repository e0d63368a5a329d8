// Serves the control socket: who may open it (mode 0600: its owner and root) may ask. Requests of a connection are
// answered one after the other; lines, connections and idle time are bounded, so nobody can hold the sensor up.

import { createServer, type Server, type Socket } from 'node:net'
import { OperatorError } from '../../model/operator-error.ts'
import {
  type ControlAnswer,
  type ControlHandlers,
  parseControlRequest,
  runControlRequest,
} from './control-protocol.ts'
import { listenPrivately } from './control-socket.ts'
import { LineTooLong, readLines } from './read-lines.ts'

const MOST_LINE_BYTES = 64 * 1024
const MOST_CONNECTIONS = 8
const IDLE_MS = 30_000

export interface ControlServerOptions {
  readonly path: string
  readonly handlers: ControlHandlers
  /** Hears of what nobody asked for: a handler that threw what is no OperatorError, a connection not accepted. */
  readonly onTrouble: (error: unknown) => void
  /** Default 8. */
  readonly maxConnections?: number
  /** A connection on which nothing moves for so long is closed; default 30 s. */
  readonly idleMs?: number
}

export class ControlServer {
  readonly #server: Server
  readonly #options: ControlServerOptions
  readonly #connections = new Set<Socket>()
  #leave = () => {}

  private constructor(options: ControlServerOptions) {
    this.#options = options
    // Half open: a client that ends its side after the request still gets its answer.
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket))
  }

  /** @throws OperatorError when the path is taken by a live sensor, or cannot be used */
  static async open(options: ControlServerOptions): Promise<ControlServer> {
    const server = new ControlServer(options)
    server.#leave = await listenPrivately(server.#server, options.path)
    // Out of descriptors, say: this connection failed, the next may not.
    server.#server.on('error', options.onTrouble)
    return server
  }

  /** Gives up the path and ends all connections, also those that wait for an answer. */
  async close(): Promise<void> {
    this.#leave()
    this.#leave = () => {}
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#connections) socket.destroy()
    await closed
  }

  #accept(socket: Socket): void {
    // Whoever went away needs no answer.
    socket.on('error', () => socket.destroy())
    if (this.#connections.size >= (this.#options.maxConnections ?? MOST_CONNECTIONS)) {
      socket.end(formatAnswer({ ok: false, error: 'too many connections: try again later' }), () =>
        socket.destroy(),
      )
      return
    }
    this.#connections.add(socket)
    socket.once('close', () => this.#connections.delete(socket))
    void this.#serve(socket)
  }

  async #serve(socket: Socket): Promise<void> {
    let isWorking = false
    socket.setTimeout(this.#options.idleMs ?? IDLE_MS, () => {
      if (!isWorking) socket.destroy()
    })
    try {
      const chunks = socket.iterator({ destroyOnReturn: false })
      for await (const line of readLines(chunks, MOST_LINE_BYTES)) {
        isWorking = true
        const answer = await this.#answer(line)
        isWorking = false
        if (socket.destroyed) return
        if (!socket.write(formatAnswer(answer))) await drained(socket)
      }
    } catch (error) {
      // What else may be thrown is the connection's end.
      if (error instanceof LineTooLong) socket.write(formatAnswer({ ok: false, error: error.message }))
    }
    socket.end(() => socket.destroy())
  }

  async #answer(line: string): Promise<ControlAnswer> {
    try {
      return { ok: true, result: await runControlRequest(parseControlRequest(line), this.#options.handlers) }
    } catch (error) {
      if (error instanceof OperatorError) return { ok: false, error: error.message, hint: error.hint }
      this.#options.onTrouble(error)
      return { ok: false, error: 'this is a bug in gait; its log says more' }
    }
  }
}

function formatAnswer(answer: ControlAnswer): string {
  return `${JSON.stringify(answer)}\n`
}

/** Until a client has taken what it was sent, or is gone. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off('drain', settle)
      socket.off('close', settle)
      resolve()
    }
    socket.on('drain', settle)
    socket.on('close', settle)
  })
}
