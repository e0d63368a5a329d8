// The HTTP side for machines: /metrics for Prometheus, /healthz (the process lives), /readyz (packets are captured).
// Read only, meant for loopback; answers GET and HEAD, keeps headers, connections and time small.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OperatorError } from '../../model/operator-error.ts'
import type { StallReader } from './event-loop-watch.ts'
import { formatMetrics } from './metrics-text.ts'
import { type SensorStatus, unreadyReason } from './status.ts'

const MOST_CONNECTIONS = 32
const MOST_HEADER_BYTES = 8192
const REQUEST_MS = 5000
const KEEP_ALIVE_MS = 5000
const CHECK_EVERY_MS = 1000
const TEXT = 'text/plain; charset=utf-8'

export interface MetricsServerOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly status: () => SensorStatus
  readonly stall: StallReader
  /** Hears of a page that could not be made: a bug of ours. */
  readonly onTrouble: (error: unknown) => void
}

interface Page {
  readonly code: number
  readonly type: string
  readonly text: string
}

export class MetricsServer {
  readonly #options: MetricsServerOptions
  readonly #server: Server

  private constructor(options: MetricsServerOptions) {
    this.#options = options
    this.#server = createServer(
      {
        maxHeaderSize: MOST_HEADER_BYTES,
        requestTimeout: REQUEST_MS,
        headersTimeout: REQUEST_MS,
        keepAliveTimeout: KEEP_ALIVE_MS,
        connectionsCheckingInterval: CHECK_EVERY_MS,
      },
      (request, response) => void this.#answer(request, response),
    )
    this.#server.maxConnections = MOST_CONNECTIONS
    // A receiver that does not read its answer.
    this.#server.setTimeout(REQUEST_MS)
  }

  /** @throws OperatorError when nothing can listen there */
  static async open(options: MetricsServerOptions): Promise<MetricsServer> {
    const metrics = new MetricsServer(options)
    await metrics.#listen()
    return metrics
  }

  /** Where it listens, with the port that was chosen. */
  get address(): AddressInfo {
    return this.#server.address() as AddressInfo
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  #listen(): Promise<void> {
    const { host, port, onTrouble } = this.#options
    return new Promise((resolve, reject) => {
      this.#server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(host, port, cause)))
      this.#server.listen({ host, port }, () => {
        this.#server.removeAllListeners('error')
        this.#server.on('error', onTrouble)
        resolve()
      })
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = await this.#page(request).catch((error: unknown): Page => {
      this.#options.onTrouble(error)
      return plain(500, 'this is a bug in gait; its log says more')
    })
    response.writeHead(page.code, {
      'content-type': page.type,
      'content-length': Buffer.byteLength(page.text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(page.code === 405 ? { allow: 'GET, HEAD' } : {}),
      // What was sent with the request is not read: the connection cannot be used again.
      ...(hasBody(request) ? { connection: 'close' } : {}),
    })
    response.end(request.method === 'HEAD' ? undefined : page.text)
  }

  async #page({ method, url = '' }: IncomingMessage): Promise<Page> {
    const path = url.split('?', 1)[0]
    if (path !== '/metrics' && path !== '/healthz' && path !== '/readyz') return plain(404, 'not found')
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'GET or HEAD only')
    if (path === '/healthz') return plain(200, 'alive')
    const status = this.#options.status()
    if (path === '/readyz') {
      const reason = unreadyReason(status)
      return reason === undefined ? plain(200, 'ready') : plain(503, reason)
    }
    const { user, system } = process.cpuUsage()
    const { text, contentType } = await formatMetrics(status, {
      cpuSeconds: (user + system) / 1e6,
      stallSeconds: this.#options.stall.longestMs() / 1000,
    })
    return { code: 200, type: contentType, text }
  }
}

function plain(code: number, text: string): Page {
  return { code, type: TEXT, text: `${text}\n` }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): OperatorError {
  const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  const kind = cause.code === 'EACCES' || cause.code === 'EPERM' ? 'permission' : 'input'
  const what = WHY[cause.code ?? ''] ?? cause.message
  return new OperatorError(
    kind,
    `cannot serve metrics on ${where}: ${what}`,
    'name another address with --metrics, or turn them off: --metrics off',
    { cause },
  )
}

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this host has no such address',
  ENOTFOUND: 'no such host',
  EACCES: 'only root may use ports below 1024',
}
