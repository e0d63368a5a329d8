// Programs of others that some tests compare Gait with. Where one is not installed its tests skip, and say so;
// where GAIT_REQUIRE_TOOLS is set, as in .ci/run, its absence is a failure.

import { spawnSync } from 'node:child_process'

/**
 * Whether a program is installed.
 *
 * @throws Error when it is not, and GAIT_REQUIRE_TOOLS is set
 */
export function hasTool(name: string): boolean {
  const { error } = spawnSync(name, ['--version'], { stdio: 'ignore' })
  if (error === undefined) return true
  const { GAIT_REQUIRE_TOOLS: required = '' } = process.env
  if (required !== '') throw new Error(`${name} is not installed, and GAIT_REQUIRE_TOOLS is set`)
  console.warn(`skipped: tests that need ${name}, which is not installed`)
  return false
}

/** Whether a program is there for tests that also need rights: without them they skip everywhere. */
export function isInstalled(name: string): boolean {
  return spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${name}`]).status === 0
}
