import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    env: { SQLITE_USE_URI: '1' },
    pool: 'forks',
    // many tests wait for processes that they start: two at once on the smallest machine
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: 'test/support/shipped-stores.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'src/**/*.test.tsx',
            'scripts/**/*.test.ts',
            'test/unit/**/*.test.ts',
          ],
        },
      },
      { extends: true, test: { name: 'interop', include: ['test/interop/**/*.test.ts'] } },
    ],
  },
});
