import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { chromium } from '@playwright/test';
import { browserLaunch } from '../scripts/lib/find-browser.mjs';
import { measureFlings } from './fling.ts';
import { percentile, processTree, startServe, sumKb, type Line } from './support.ts';

/** Opens the real window in a browser, flings through the graph, selects calls, and weighs every process. */
export async function measureWindow(folder: string, data: string): Promise<Line[]> {
  const profile = mkdtempSync(join(tmpdir(), 'vekscope-profile-'));
  const started = performance.now();
  const { child, address } = await startServe(folder, data);
  const context = await chromium.launchPersistentContext(profile, {
    ...browserLaunch(),
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const shown = performance.now();
    await page.goto(address);
    await page.getByRole('grid').getByRole('row').first().waitFor();
    const lines: Line[] = [
      {
        what: 'address opened → rows on screen (index kept)',
        value: `${Math.round(performance.now() - shown)} ms`,
      },
      {
        what: 'server and browser started → rows on screen',
        value: `${Math.round(performance.now() - started)} ms`,
        target: '1.5 s',
      },
    ];
    lines.push(...(await measureFlings(page)));
    const selections: number[] = [];
    const grid = page.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('Home');
    const inspector = page.getByRole('region', { name: 'Inspector' });
    for (let i = 0; i < 20; i++) {
      const pressed = performance.now();
      await page.keyboard.press('ArrowDown');
      const selected = (await grid.locator('[role=row][aria-selected=true]').getAttribute('id')) ?? '';
      await inspector.getByText(selected.slice(5, 13), { exact: true }).first().waitFor();
      selections.push(performance.now() - pressed);
    }
    lines.push({
      what: 'arrow key → call in the inspector, p50 / p95 (with the driver’s own time)',
      value: `${Math.round(percentile(selections, 0.5))} / ${Math.round(percentile(selections, 0.95))} ms`,
    });
    const browser = processTree(process.pid).filter((pid) => pid !== process.pid);
    lines.push({
      what: `memory of all ${browser.length} processes of server and browser`,
      value: `${Math.round(sumKb(browser) / 1024)} MB`,
      target: '600 MB',
    });
    return lines;
  } finally {
    await context.close();
    child.kill('SIGTERM');
    rmSync(profile, { recursive: true, force: true });
  }
}
