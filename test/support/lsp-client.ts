// An editor's end of the language server: starts the built command line, asks it over stdio, and writes down what was
// said as a transcript.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import {
  createProtocolConnection,
  type Diagnostic,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node'
import { MAIN } from './gait.ts'

interface Document {
  text: string
  version: number
}

export class LspClient {
  readonly #folder: string
  readonly #child: ChildProcessWithoutNullStreams
  readonly #connection: ProtocolConnection
  readonly #documents = new Map<string, Document>()
  readonly #told = new Map<string, PublishDiagnosticsParams>()
  readonly #lines: string[] = []
  #news: () => void = () => undefined
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
  readonly messages: string[] = []
  stderr = ''

  /** @param folder - of the files, which are named from it */
  constructor(folder: string, ...args: readonly string[]) {
    this.#folder = folder
    this.#child = spawn(process.execPath, [MAIN, 'lsp', ...args], { cwd: folder })
    this.#child.stderr.on('data', (data: Buffer) => {
      this.stderr += data.toString()
    })
    this.ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#connection = createProtocolConnection(
      new StreamMessageReader(this.#child.stdout),
      new StreamMessageWriter(this.#child.stdin),
    )
    this.#connection.onNotification('textDocument/publishDiagnostics', (told: PublishDiagnosticsParams) => {
      this.#write('<-- textDocument/publishDiagnostics', told.uri, told.diagnostics)
      this.#told.set(told.uri, told)
      this.#news()
    })
    this.#connection.onNotification('window/showMessage', ({ message }: { readonly message: string }) => {
      this.messages.push(message)
    })
    this.#connection.listen()
  }

  get transcript(): string {
    return `${this.#lines.join('\n')}\n`.replaceAll(pathToFileURL(this.#folder).href, 'file:///rules')
  }

  /** A line of one's own in the transcript. */
  remark(text: string): void {
    this.#lines.push('', `# ${text}`)
  }

  async start(): Promise<unknown> {
    const greeting = await this.ask('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(this.#folder).href,
      capabilities: {},
    })
    await this.tell('initialized', {})
    return greeting
  }

  /** Shutdown and exit. @returns the exit code */
  async stop(): Promise<number | null> {
    await this.ask('shutdown')
    await this.tell('exit')
    return this.ended
  }

  kill(): void {
    this.#child.kill()
  }

  /** As an editor that vanishes. */
  hangUp(): void {
    this.#child.stdin.end()
  }

  uriOf(file: string): string {
    return pathToFileURL(`${this.#folder}/${file}`).href
  }

  /** Opens a file with its text on disk, or another one. */
  async open(file: string, text = readFileSync(`${this.#folder}/${file}`, 'utf8')): Promise<void> {
    const uri = file.includes(':') ? file : this.uriOf(file)
    this.#documents.set(uri, { text, version: 1 })
    this.#told.delete(uri)
    await this.tell(
      'textDocument/didOpen',
      { textDocument: { uri, languageId: 'gait', version: 1, text } },
      { uri },
    )
  }

  /** Waits until its diagnostics are taken back. */
  async close(file: string): Promise<void> {
    const uri = this.uriOf(file)
    this.#documents.delete(uri)
    this.#told.delete(uri)
    await this.tell('textDocument/didClose', { textDocument: { uri } })
    await this.diagnostics(file)
  }

  /** Puts a text in the place of another, which stands there once. */
  async edit(file: string, from: string, to: string): Promise<void> {
    const uri = this.uriOf(file)
    const document = this.#documents.get(uri)!
    const start = document.text.indexOf(from)
    if (start < 0) throw new Error(`${file} has no ${from}`)
    const change: TextDocumentContentChangeEvent = {
      range: {
        start: positionIn(document.text, start),
        end: positionIn(document.text, start + from.length),
      },
      text: to,
    }
    document.text = document.text.slice(0, start) + to + document.text.slice(start + from.length)
    document.version++
    this.#told.delete(uri)
    await this.tell('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: [change],
    })
  }

  /** What is said of the text as it stands. */
  diagnostics(file: string): Promise<readonly Diagnostic[]> {
    return this.until(file, () => true)
  }

  /** What is said of the text as it stands, when it is what one waits for. */
  async until(
    file: string,
    isWanted: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    const uri = file.includes(':') ? file : this.uriOf(file)
    for (;;) {
      const told = this.#told.get(uri)
      const isOfNow = told?.version === this.#documents.get(uri)?.version
      if (told !== undefined && isOfNow && isWanted(told.diagnostics)) return told.diagnostics
      await new Promise<void>((resolve) => {
        this.#news = resolve
      })
    }
  }

  /** @param place - a text that stands there; the cursor is `shift` behind its beginning */
  async at<T>(method: string, file: string, place: string, shift = 0, more: object = {}): Promise<T> {
    const uri = this.uriOf(file)
    const { text } = this.#documents.get(uri)!
    const found = text.indexOf(place)
    if (found < 0) throw new Error(`${file} has no ${place}`)
    return this.ask(method, {
      textDocument: { uri },
      position: positionIn(text, found + shift),
      ...more,
    })
  }

  async ask<T>(method: string, params?: object): Promise<T> {
    this.#write('--> ', method, params)
    try {
      const answer = await this.#connection.sendRequest<T>(method, params)
      this.#write('<-- ', '', answer)
      return answer
    } catch (error) {
      this.#write('<-- error: ', error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  async tell(method: string, params: object = {}, shown = params): Promise<void> {
    this.#write('--> ', method, shown)
    await this.#connection.sendNotification(method, params)
  }

  #write(arrow: string, method: string, value?: unknown): void {
    const head = `${arrow}${arrow.endsWith(' ') ? '' : ' '}${method}`
    if (Array.isArray(value) && value.length > 0)
      this.#lines.push(head.trimEnd(), ...value.map((one) => `    ${formatValue(one)}`))
    else this.#lines.push(`${head}${value === undefined ? '' : ` ${formatValue(value)}`}`.replace('  ', ' '))
  }
}

/** The protocol's places, in short. */
function formatValue(value: unknown): string {
  const place = '\\{"line":(\\d+),"character":(\\d+)\\}'
  return JSON.stringify(value)
    .replace(new RegExp(`\\{"start":${place},"end":${place}\\}`, 'g'), '"$1:$2-$3:$4"')
    .replace(new RegExp(place, 'g'), '"$1:$2"')
    .replace(/"processId":\d+/, '"processId":1')
    .replace(/"version":"[^"]*"/, '"version":"*"')
}

/** UTF-16, from 0. */
export function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length - 1, character: before.at(-1)!.length }
}
