// What a signature of a test has beside its pattern.

import { NO_DETAILS } from '../../src/model/program.ts'

export const UNNAMED = {
  sid: 1,
  rev: 1,
  description: '',
  class: undefined,
  severity: 3,
  limit: 0,
  details: NO_DETAILS,
  text: '',
  file: '',
  line: 1,
} as const
