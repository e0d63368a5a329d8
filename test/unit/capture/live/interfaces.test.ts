import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { listInterfaces } from '../../../../src/capture/live/interfaces.ts'

it.skipIf(!existsSync('/sys/class/net/lo'))('lists the loopback with its addresses', () => {
  const lo = listInterfaces().find(({ name }) => name === 'lo')
  expect(lo).toMatchObject({ state: 'up', kind: 'loopback' })
  expect(lo?.addresses).toContain('127.0.0.1')
})

it('lists each once by name, and ends with what stands for all', () => {
  const names = listInterfaces().map(({ name }) => name)
  expect(names.at(-1)).toBe('any')
  expect(names.slice(0, -1)).toEqual([...new Set(names.slice(0, -1))].sort())
})
