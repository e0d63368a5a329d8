// The kinds of values that settings have, in zod. The message of every schema here says what is expected, as it
// stands behind `found ..., expected`; explain-issues.ts adds what was found.

import { z } from 'zod'
import { formatByteSize, parseByteSize } from '../../core/byte-size.ts'
import { isClassPattern } from '../../output/sinks/class-pattern.ts'
import { parseAddress } from '../../output/sinks/parse-address.ts'
import type { ListenAddress } from './sensor-config.ts'

/** For editors: what core/byte-size.ts reads, letter case aside. */
const BYTE_SIZE = /^[0-9.]+ ?(?:[kKmMgG][iI]?[bB]|[bB])?$/
/** For editors: what parse-address.ts reads. */
const HOST_PORT = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:[\]/@]+):[0-9]{1,5}$/

const CLASS_PATTERN = 'a class such as `ssh.auth.failure` or `ssh.auth.*`'

export const switchSetting = z.boolean({ error: '`true` or `false`' })

export function wholeNumber(least: number, most: number, unit = '') {
  const error = `a whole number${unit} from ${least} to ${most}`
  return z.int({ error }).min(least, { error }).max(most, { error })
}

export function anyNumber(least: number, most: number, unit: string) {
  const error = `a number${unit} from ${least} to ${most}`
  return z.number({ error }).min(least, { error }).max(most, { error })
}

/** A number of bytes, or a size with its unit; becomes bytes. */
export function byteSize(least: number, most: number) {
  const error = `a size from ${formatByteSize(least)} to ${formatByteSize(most)}, such as \`64MiB\` or \`64MB\``
  const wholeBytes = z.int({ error }).min(least, { error }).max(most, { error })
  const written = z.union([wholeBytes, z.string({ error }).regex(BYTE_SIZE, { error })], { error })
  return written.transform((value, context) => {
    const bytes = typeof value === 'number' ? value : parseByteSize(value)
    if (bytes !== undefined && bytes >= least && bytes <= most) return bytes
    context.issues.push({ code: 'custom', message: error, input: value })
    return z.NEVER
  })
}

/** @param pattern - what its characters must be like */
export function text(error: string, pattern = /\S/) {
  return z.string({ error }).regex(pattern, { error })
}

/** A class, or the beginning of classes and a `*`. */
export const classPattern = z
  .string({ error: CLASS_PATTERN })
  .refine(isClassPattern, { error: CLASS_PATTERN })

export function oneOf<const T extends readonly string[]>(...words: T) {
  return z.enum(words, { error: words.map((word) => `\`${word}\``).join(', ') })
}

export function listOf<T extends z.ZodType>(item: T, what: string) {
  return z.array(item, { error: `a list of ${what}` })
}

/** A map that has no other keys; of an unknown key the message lists the known ones. */
export function mapOf<T extends z.core.$ZodLooseShape>(shape: T, what: string) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : what),
  })
}

/** `host:port`; becomes both. */
export function hostPort(error: string) {
  return text(error, HOST_PORT).transform((value, context): ListenAddress => {
    const place = parseAddress(value)
    if (place !== undefined) return place
    context.issues.push({ code: 'custom', message: error, input: value })
    return z.NEVER
  })
}

/** A word that turns the thing off; becomes undefined. */
export const off = z.literal('off').transform(() => undefined)
