// For tests of schemas: what they make of a value, and what is said against it.

import type { z } from 'zod'
import { explainIssues } from '../../../../src/sensor/config/explain-issues.ts'

export function messagesOf(schema: z.ZodType, value: unknown): readonly string[] {
  const { error } = schema.safeParse(value, { reportInput: true })
  return error === undefined ? [] : explainIssues(error.issues).map(({ message }) => message)
}
