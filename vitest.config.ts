import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // Many tests wait for processes: one worker alone leaves cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ['test/support/build.ts'],
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/**/*.generated.ts', 'src/cli/**'] },
  },
})
