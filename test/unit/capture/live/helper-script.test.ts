import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { helperScript } from '../../../../src/capture/live/helper-script.ts'

it('finds the scripts that were built with the command line', () => {
  expect(existsSync(helperScript('keeper-main'))).toBe(true)
  expect(existsSync(helperScript('cap-main'))).toBe(true)
})
