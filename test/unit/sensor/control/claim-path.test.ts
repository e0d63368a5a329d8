import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import {
  isSameFile,
  placeFile,
  removeJudged,
  statIfThere,
} from '../../../../src/sensor/control/claim-path.ts'
import { Scratch } from '../../../support/scratch.ts'

const scratch = new Scratch()
afterAll(() => scratch.remove())

function file(name: string, text: string): string {
  writeFileSync(scratch.path(name), text)
  return scratch.path(name)
}

describe('placeFile', () => {
  it('gives a file its name, and takes the one it had', () => {
    const path = scratch.path('placed')
    expect(placeFile(file('new', 'x'), path)).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('x')
    expect(statIfThere(scratch.path('new'))).toBeUndefined()
  })

  it('never takes the place of another file', () => {
    const path = file('there', 'theirs')
    expect(placeFile(file('ours', 'ours'), path)).toBe(false)
    expect(readFileSync(path, 'utf8')).toBe('theirs')
  })

  it('tells of a folder that is not there', () => {
    expect(() => placeFile(file('homeless', 'x'), scratch.path('none/x'))).toThrow('ENOENT')
  })
})

describe('removeJudged', () => {
  it('removes the file that was judged', () => {
    const path = file('stale', 'x')
    removeJudged(path, lstatSync(path))
    expect(statIfThere(path)).toBeUndefined()
  })

  it('leaves a file that came in its place', () => {
    const path = file('judged', 'x')
    const fresh = file('fresh', 'y')
    const judged = lstatSync(path)
    removeJudged(path, judged)
    placeFile(fresh, path)
    removeJudged(path, judged)
    expect(readFileSync(path, 'utf8')).toBe('y')
    expect(readdirSync(scratch.folder).filter((name) => name.includes('.stale'))).toEqual([])
  })

  it('does not mind that it is gone', () => {
    const path = file('gone', 'x')
    const judged = lstatSync(path)
    removeJudged(path, judged)
    expect(() => removeJudged(path, judged)).not.toThrow()
  })
})

describe('isSameFile', () => {
  it('knows a file by another name', () => {
    const path = file('before', 'x')
    const before = lstatSync(path)
    placeFile(path, scratch.path('after'))
    expect(isSameFile(before, lstatSync(scratch.path('after')))).toBe(true)
    expect(isSameFile(before, lstatSync(scratch.folder))).toBe(false)
  })
})
