import { describe, expect, it } from 'vitest'
import { selects } from '../../../../src/output/sinks/event-selection.ts'
import { ALL, event } from './receiving.ts'

describe('a filter', () => {
  it('lets everything through unless it says otherwise', () => {
    for (const type of ['alert', 'flow', 'ssh', 'stats', 'engine'] as const)
      expect(selects(ALL, event({ type, class: undefined, severity: undefined }))).toBe(true)
  })

  it('chooses by type', () => {
    const filter = { ...ALL, types: ['flow', 'stats'] as const }
    expect(selects(filter, event({ type: 'flow' }))).toBe(true)
    expect(selects(filter, event())).toBe(false)
  })

  it('chooses alerts by class: one of several', () => {
    const filter = { ...ALL, classes: ['actor.human', 'ssh.auth.*'] }
    expect(selects(filter, event())).toBe(true)
    expect(selects(filter, event({ class: 'ssh.shell' }))).toBe(false)
    expect(selects(filter, event({ class: undefined }))).toBe(false)
  })

  it('chooses alerts as severe as it says, or more', () => {
    const passing = [1, 2, 3, undefined].filter((severity) =>
      selects({ ...ALL, severity: 2 }, event({ severity })),
    )
    expect(passing).toEqual([1, 2])
  })

  it('asks only alerts for class and severity', () => {
    const filter = { types: undefined, classes: ['none'], severity: 1 }
    expect(selects(filter, event({ type: 'flow', class: undefined, severity: undefined }))).toBe(true)
    expect(selects({ ...filter, types: ['alert'] }, event({ type: 'flow' }))).toBe(false)
  })
})
