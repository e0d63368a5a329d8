import { describe, expect, it } from 'vitest'
import { PortLists, portsOf } from '../../../src/match/port-lists.ts'
import { parseSequence } from '../../support/sequence-text.ts'

const SEQUENCES = ['tcp *', 'tcp 22', 'tcp 20-25,80', 'tcp 0-65535', 'tcp 25,24-26', 'tcp 65535'].map(
  (text) => parseSequence(text),
)

describe('port lists', () => {
  it('have for each port the sequences that concern it', () => {
    const lists = new PortLists(SEQUENCES, [0, 1, 2, 3, 4, 5])
    expect([...lists.everywhere]).toEqual([0, 3])
    for (let port = 0; port <= 65535; port++) {
      const found = [...lists.found.subarray(lists.first(port), lists.after(port))]
      const expected = [1, 2, 4, 5].filter((i) =>
        SEQUENCES[i]!.ports.some(({ low, high }) => low <= port && port <= high),
      )
      if (`${found}` !== `${expected}`) expect([port, found]).toEqual([port, expected])
    }
  })

  it('leave out what is not to be listed', () => {
    const lists = new PortLists(SEQUENCES, [1])
    expect([...lists.everywhere]).toEqual([])
    expect([lists.first(22), lists.after(22), lists.first(23), lists.after(23)]).toEqual([0, 1, 1, 1])
    expect(new PortLists(SEQUENCES, []).isEmpty).toBe(true)
  })
})

describe('ports of a sequence', () => {
  it('are in order and apart', () => {
    expect(portsOf(SEQUENCES[4]!)).toEqual([{ low: 24, high: 26 }])
    expect(portsOf(parseSequence('tcp 80,22'))).toEqual([
      { low: 22, high: 22 },
      { low: 80, high: 80 },
    ])
    expect(portsOf(SEQUENCES[0]!)).toEqual([{ low: 0, high: 65535 }])
  })
})
