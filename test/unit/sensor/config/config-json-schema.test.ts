// docs/gait.schema.json is written by this test: `npx vitest run config-json-schema -u`.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configJsonSchema } from '../../../../src/sensor/config/config-json-schema.ts'
import { SETTING_KEYS, type SettingKey } from '../../../../src/sensor/config/config-schema.ts'

interface Described {
  readonly description?: string
  readonly default?: unknown
}

const DOCS = join(import.meta.dirname, '../../../../docs')
const schema = configJsonSchema()
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema)

describe('docs/gait.schema.json', () => {
  it('is what the settings are', async () => {
    await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
      join(DOCS, 'gait.schema.json'),
    )
  })

  it('describes every setting, and has its default where there is one', () => {
    const { properties } = schema as { properties: Readonly<Record<SettingKey, Described>> }
    expect(Object.keys(properties)).toEqual(SETTING_KEYS)
    for (const property of Object.values(properties)) expect(property.description).toMatch(/^[A-Z]/)
    const withoutDefault = SETTING_KEYS.filter((key) => properties[key].default === undefined)
    expect(withoutDefault).toEqual(['capture-program', 'filter', 'user', 'group', 'pid-file', 'log-file'])
  })

  it('allows docs/gait.yaml', () => {
    expect(validate(parse(readFileSync(join(DOCS, 'gait.yaml'), 'utf8')))).toBe(true)
  })

  it.each([
    ['an empty file’s map', {}],
    ['outputs as texts and maps', { outputs: ['-', { type: 'syslog', address: 'h:1', facility: 'auth' }] }],
    ['sizes', { buffer: '64 MiB', 'ssh-memory': 1_048_576 }],
    ['limits', { 'rate-limit': { alerts: 1, seconds: 1 }, suppress: ['sid=1', { network: '10.0.0.0/8' }] }],
  ])('allows %s', (_what, value) => {
    expect(validate(value)).toBe(true)
  })

  it.each([
    ['an unknown key', { treshold: 5 }],
    ['a wrong kind', { threshold: 'fast' }],
    ['a wrong word', { capture: 'pip' }],
    ['a size without its byte', { buffer: '64M' }],
    ['an output that lacks something', { outputs: [{ type: 'file' }] }],
    ['an option in place of an interface', { interfaces: ['-w'] }],
  ])('forbids %s', (_what, value) => {
    expect(validate(value)).toBe(false)
  })
})
