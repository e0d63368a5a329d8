// Classes: what a hit means, in words from the general to the particular.

const CLASS = /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*$/
const LONGEST_CLASS = 64

export const CLASS_NAME = 'lower-case words joined by dots, such as `ssh.auth.failure`'

export function isClassName(text: string): boolean {
  return CLASS.test(text) && text.length <= LONGEST_CLASS
}
