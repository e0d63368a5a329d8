// docs/gait.yaml shows every setting, and what each is when it is left out.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SETTING_KEYS } from '../../../../src/sensor/config/config-schema.ts'
import { loadConfig } from '../../../../src/sensor/config/load-config.ts'

const EXAMPLE = join(import.meta.dirname, '../../../../docs/gait.yaml')
const text = readFileSync(EXAMPLE, 'utf8')
/** With all that is only shown set: lines with a # and no space behind it, and what goes on below them. */
const uncommented = text
  .replace(/^(rate-limit: off|suppress: \[\])$/gm, '')
  .replace(/^( *)#(?=\S| {2}\S)/gm, '$1')

const folder = mkdtempSync(join(tmpdir(), 'gait-example-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('docs/gait.yaml', () => {
  it('is sound, and what it sets are the defaults', () => {
    const { file, interfaces, outputs, ...others } = loadConfig(EXAMPLE, {})
    expect(file).toBe(EXAMPLE)
    expect(interfaces).toEqual(['eth0'])
    expect(outputs).toMatchObject([{ type: 'file', path: '/var/log/gait/eve.json' }])
    const {
      file: _file,
      interfaces: _interfaces,
      outputs: _outputs,
      ...defaults
    } = loadConfig(undefined, { interfaces })
    expect(others).toEqual(defaults)
  })

  it('is sound with all that it only shows, and has every setting', () => {
    const file = join(folder, 'gait.yaml')
    writeFileSync(file, uncommented)
    const config = loadConfig(file, {})
    expect(config.outputs.map(({ type }) => type)).toEqual([
      'file',
      'file',
      'stdout',
      'unix',
      'tcp',
      'syslog',
      'file',
      'syslog',
    ])
    expect(config.suppress).toHaveLength(2)
    expect(config.rateLimit).toBeDefined()
    expect(Object.keys(parse(uncommented)).sort()).toEqual([...SETTING_KEYS].sort())
  })

  it('points editors at the schema beside it', () => {
    expect(text).toMatch(/^# yaml-language-server: \$schema=gait\.schema\.json\n/)
  })
})
