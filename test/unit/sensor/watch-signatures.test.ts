import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { type SignatureWatch, watchSignatures } from '../../../src/sensor/watch-signatures.ts'

const folder = mkdtempSync(join(tmpdir(), 'gait-watch-'))
afterAll(() => rmSync(folder, { recursive: true }))

const open: SignatureWatch[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

function watching(paths: readonly string[]): { changes: number; failures: string[] } {
  const heard = { changes: 0, failures: [] as string[] }
  open.push(
    watchSignatures(
      paths,
      () => heard.changes++,
      (reason) => heard.failures.push(reason),
    ),
  )
  return heard
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 900))

it('tells a change once, however many steps it took', async () => {
  const file = join(folder, 'one.sig')
  writeFileSync(file, 'a')
  const heard = watching([file])
  writeFileSync(file, 'ab')
  writeFileSync(file, 'abc')
  await settled()
  expect(heard.changes).toBe(1)
})

it('sees a file that took the place of another, and does not mind its neighbours', async () => {
  const file = join(folder, 'two.sig')
  writeFileSync(file, 'a')
  const heard = watching([file])
  writeFileSync(join(folder, 'other.sig'), 'b')
  await settled()
  expect(heard.changes).toBe(0)
  renameSync(join(folder, 'other.sig'), file)
  await settled()
  expect(heard.changes).toBe(1)
})

it('sees files that come into a folder', async () => {
  const heard = watching([folder])
  writeFileSync(join(folder, 'new.sig'), 'c')
  await settled()
  expect(heard).toEqual({ changes: 1, failures: [] })
})

it('says what cannot be watched', () => {
  expect(watching([join(folder, 'gone', 'x.sig')]).failures).toHaveLength(1)
})
