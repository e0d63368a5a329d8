import { describe, expect, it } from 'vitest'
import {
  isMetadataKey,
  isRepeatable,
  type MetadataKey,
  readMetadata,
  unknownKey,
} from '../../../src/signature/metadata-keys.ts'

const GOOD: readonly (readonly [MetadataKey, string, unknown])[] = [
  ['sid', '1', 1],
  ['limit', '2147483647', 2147483647],
  ['severity', '255', 255],
  ['class', 'ssh.auth', 'ssh.auth'],
  ['also', 'ssh.guessing', ['ssh.guessing']],
  ['confidence', '0', 0],
  ['confidence', '0.95', 0.95],
  ['confidence', '1.0', 1],
  ['mitre', 'T1110', ['T1110']],
  ['mitre', 'T1110.001,T1021.004', ['T1110.001', 'T1021.004']],
  ['tell', 'duration', ['duration']],
  ['tell', 'duration,c.bytes,ssh.client_software', ['duration', 'c.bytes', 'ssh.client_software']],
  ['reference', 'https://example.org/a?b=c', ['https://example.org/a?b=c']],
  ['fp', 'what else, and more', 'what else, and more'],
]

const BAD: readonly (readonly [MetadataKey, string])[] = [
  ['limit', '0'],
  ['limit', 'none'],
  ['also', 'SSH'],
  ['confidence', '1.1'],
  ['confidence', '90%'],
  ['confidence', '.9'],
  ['mitre', '1110'],
  ['mitre', 'T1110.1'],
  ['mitre', 'T1110,'],
  ['tell', ''],
  ['tell', 'Duration'],
  ['tell', 'a..b'],
  ['reference', ''],
  ['fp', ''],
]

describe('readMetadata', () => {
  it.each(GOOD)('reads %s=%s', (key, text, value) => {
    expect(readMetadata(key, text)).toEqual({ value })
  })

  it.each(BAD)('says what was expected of %s=%s', (key, text) => {
    expect(readMetadata(key, text)).toEqual(expect.any(String))
  })
})

describe('keys', () => {
  it('are told from other words', () => {
    expect(isMetadataKey('limit')).toBe(true)
    expect(isMetadataKey('toString')).toBe(false)
    expect(unknownKey('limt')).toContain('did you mean `limit`?')
    expect(unknownKey('colour')).not.toContain('did you mean')
  })

  it('may be given again where they are lists to read on', () => {
    const keys: readonly MetadataKey[] = ['also', 'mitre', 'reference', 'tell', 'sid', 'fp']
    expect(keys.map(isRepeatable)).toEqual([true, true, true, false, false, false])
  })
})
