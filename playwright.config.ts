import { defineConfig } from '@playwright/test';
import { browserLaunch } from './scripts/lib/find-browser.mjs';

/** The tests of the window. Each starts its own server (`e2e/support/app.ts`); the browser talks to nobody else. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './test/support/shipped-stores.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    launchOptions: {
      ...browserLaunch(),
    },
  },
});
