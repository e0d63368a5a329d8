// The setting of one output: a short text (output/sinks/parse-output.ts reads it) or a map.

import { z } from 'zod'
import { formatByteSize } from '../../core/byte-size.ts'
import { OperatorError } from '../../model/operator-error.ts'
import {
  DEFAULT_QUEUE_BYTES,
  DEFAULT_SYSLOG_FACILITY,
  EVENT_TYPES,
  type OutputOptions,
  SMALLEST_QUEUE_BYTES,
  SYSLOG_FACILITIES,
} from '../../model/output-options.ts'
import { parseOutput } from '../../output/sinks/parse-output.ts'
import { byteSize, classPattern, hostPort, listOf, mapOf, oneOf, text, wholeNumber } from './setting-kinds.ts'

const FORMS = '`-`, a path, `unix:path`, `tcp://host:port`, `syslog+udp://host:port`, or a map with a `type`'
const MAP = 'a map with a `type`'

/** What every output may have. */
const common = {
  types: listOf(oneOf(...EVENT_TYPES), 'event types')
    .optional()
    .describe('Only events of these types'),
  classes: listOf(classPattern, 'classes such as `[ssh.auth.*]`')
    .optional()
    .describe('Of alerts only those of these classes; a `*` at the end stands for any rest'),
  severity: wholeNumber(1, 255)
    .optional()
    .describe('Of alerts only those as severe as this or more; 1 is most'),
  queue: byteSize(SMALLEST_QUEUE_BYTES, 1 << 30)
    .prefault(formatByteSize(DEFAULT_QUEUE_BYTES))
    .describe('Memory for events that wait for their receiver'),
}

const socketPath = text('the path of a socket').describe(
  'Path of a unix stream socket that somebody listens on',
)
const address = hostPort('`host:port`').describe('Host and port: `collector:5170`')

const outputMap = z
  .discriminatedUnion(
    'type',
    [
      mapOf(
        {
          type: z.literal('file'),
          path: text('the path of a file').describe('File to append to'),
          ...common,
        },
        MAP,
      ),
      mapOf({ type: z.literal('stdout'), ...common }, MAP),
      mapOf({ type: z.literal('unix'), path: socketPath, ...common }, MAP),
      mapOf({ type: z.literal('tcp'), address, ...common }, MAP),
      mapOf(
        {
          type: z.literal('syslog'),
          address,
          transport: oneOf('udp', 'tcp').prefault('udp').describe('How messages travel'),
          facility: oneOf(...SYSLOG_FACILITIES)
            .prefault(DEFAULT_SYSLOG_FACILITY)
            .describe('What they are filed under'),
          ...common,
        },
        MAP,
      ),
    ],
    { error: MAP },
  )
  .transform((map): OutputOptions => {
    const { types, classes, severity, queue, ...rest } = map
    const every = { filter: { types, classes, severity }, queueBytes: queue }
    switch (rest.type) {
      case 'file':
      case 'unix':
      case 'stdout':
        return { ...rest, ...every }
      case 'tcp':
        return { type: rest.type, ...rest.address, ...every }
      case 'syslog': {
        const { address: place, ...syslog } = rest
        return { ...syslog, ...place, ...every }
      }
    }
  })

const outputText = text(FORMS).transform((value, context): OutputOptions => {
  try {
    return parseOutput(value)
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error
    context.issues.push({ code: 'custom', message: error.message, input: value, params: { isWhole: true } })
    return z.NEVER
  }
})

export const outputSetting = z.union([outputText, outputMap], { error: FORMS })
