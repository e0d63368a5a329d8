import { expect, test } from 'vitest'
import { SshConversations } from '../../../../src/exchange/ssh/ssh-conversations.ts'
import { Counters } from '../../../../src/model/counters.ts'
import { kexInit, packet, versionLine } from './bytes.ts'

const CLIENT = 0
const SERVER = 1
const hello = Buffer.concat([versionLine('x'), packet(kexInit({ kex: 'a,ext-info-c' }))])

function reading(limit: number, bytes: number) {
  const told: number[] = []
  const conversations = new SshConversations(limit, bytes, { negotiated: (flow) => told.push(flow) })
  const take = (flow: number, direction: 0 | 1, data: Uint8Array = hello) =>
    conversations.take(flow, direction, data.length, data, 0, data.length)
  const abandoned = () => {
    const counters = new Counters()
    conversations.count(counters)
    return counters.of('exchange.abandoned_ssh')
  }
  return { told, conversations, take, abandoned }
}

test('connections are read apart, each told once', () => {
  const { told, take } = reading(10, 1 << 20)
  take(12, CLIENT)
  take(60, CLIENT)
  take(60, SERVER)
  take(12, SERVER)
  expect(told).toEqual([60, 12])
})

test('beyond the limit the oldest is given up, and counted', () => {
  const { told, take, abandoned } = reading(2, 1 << 20)
  for (const flow of [1, 2, 3]) take(flow, CLIENT)
  expect(abandoned()).toBe(1)
  for (const flow of [2, 3]) take(flow, SERVER)
  expect(told).toEqual([2, 3])
})

test('what they keep stays within its bytes', () => {
  const { take, abandoned } = reading(1000, 200_000)
  for (let flow = 0; flow < 20; flow++) take(flow, CLIENT, Buffer.alloc(8000, 'x'))
  expect(abandoned()).toBe(0)
  for (let flow = 20; flow < 60; flow++) take(flow, CLIENT, Buffer.alloc(8000, 'x'))
  expect(abandoned()).toBeGreaterThan(30)
})

test('a released flow leaves nothing behind', () => {
  const { told, take, conversations, abandoned } = reading(1, 40_000)
  for (let flow = 0; flow < 50; flow++) {
    take(flow, CLIENT)
    conversations.release(flow)
  }
  expect(abandoned()).toBe(0)
  take(7, SERVER)
  expect(told).toEqual([])
})
