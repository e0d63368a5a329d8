// Facts of SSH flows that `tell` may name beside figures: docs/signature-language.md has their meanings, but for `bytes`,
// which every alert has and which is no mistake.

export const FACT_NAMES = [
  'method',
  'attempts',
  'bytes',
  'think_ms',
  'latency_ms',
  'login_length',
  'wait_ms',
  'depth',
] as const
