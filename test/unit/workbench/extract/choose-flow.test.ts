import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import type { FlowFacts } from '../../../../src/model/report.ts'
import { chooseFlow } from '../../../../src/workbench/extract/choose-flow.ts'
import { nameFlow } from '../../../../src/workbench/flow-name.ts'

const flow = (client: string, server: string, protocol = 'TCP') =>
  ({
    id: 7,
    protocol,
    client: { address: client, port: protocol === 'ICMP' ? undefined : 4711 },
    server: { address: server, port: protocol === 'ICMP' ? undefined : 22 },
    icmp: protocol.includes('ICMP') ? { type: 8, code: 0 } : undefined,
  }) as FlowFacts

const v4 = flow('10.0.0.1', '10.0.0.2')
const v6 = flow('fd00::1', 'fd00::2')
const ping = flow('10.0.0.1', '10.0.0.2', 'ICMP')

describe('chooseFlow', () => {
  it.each([
    ['7', v4, true],
    ['8', v4, false],
    ['10.0.0.1:4711>10.0.0.2:22', v4, true],
    ['10.0.0.2:22 -> 10.0.0.1:4711', v4, true],
    ['tcp 10.0.0.1:4711>10.0.0.2:22', v4, true],
    ['udp 10.0.0.1:4711>10.0.0.2:22', v4, false],
    ['10.0.0.1:4711>10.0.0.2:23', v4, false],
    ['10.0.0.1>10.0.0.2', v4, false],
    ['10.0.0.1>10.0.0.2', ping, true],
    ['icmp 10.0.0.1>10.0.0.2', ping, true],
    ['[FD00:0::1]:4711>[fd00::2]:22', v6, true],
  ])('%s', (text, one, isMeant) => {
    expect(chooseFlow(text)(one)).toBe(isMeant)
  })

  it.each([v4, v6, ping])('takes a flow as it is printed', (one) => {
    expect(chooseFlow(nameFlow(one))(one)).toBe(true)
  })

  it.each(['', '0', 'x', '10.0.0.1:4711', '10.0.0.1:99999>10.0.0.2:22', 'a>b', 'fd00::1:4711>x'])(
    'refuses `%s`',
    (text) => {
      expect(() => chooseFlow(text)).toThrow(OperatorError)
    },
  )
})
