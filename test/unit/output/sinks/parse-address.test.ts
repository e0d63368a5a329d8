import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from '../../../../src/output/sinks/parse-address.ts'

describe('the address of a receiver', () => {
  it.each([
    ['loghost:514', 'loghost', 514],
    ['10.0.0.1:65535', '10.0.0.1', 65_535],
    ['[2001:db8::1]:514', '2001:db8::1', 514],
    ['a-b.example:1', 'a-b.example', 1],
  ])('%s', (text, host, port) => {
    expect(parseAddress(text)).toEqual({ host, port })
    expect(formatAddress({ host, port })).toBe(text)
  })

  it.each([
    '',
    'host',
    ':514',
    'host:',
    'host:0',
    'host:65536',
    '::1:514',
    '[::1]',
    '[1.2.3.4]:5',
    '[::g]:5',
    'a b:1',
    'h:1/x',
  ])('is not `%s`', (text) => {
    expect(parseAddress(text)).toBeUndefined()
  })
})
