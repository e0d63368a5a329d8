import { describe, expect, it } from 'vitest'
import {
  anyNumber,
  byteSize,
  classPattern,
  hostPort,
  listOf,
  mapOf,
  off,
  oneOf,
  switchSetting,
  text,
  wholeNumber,
} from '../../../../src/sensor/config/setting-kinds.ts'
import { messagesOf } from './checking.ts'

const size = byteSize(1024, 1 << 30)
const SIZE = 'expected a size from 1KiB to 1GiB, such as `64MiB` or `64MB`'

describe('a size', () => {
  it.each([
    [1024, 1024],
    [1_048_576, 1_048_576],
    ['1048576', 1_048_576],
    ['64MiB', 67_108_864],
    ['64MB', 64_000_000],
    ['1.5KiB', 1536],
  ])('of %s is %d bytes', (written, bytes) => {
    expect(size.parse(written)).toBe(bytes)
  })

  it.each([
    ['64M', 'found `64M`'],
    ['1.2.3MB', 'found `1.2.3MB`'],
    ['2GiB', 'found `2GiB`'],
    [1023, 'found `1023`'],
    [1024.5, 'found `1024.5`'],
    [true, 'found `true`'],
    [null, 'found nothing'],
  ])('is not %s', (written, found) => {
    expect(messagesOf(size, written)).toEqual([`${found}, ${SIZE}`])
  })
})

describe('numbers', () => {
  it.each([
    [0, 'found `0`'],
    [6, 'found `6`'],
    [2.5, 'found `2.5`'],
    [1e99, 'found `1e+99`'],
    ['3', 'found the text `"3"`'],
    ['three', 'found `three`'],
    [Number.NaN, 'found no number'],
    [[3], 'found a list'],
  ])('that are whole are not %s', (value, found) => {
    expect(messagesOf(wholeNumber(1, 5, ' of bytes'), value)).toEqual([
      `${found}, expected a whole number of bytes from 1 to 5`,
    ])
  })

  it('may have a fraction where that makes sense', () => {
    expect(anyNumber(0, 5, ' of ms').parse(0.5)).toBe(0.5)
    expect(messagesOf(anyNumber(0, 5, ' of ms'), 5.5)).toEqual([
      'found `5.5`, expected a number of ms from 0 to 5',
    ])
  })
})

describe('words and texts', () => {
  it('are offered when they are nearly right', () => {
    expect(messagesOf(oneOf('client', 'server'), 'cleint')).toEqual([
      'found `cleint`, expected `client`, `server`; did you mean `client`?',
    ])
  })

  it('of YAML 1.1 are no switches', () => {
    expect(switchSetting.parse(false)).toBe(false)
    expect(messagesOf(switchSetting, 'yes')).toEqual(['found `yes`, expected `true` or `false`'])
    expect(messagesOf(switchSetting, 'true')).toEqual(['found the text `"true"`, expected `true` or `false`'])
  })

  it('are more than blanks', () => {
    expect(messagesOf(text('a path'), ' ')).toEqual(['found ` `, expected a path'])
    expect(messagesOf(text('a path'), '')).toEqual(['found nothing, expected a path'])
  })

  it('turn off what can be', () => {
    expect(off.parse('off')).toBeUndefined()
  })

  it.each(['ssh', 'ssh.auth.failure', 'ssh.auth.*', '*'])('may be the class %s', (value) => {
    expect(classPattern.parse(value)).toBe(value)
  })

  it.each(['', 'SSH', '*.failure', 'ssh.*.failure'])('are not always a class: %s', (value) => {
    expect(messagesOf(classPattern, value)[0]).toContain('expected a class such as')
  })
})

describe('a place to listen on', () => {
  const place = hostPort('a place')

  it.each([
    ['127.0.0.1:9477', { host: '127.0.0.1', port: 9477 }],
    ['[::1]:9477', { host: '::1', port: 9477 }],
    ['localhost:80', { host: 'localhost', port: 80 }],
  ])('is %s', (written, read) => {
    expect(place.parse(written)).toEqual(read)
  })

  it.each(['localhost', ':80', '::1:80', '[x]:80', '[1.2.3.4]:80', 'localhost:65536', 'localhost:x'])(
    'is not %s',
    (written) => {
      expect(messagesOf(place, written)).toEqual([`found \`${written}\`, expected a place`])
    },
  )
})

describe('lists and maps', () => {
  it('are not single values', () => {
    expect(messagesOf(listOf(text('a word'), 'words'), 'a')).toEqual(['found `a`, expected a list of words'])
    expect(messagesOf(mapOf({ a: text('a word') }, 'a map'), 'a')).toEqual(['found `a`, expected a map'])
  })

  it('have no keys but theirs', () => {
    expect(
      messagesOf(mapOf({ alpha: text('a word'), beta: text('a word') }, 'a map'), { alhpa: 'x' }),
    ).toEqual([
      'found no `alpha`, expected a word',
      'found no `beta`, expected a word',
      'found the unknown key `alhpa`, expected `alpha`, `beta`; did you mean `alpha`?',
    ])
  })
})
