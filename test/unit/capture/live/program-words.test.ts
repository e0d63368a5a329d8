import { describe, expect, it } from 'vitest'
import {
  failureCode,
  failureKind,
  readTotals,
  saysListening,
  wordsOf,
} from '../../../../src/capture/live/program-words.ts'

const TCPDUMP_LISTENS =
  'tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes'

it('sees that a program listens', () => {
  expect(saysListening('tcpdump', TCPDUMP_LISTENS)).toBe(true)
  expect(saysListening('tcpdump', 'tcpdump: data link type LINUX_SLL2')).toBe(false)
  expect(saysListening('dumpcap', "Capturing on 'eth0'")).toBe(false)
  expect(saysListening('dumpcap', 'File: -')).toBe(true)
  expect(saysListening('cap', 'cap: listening on eth0, link-type ETHERNET')).toBe(true)
})

describe('totals', () => {
  it('are read from the line that tcpdump prints when asked', () => {
    const line = 'tcpdump: 7 packets captured, 9 packets received by filter, 1 packet dropped by kernel'
    expect(readTotals('tcpdump', line)).toEqual({ received: 9, dropped: 1 })
  })

  it('are read from the lines that tcpdump prints at its end', () => {
    expect(readTotals('tcpdump', '1 packet received by filter')).toEqual({ received: 1, dropped: undefined })
    expect(readTotals('tcpdump', '0 packets dropped by kernel')).toEqual({ received: undefined, dropped: 0 })
    expect(readTotals('tcpdump', '5 packets captured')).toEqual({ received: undefined, dropped: undefined })
  })

  it('count what dumpcap got and what it did not', () => {
    const line =
      "Packets received/dropped on interface 'eth0': 90/10 (pcap:10/dumpcap:0/flushed:0/ps_ifdrop:0) (90.0%)"
    expect(readTotals('dumpcap', line)).toEqual({ received: 100, dropped: 10 })
    expect(readTotals('dumpcap', 'Packets captured: 90')).toEqual({ received: undefined, dropped: undefined })
  })
})

it('quotes what tells why a program ended, and nothing else', () => {
  const lines = [
    TCPDUMP_LISTENS,
    'tcpdump: pcap_loop: The interface disappeared',
    '0 packets captured',
    '1 packet received by filter',
    '0 packets dropped by kernel',
  ]
  expect(wordsOf(lines)).toBe('tcpdump: pcap_loop: The interface disappeared')
  expect(wordsOf([TCPDUMP_LISTENS])).toBe('')
  expect(wordsOf(['one', 'two', 'three'])).toBe('one two')
})

describe('failures', () => {
  it('are told apart by the words of each program', () => {
    expect(failureKind('tcpdump: eth0: That device is not up')).toBe('down')
    expect(failureKind('dumpcap: Device "eth0" is not up.')).toBe('down')
    expect(failureKind('tcpdump: eth9: No such device exists')).toBe('gone')
    expect(failureKind('dumpcap: There is no device named "eth9".')).toBe('gone')
    expect(failureKind('tcpdump: pcap_loop: The interface disappeared')).toBe('gone')
    expect(failureKind('dumpcap: The network adapter "eth0" is no longer attached')).toBe('gone')
    expect(failureKind("node: binding.cc:190: Assertion `status == 0' failed.")).toBe('gone')
    expect(failureKind("tcpdump: eth0: You don't have permission to perform this capture")).toBe('permission')
    expect(failureKind('cap: socket: Operation not permitted')).toBe('permission')
    expect(failureKind("tcpdump: can't parse filter expression: syntax error")).toBe('other')
  })

  it('that are neither of device nor of permission are blamed on the filter, if there is one', () => {
    expect(failureCode('other', 'tcp prt 22')).toBe('usage')
    expect(failureCode('other', undefined)).toBe('device')
    expect(failureCode('gone', 'tcp')).toBe('device')
    expect(failureCode('permission', 'tcp')).toBe('permission')
  })
})
