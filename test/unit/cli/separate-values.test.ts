import { describe, expect, it } from 'vitest'
import { separateValues } from '../../../src/cli/separate-values.ts'

const OPTIONS = {
  interfaces: { alias: ['i', 'interface'], array: true },
  outputs: { alias: ['o', 'output'], array: true },
  'stats-interval': { number: true },
  daemon: { alias: 'd', boolean: true },
  exact: { alias: 'F', boolean: true },
} as const

describe('spellings that getopt takes', () => {
  it.each([
    ['-ieth0', '-i eth0'],
    ['-i eth0', '-i eth0'],
    ['-dFieth0', '-d -F -i eth0'],
    ['-dF', '-dF'],
    ['-di eth0', '-di eth0'],
    ['-i=eth0', '-i=eth0'],
    ['-o -', '-o=-'],
    ['-o-', '-o=-'],
    ['-o -?types=alert', '-o=-?types=alert'],
    ['--outputs -', '--outputs=-'],
    ['--output - -d', '--output=- -d'],
    ['--stats-interval -5', '--stats-interval=-5'],
    ['-o -d', '-o -d'],
    ['-d -', '-d -'],
    ['sensor --no-daemon -x -Z5 y', 'sensor --no-daemon -x -Z5 y'],
  ])('%s is %s', (line, separated) => {
    expect(separateValues(line.split(' '), OPTIONS)).toEqual(separated.split(' '))
  })

  it('are no matter of what a value looks like', () => {
    expect(separateValues(['-i', 'e -d', '', '-ia b'], OPTIONS)).toEqual(['-i', 'e -d', '', '-i', 'a b'])
  })
})
