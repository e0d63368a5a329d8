import { describe, expect, it } from 'vitest'
import { isClassName } from '../../../src/signature/class-name.ts'

describe('isClassName', () => {
  it.each(['ssh', 'ssh.auth.failure', 'a1.b-c', 'a'.repeat(64)])('takes %s', (text) => {
    expect(isClassName(text)).toBe(true)
  })

  it.each(['', 'SSH', '.ssh', 'ssh.', 'ssh..auth', 'ssh_auth', '1a', 'a'.repeat(65)])(
    'refuses %s',
    (text) => {
      expect(isClassName(text)).toBe(false)
    },
  )
})
