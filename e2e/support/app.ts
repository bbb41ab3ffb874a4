import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { copyGolden } from '../../test/support/goldens.ts';
import { startServer, type TestServer } from './server.ts';

/** A window on a copy of a golden repository, with its own server and its own app folder. */
export type App = {
  readonly page: Page;
  /** the opened folder, which holds `.vek`; null when the sample is shown */
  readonly folder: string | null;
  /** the app folder (`VEKSCOPE_DATA`) */
  readonly data: string;
  /** the address with the token */
  readonly address: () => string;
  /** ends the server and starts it again with the same folders, on the same port unless `port` says otherwise; the page is left alone */
  readonly restartServer: () => Promise<void>;
  readonly stopServer: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  /** what went wrong in the page so far: uncaught errors, console errors, requests to elsewhere */
  readonly complaints: readonly string[];
};

type Options = {
  /** the golden to copy, or null for the bundled sample: `test.use({ golden: 'linear' })` */
  readonly golden: string | null;
  /** changes the copy before it is opened; in an object, since a function would count as a fixture */
  readonly prepare: { readonly by: (folder: string) => void } | null;
  /** false for tests in which errors in the console belong to the subject, such as a lost connection */
  readonly quiet: boolean;
};

/**
 * `test` with an `app` that is open on its first page. A test fails when the page complained in its console or asked
 * anything of another origin, unless `quiet` is false.
 */
export const test = base.extend<Options & { readonly app: App }>({
  golden: ['forked', { option: true }],
  quiet: [true, { option: true }],
  prepare: [null, { option: true }],
  app: async ({ page, golden, quiet, prepare }, use) => {
    const folder = golden === null ? null : copyGolden(golden);
    if (folder !== null) prepare?.by(folder);
    const data = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
    let server: TestServer | null = await startServer(folder, data);
    let { address } = server;
    const complaints = listen(page, () => new URL(address).origin);
    const stopServer = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
      await server?.stop(signal);
      server = null;
    };
    await page.goto(address);
    await heard(page);
    await use({
      page,
      folder,
      data,
      complaints,
      address: () => address,
      stopServer,
      restartServer: async () => {
        await stopServer();
        server = await startServer(folder, data, Number(new URL(address).port));
        ({ address } = server);
      },
    });
    // a page that outlives its server complains about that
    await page.close();
    const errors = server === null ? '' : (server as TestServer).errors();
    await stopServer();
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    rmSync(data, { recursive: true, force: true });
    if (quiet) expect({ complaints, errors }).toEqual({ complaints: [], errors: '' });
  },
});

/** Waits until the window is drawn and hears keys. */
async function heard(page: Page): Promise<void> {
  // the first window of a busy machine takes its time
  await page.getByRole('navigation').or(page.getByRole('main')).first().waitFor({ timeout: 30_000 });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
}

function listen(page: Page, origin: () => string): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    const own = url.startsWith(`${origin()}/`) || /^(?:blob|data):/.test(url);
    if (!own) complaints.push(`request to ${url}`);
  });
  return complaints;
}

export { expect };
