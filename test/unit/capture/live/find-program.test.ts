import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findProgram } from '../../../../src/capture/live/find-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-'))
const { PATH: path = '' } = process.env

beforeAll(() => {
  writeFileSync(join(folder, 'gait-tool'), '#!/bin/sh\n')
  writeFileSync(join(folder, 'gait-note'), 'text')
  mkdirSync(join(folder, 'gait-folder'))
  chmodSync(join(folder, 'gait-tool'), 0o755)
  Object.assign(process.env, { PATH: `${folder}:${path}` })
})
afterAll(() => {
  Object.assign(process.env, { PATH: path })
  rmSync(folder, { recursive: true })
})

it('finds programs along the path', () => {
  expect(findProgram('gait-tool')).toBe(join(folder, 'gait-tool'))
})

it('finds no file that cannot be run, and no folder', () => {
  expect(findProgram('gait-note')).toBeUndefined()
  expect(findProgram('gait-folder')).toBeUndefined()
})

it('takes a path as it is', () => {
  expect(findProgram(join(folder, 'gait-tool'))).toBe(join(folder, 'gait-tool'))
  expect(findProgram(join(folder, 'gait-absent'))).toBeUndefined()
})
