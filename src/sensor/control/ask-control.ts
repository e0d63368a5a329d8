// The asking side of the control socket: one request, one answer, in bounded time.

import { connect, type Socket } from 'node:net'
import { OperatorError } from '../../model/operator-error.ts'
import type { ControlAnswer, ControlRequest } from './control-protocol.ts'
import { LONGEST_SOCKET_PATH } from './control-socket.ts'
import { readLines } from './read-lines.ts'

const MOST_ANSWER_BYTES = 16 * 1024 * 1024

/**
 * Asks a running sensor.
 *
 * @returns its answer, which may be a refusal: `ok` is false
 * @throws OperatorError when nobody answers: no socket, no sensor behind it, no permission, no answer in time
 */
export async function askControl(
  path: string,
  request: ControlRequest,
  timeoutMs: number,
): Promise<ControlAnswer> {
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH)
    throw new OperatorError('usage', `${path} is too long for a socket's path`)
  const socket = connect(path)
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    socket.destroy(new Error('late'))
  }, timeoutMs)
  try {
    return await exchange(socket, path, request)
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause
    if (isLate)
      throw new OperatorError(
        'input',
        `the sensor at ${path} did not answer within ${timeoutMs / 1000} s`,
        'it may be overloaded or stopped: its log says more',
      )
    throw unreachable(path, cause as NodeJS.ErrnoException)
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}

async function exchange(socket: Socket, path: string, request: ControlRequest): Promise<ControlAnswer> {
  socket.write(`${JSON.stringify(request)}\n`)
  for await (const line of readLines(socket, MOST_ANSWER_BYTES)) return parseAnswer(line, path)
  throw new OperatorError('input', `the sensor at ${path} went away without an answer`)
}

function parseAnswer(line: string, path: string): ControlAnswer {
  try {
    const answer: unknown = JSON.parse(line)
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer as ControlAnswer
  } catch {
    // Said below.
  }
  throw new OperatorError('input', `what listens on ${path} is no sensor: its answer cannot be read`)
}

function unreachable(path: string, cause: NodeJS.ErrnoException): OperatorError {
  const fail = (kind: 'input' | 'permission', message: string, hint: string) =>
    new OperatorError(kind, message, hint, { cause })
  switch (cause.code) {
    case 'ENOENT':
      return fail(
        'input',
        `there is no socket ${path}`,
        'is the sensor running? --control names its control socket',
      )
    case 'ECONNREFUSED':
      return fail(
        'input',
        `nobody listens on ${path}`,
        'is the sensor running? What is there is from an earlier run',
      )
    case 'EACCES':
    case 'EPERM':
      return fail(
        'permission',
        `no permission to open ${path}`,
        'ask as the user that the sensor runs as, or as root',
      )
    default:
      return fail('input', `cannot ask the sensor at ${path}: ${cause.message}`, 'its log may say more')
  }
}
