import { describe, expect, it } from 'vitest'
import { formatFacts, formatFlows, formatStatus, formatUptime } from '../../../src/cli/format-status.ts'
import { FLOWS, STATUS } from '../sensor/control/statuses.ts'

describe('formatStatus', () => {
  it('shows everything that matters, in small tables', () => {
    expect(formatStatus(STATUS).join('\n')).toMatchInlineSnapshot(`
      "gait 0.1.0, process 4711, up 1d 2h 3m
      started  2026-11-21T02:43:00.000Z
      program  812 signatures, 5f2a90c1, 1 older in use
      flows    17 active, 4000 in all, 5 evicted, 6 shed
      events   alerts 31, flows 3983
      memory   123MB resident, 31MB heap
      stall    12 ms at the longest

      interface  state    method  clock    received  dropped   loss
      eth0       running  pipe    kernel    1200000     3000  0.25%
      eth1       running  cap     arrival         -        -      -

      output                  connected  written  dropped  queued  in bytes  last error
      /var/log/gait/eve.json  yes           4014        0       0        0B
      tcp://10.0.0.9:5044     no              12        2       7     2.9kB  connect ECONNREFUSED

      counter                  count
      decode.truncated_frames      9"
    `)
  })

  it('obeys no control character, wherever it comes from', () => {
    const nasty = '\u001b[2J'
    const [output] = STATUS.outputs
    const text = formatStatus({
      ...STATUS,
      version: nasty,
      programHash: nasty,
      events: { [nasty]: 1 },
      outputs: [{ ...(output as NonNullable<typeof output>), name: nasty, lastError: nasty }],
      counters: { [nasty]: 1 },
    }).join('\n')
    expect(text).not.toContain('\u001b')
    expect(text.split('\\u001b[2J')).toHaveLength(7)
  })
})

describe('formatFlows', () => {
  it('is a table of flows', () => {
    expect(formatFlows(FLOWS).join('\n')).toMatchInlineSnapshot(`
      "17 flows in progress; 2 by bytes
      flow  proto  client          server           app     packets  bytes  payload   age  idle  hits by class
         7  TCP    10.1.0.2:40022  10.1.0.1:22      ssh          18  2.9kB     820B    9s    0s  ssh.auth.failure 2, actor.human 1
        12  UDP    [fd00::1]:5353  [ff02::fb]:5353  failed        1    90B      48B  120s  120s"
    `)
  })

  it('has no rows when there are no flows', () => {
    expect(formatFlows({ active: 1, by: 'idle', flows: [] })[0]).toBe('1 flow in progress; 0 by idle')
  })
})

describe('formatFacts', () => {
  it('has a line for each value, by its dotted name', () => {
    expect(
      formatFacts({ uptime: 9, decoder: { pkts: 1200, invalid: 0 }, added: ['a', 'b'], list: [{ x: null }] }),
    ).toEqual([
      'uptime           9',
      'decoder.pkts     1200',
      'decoder.invalid  0',
      'added            a, b',
      'list.0.x         null',
    ])
  })

  it('takes anything, however deep', () => {
    let deep: unknown = '\u001b'
    for (let i = 0; i < 5000; i++) deep = { a: deep }
    expect(formatFacts(deep)).toHaveLength(1)
    expect(formatFacts({})).toEqual([])
    expect(formatFacts('\u001b')).toEqual(['  \\u001b'])
  })
})

describe('formatUptime', () => {
  it.each([
    [0, '0s'],
    [59.9, '59s'],
    [725, '12m 5s'],
    [3600, '1h 0m 0s'],
    [93_784, '1d 2h 3m'],
    [86_400 * 100, '100d 0h 0m'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatUptime(seconds)).toBe(text)
  })
})
