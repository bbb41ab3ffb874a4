import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    env: { SQLITE_USE_URI: '1' },
    pool: 'forks',
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
