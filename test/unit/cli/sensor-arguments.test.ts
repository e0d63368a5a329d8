import { describe, expect, it } from 'vitest'
import { readSensorArguments } from '../../../src/cli/sensor-arguments.ts'

describe('arguments of the sensor', () => {
  it('are only those that were given', () => {
    const raw = { _: ['sensor'], $0: 'gait', interfaces: ['eth0'], i: ['eth0'], promiscuous: false }
    expect(readSensorArguments(raw)).toEqual({
      config: undefined,
      testConfig: false,
      flags: { interfaces: ['eth0'], promiscuous: false },
    })
  })

  it('are numbers where they look so; what does not is left for a message', () => {
    const raw = { threshold: '0.5', elements: '10', 'stats-interval': '-5', 'max-flows': 'many', snaplen: '' }
    expect(readSensorArguments(raw).flags).toEqual({
      threshold: 0.5,
      elements: 10,
      'stats-interval': -5,
      'max-flows': 'many',
      snaplen: '',
    })
  })

  it('are texts where they are sizes or names', () => {
    const raw = { buffer: '1048576', user: '1000', interfaces: ['5'] }
    expect(readSensorArguments(raw).flags).toEqual(raw)
  })

  it('are the last of those that do not add up', () => {
    const raw = {
      threshold: ['400', '500'],
      capture: ['cap', 'pipe'],
      outputs: ['a', 'b'],
      config: ['x', 'y'],
    }
    expect(readSensorArguments(raw)).toMatchObject({
      config: 'y',
      flags: { threshold: 500, capture: 'pipe', outputs: ['a', 'b'] },
    })
  })

  it.each([
    [{ config: false }, false],
    [{ config: 'gait.yaml' }, 'gait.yaml'],
    [{}, undefined],
  ])('of %j name the configuration %s', (raw, config) => {
    expect(readSensorArguments(raw).config).toBe(config)
  })

  it('ask for a test', () => {
    expect(readSensorArguments({ 'test-config': true }).testConfig).toBe(true)
  })
})
