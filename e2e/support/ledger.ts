import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from './axe.ts';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { projectRoot } from '../../test/support/peers.ts';
import { startServer } from './server.ts';

/** A window on a copy of a ledger, with its own server and its own app folder. */
export type OpenedLedger = {
  readonly folder: string;
  /** the database */
  readonly file: string;
  /** the app folder */
  readonly data: string;
  /** the statement */
  readonly grid: Locator;
  readonly complaints: readonly string[];
};

type Fixtures = {
  /** Copies a golden of `test/goldens/aex` to a folder of its own and opens that; it is checked when this returns. */
  readonly openLedger: (
    page: Page,
    golden: string,
    options?: { readonly prepare?: (folder: string) => void; readonly checked?: boolean },
  ) => Promise<OpenedLedger>;
};

/** `test` with `openLedger`. A test fails when the page complained in its console or asked anything of another origin. */
export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it that no other fixture is needed
  openLedger: async ({}, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(async (page, golden, { prepare, checked = true } = {}) => {
      const folder = mkdtempSync(join(tmpdir(), 'vekscope-ledger-'));
      const from = join(projectRoot, 'test', 'goldens', 'aex', golden);
      for (const name of readdirSync(from)) {
        if (name === 'aex.db' || name === 'models.yaml') cpSync(join(from, name), join(folder, name));
      }
      prepare?.(folder);
      const data = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
      const server = await startServer(folder, data);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(`${new URL(server.address).origin}/`) && !/^(?:blob|data):/.test(url)) {
          complaints.push(`request to ${url}`);
        }
      });
      ends.push(async () => {
        await page.close();
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
        rmSync(data, { recursive: true, force: true });
        expect({ complaints, errors: server.errors() }).toEqual({ complaints: [], errors: '' });
      });
      await page.goto(server.address);
      const grid = page.locator('.ls-grid');
      await grid.waitFor();
      if (checked)
        await expect(page.getByRole('region', { name: 'Chain' })).toContainText(/recomputed|No entries/);
      return { folder, file: join(folder, 'aex.db'), data, grid, complaints };
    });
    for (const end of ends) await end();
  },
});

export { expect };

/** What axe finds in the page, short enough to read in a failure. Monaco's own inside is left out. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
