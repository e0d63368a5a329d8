import { describe, expect, it } from 'vitest'
import { explained, problemsOf, sequenceOf } from './texts.ts'

function pauseOf(text: string) {
  return sequenceOf(`tcp * any ${text} c1 : a`).items[1]?.pause
}

describe('readPause', () => {
  it('reads every form', () => {
    const two = { digits: '2', unit: 's' }
    const half = { digits: '0.5', unit: 'm' }
    expect(pauseOf('+')).toEqual({ kind: 'pause' })
    expect(pauseOf('+?')).toEqual({ kind: 'any' })
    expect(pauseOf('+2s..0.5m')).toEqual({ kind: 'range', low: two, high: half, lessRtt: false })
    expect(pauseOf('+2s..-rtt')).toEqual({ kind: 'range', low: two, high: undefined, lessRtt: true })
    expect(pauseOf('+ ..2s')).toEqual({ kind: 'range', low: undefined, high: two, lessRtt: false })
    expect(pauseOf('')).toBeUndefined()
  })

  it('wants units of time', () => {
    expect(problemsOf('tcp * any +2..30 c1 : a')).toEqual(['S046 2..30', 'S046 2..30'])
    expect(problemsOf('tcp * any +2M.. c1 : a')).toEqual(['S046 2M..'])
    expect(problemsOf('tcp * any +2..30s c1 : a')).toEqual(['S046 2..30s'])
    expect(explained('tcp * any +..30sec c1 : a')[1]).toContain('`30sec` has `sec` for a unit')
  })

  it('refuses what runs backwards, by value', () => {
    expect(problemsOf('tcp * any +30s..2s c1 : a')).toEqual(['S042 30s..2s'])
    expect(explained('tcp * any +2m..90s-rtt c1 : a')[1]).toContain('write `90s..2m-rtt`')
    expect(problemsOf('tcp * any +1000ms..1s c1 : a')).toEqual([])
  })

  it('refuses endless digits', () => {
    expect(problemsOf(`tcp * any +..${'9'.repeat(16)}s c1 : a`)).toEqual([`S054 ..${'9'.repeat(16)}s`])
  })
})
