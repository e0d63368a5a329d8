// What a pause is, for every command that matches: one option, one default.

export const THRESHOLD_OPTION = {
  alias: 'q',
  number: true,
  default: 500,
  requiresArg: true,
  describe: 'Shortest delay that is a pause (`+`), in ms',
} as const
