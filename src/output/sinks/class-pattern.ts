// Classes of alerts as filters and suppressions name them: `ssh.auth.failure`, `ssh.auth.*`, `*`.

const PATTERN = /^(?:\*|[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*(?:\.\*)?)$/

export function isClassPattern(text: string): boolean {
  return PATTERN.test(text)
}

/** A `*` at the end stands for any rest. An alert without a class fits none. */
export function matchesClass(pattern: string, name: string | undefined): boolean {
  if (name === undefined) return false
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}
