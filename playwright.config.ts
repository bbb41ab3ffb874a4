import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserLaunch, findTestBrowser } from './scripts/lib/find-browser.mjs';

// each test starts servers from source: their types are stripped and their code compiled once, not every time
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules', '.cache', 'compiled');

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
    // pictures of every frame would take an eighth of the time; the document at each step is recorded all the same
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    launchOptions: {
      ...browserLaunch(findTestBrowser()),
    },
  },
});
