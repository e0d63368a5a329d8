import { describe, expect, it } from 'vitest'
import { patternSpan } from '../../../src/signature/pattern-span.ts'
import { statementOf } from './texts.ts'

describe('patternSpan', () => {
  it.each(['tcp 22 c12', 'ssh * c:KEX where failures > 1', 'count a by client within 1m where hits > 1'])(
    'is all of %s but its description',
    (pattern) => {
      const statement = statementOf(`# a\n  ${pattern}  : b : c`)
      const { start, end } = patternSpan(statement)
      expect(statement.source.text.slice(start, end)).toBe(pattern)
    },
  )
})
