import { describe, expect, it } from 'vitest'
import { SENSOR_OPTIONS } from '../../../src/cli/sensor-options.ts'
import { configJsonSchema } from '../../../src/sensor/config/config-json-schema.ts'
import { SETTING_KEYS, type SettingKey } from '../../../src/sensor/config/config-schema.ts'

type Words = readonly string[]
const { properties } = configJsonSchema() as {
  properties: Readonly<Record<SettingKey, { type?: string; enum?: Words; default?: unknown }>>
}
const options: Readonly<
  Record<SettingKey, { describe: string; defaultDescription?: string; boolean?: true }>
> = SENSOR_OPTIONS

describe('the options of the sensor', () => {
  it('are the settings of the configuration, and two of their own', () => {
    const own = Object.keys(SENSOR_OPTIONS).filter((name) => !SETTING_KEYS.some((key) => key === name))
    expect(own).toEqual(['config', 'test-config'])
    expect(SETTING_KEYS.filter((key) => !(key in SENSOR_OPTIONS))).toEqual([])
  })

  it.each(SETTING_KEYS)('--%s shows the default that it has', (key) => {
    const value = properties[key].default
    const isShown = value !== undefined && value !== false && JSON.stringify(value) !== '[]'
    expect(options[key].defaultDescription).toBe(isShown ? String(value) : undefined)
  })

  it.each(SETTING_KEYS)('--%s has no default, so that the file’s holds', (key) => {
    expect(options[key]).not.toHaveProperty('default')
  })

  it('offer the words of the settings', () => {
    expect(SENSOR_OPTIONS.capture.choices).toEqual(properties.capture.enum)
    expect(SENSOR_OPTIONS['log-level'].choices).toEqual(properties['log-level'].enum)
  })

  it('are switches where the settings are', () => {
    for (const key of SETTING_KEYS)
      expect(options[key].boolean ?? false).toBe(properties[key].type === 'boolean')
  })

  it('have the letters that are known from replay', () => {
    const letters = Object.entries(SENSOR_OPTIONS).flatMap(([name, option]) =>
      'alias' in option ? [option.alias].flat().map((alias) => [alias, name]) : [],
    )
    expect(Object.fromEntries(letters)).toEqual({
      c: 'config',
      i: 'interfaces',
      interface: 'interfaces',
      f: 'filter',
      s: 'signatures',
      F: 'exact',
      q: 'threshold',
      o: 'outputs',
      output: 'outputs',
      d: 'daemon',
    })
  })
})
