// The language of the control socket: one JSON object a line asks, one JSON object a line answers. Requests are
// checked here in full; whatever is wrong with one becomes an answer, never an exception.

import { OperatorError } from '../../model/operator-error.ts'
import { FLOW_ORDERS, type FlowOrder, type FlowTop, type SensorStatus } from './status.ts'

export const CONTROL_COMMANDS = ['status', 'reload', 'flows', 'stats', 'log-level'] as const

export type ControlCommand = (typeof CONTROL_COMMANDS)[number]

export const DEFAULT_TOP = 10

/** Rows of one answer; keeps an answer below some hundred kB. */
export const MOST_TOP = 1000

export type ControlRequest =
  | { readonly command: 'status' | 'reload' | 'stats' }
  | { readonly command: 'flows'; readonly top: number; readonly by: FlowOrder }
  | { readonly command: 'log-level'; readonly level: string }

export type ControlAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: string; readonly hint?: string | undefined }

/** What the sensor does when asked. May throw: an OperatorError is told as it is, anything else is a bug. */
export interface ControlHandlers {
  status(): SensorStatus
  reload(): Promise<object>
  flows(top: number, by: FlowOrder): FlowTop
  stats(): object
  setLogLevel(level: string): object
}

/** @throws OperatorError (usage) that says what is wrong with the line */
export function parseControlRequest(line: string): ControlRequest {
  const { command, top, by, level } = parseObject(line)
  switch (command) {
    case 'status':
    case 'reload':
    case 'stats':
      return { command }
    case 'flows':
      return { command, top: checkTop(top), by: checkOrder(by) }
    case 'log-level':
      if (typeof level !== 'string') throw wrong('name a level: {"command":"log-level","level":"debug"}')
      return { command, level }
    default:
      throw wrong(`unknown command ${JSON.stringify(command)}: there are ${CONTROL_COMMANDS.join(', ')}`)
  }
}

/** Does what a request asks for. @returns the result, which becomes JSON */
export function runControlRequest(
  request: ControlRequest,
  handlers: ControlHandlers,
): object | Promise<object> {
  switch (request.command) {
    case 'status':
      return handlers.status()
    case 'reload':
      return handlers.reload()
    case 'stats':
      return handlers.stats()
    case 'flows':
      return handlers.flows(request.top, request.by)
    case 'log-level':
      return handlers.setLogLevel(request.level)
  }
}

function parseObject(line: string): Record<'command' | 'top' | 'by' | 'level', unknown> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw wrong(`a request is one JSON object on a line: ${(cause as Error).message}`)
  }
  if (typeof value !== 'object' || value === null) throw wrong('a request is one JSON object on a line')
  return { command: undefined, top: undefined, by: undefined, level: undefined, ...value }
}

function checkTop(top: unknown): number {
  if (top === undefined) return DEFAULT_TOP
  if (Number.isInteger(top) && (top as number) >= 1 && (top as number) <= MOST_TOP) return top as number
  throw wrong(`top is a whole number from 1 to ${MOST_TOP}, not ${JSON.stringify(top)}`)
}

function checkOrder(by: unknown): FlowOrder {
  const order = by === undefined ? 'bytes' : FLOW_ORDERS.find((known) => known === by)
  if (order !== undefined) return order
  throw wrong(`flows are listed by ${FLOW_ORDERS.join(', ')}, not by ${JSON.stringify(by)}`)
}

function wrong(message: string): OperatorError {
  return new OperatorError('usage', message)
}
