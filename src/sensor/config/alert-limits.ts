// The settings that keep alerts few: `rate-limit` and `suppress`. Both are a map, or a short text that fits on a
// command line.

import { z } from 'zod'
import type { RateLimitOptions, SuppressRule } from '../../model/output-options.ts'
import { parseNetwork } from './network.ts'
import { classPattern, mapOf, off, oneOf, text, wholeNumber } from './setting-kinds.ts'

const RATE_LIMIT = /^([0-9]{1,9})\/([0-9]{1,9})(?:\/(.*))?$/
const RATE_LIMIT_FORMS =
  '`off`, `alerts/seconds/by` such as `100/60/signature-client`, or a map of these three'
const SUPPRESS_FORMS =
  '`key=value,...` such as `sid=1000003,network=10.0.0.0/8,end=client`, or a map of these'
const rateLimitMap = mapOf(
  {
    alerts: wholeNumber(1, 1_000_000).describe('Alerts that pass'),
    seconds: wholeNumber(1, 86_400).describe('In so many seconds'),
    by: oneOf('signature', 'signature-client', 'signature-pair')
      .prefault('signature-client')
      .describe('What is counted apart: each signature; each signature and client; and server as well'),
  },
  RATE_LIMIT_FORMS,
)

const rateLimitText = text(RATE_LIMIT_FORMS, RATE_LIMIT)
  .transform((value): unknown => {
    const [, alerts, seconds, by] = RATE_LIMIT.exec(value) ?? []
    return { alerts: Number(alerts), seconds: Number(seconds), ...(by === undefined ? {} : { by }) }
  })
  .pipe(rateLimitMap as z.ZodType<RateLimitOptions, unknown>)

export const rateLimitSetting = z.union([off, rateLimitText, rateLimitMap], { error: RATE_LIMIT_FORMS })

const NETWORK = 'an address or a network such as `10.0.0.0/8`, without bits behind its prefix'
const networkText = text(NETWORK).transform((value, context) => {
  const network = parseNetwork(value)
  if (network !== undefined) return network
  context.issues.push({ code: 'custom', message: NETWORK, input: value })
  return z.NEVER
})

const suppressionMap = mapOf(
  {
    sid: wholeNumber(1, 2_147_483_647).optional().describe('Id of a signature'),
    class: classPattern
      .optional()
      .describe('Class of a signature; a `*` at its end stands for any further words'),
    network: networkText.optional().describe('Address or network of a flow’s end'),
    end: oneOf('client', 'server', 'either').prefault('either').describe('Which end is in the network'),
  },
  SUPPRESS_FORMS,
)
  .refine(({ sid, class: name, network }) => (sid ?? name ?? network) !== undefined, {
    error: 'one of `sid`, `class` and `network` at least',
  })
  .transform(({ sid, class: name, network, end }): SuppressRule => ({ sid, class: name, network, end }))

const suppressionText = text(SUPPRESS_FORMS, /^[a-z]+=[^,]*(?:,[a-z]+=[^,]*)*$/)
  .transform((value): unknown => Object.fromEntries(value.split(',').map(readPair)))
  .pipe(suppressionMap as z.ZodType<SuppressRule, unknown>)

function readPair(pair: string): readonly [string, string | number] {
  const [key = '', ...rest] = pair.split('=')
  const value = rest.join('=')
  return [key, key === 'sid' && /^[0-9]+$/.test(value) ? Number(value) : value]
}

export const suppressionSetting = z.union([suppressionText, suppressionMap], { error: SUPPRESS_FORMS })
