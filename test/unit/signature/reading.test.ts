import { describe, expect, it } from 'vitest'
import { createReading } from '../../../src/signature/reading.ts'
import { sourceLines } from '../../../src/signature/source-lines.ts'
import { pointed, sourceOf } from './texts.ts'

describe('createReading', () => {
  it('knows where tokens stand in the file, and keeps what is reported in order', () => {
    const [line] = sourceLines(sourceOf('\n  tcp 22 c12 : a'))
    const reading = createReading(line!)
    const token = (text: string, offset: number) => ({ type: 'packet', value: text, text, offset })
    reading.report('S005', 'one', reading.spanOf(token('c12', 7)))
    reading.report('S003', 'two', reading.spanOf(token('22', 4), token('c12', 7)))
    expect(reading.diagnostics.map(pointed)).toEqual(['S005 c12', 'S003 22 c12'])
    expect(reading.diagnostics.map(({ message }) => message)).toEqual(['one', 'two'])
  })
})
