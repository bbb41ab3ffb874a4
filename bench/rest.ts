import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserLaunch } from '../scripts/lib/find-browser.mjs';
import { ownCpuSeconds, processTree, startServe, sumKb, type Line } from './support.ts';

const IDLE_S = 60;
/** Until the window has read what it shows, and Chromium has done its work after a start. */
const REST_MS = 15_000;

/** Chromium's page for its own toolbar, which no desktop window has. */
function isToolbar(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--top-chrome-webui');
  } catch {
    return false;
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const megabytes = (kb: number): string => `${Math.round(kb / 1024)} MB`;

const cpuOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + ownCpuSeconds(pid), 0);
const browserPids = (server: number | undefined): number[] => {
  const served = new Set(server === undefined ? [] : processTree(server));
  return processTree(process.pid).filter((pid) => pid !== process.pid && !served.has(pid));
};

/**
 * A window that nobody touches: the memory of all processes and what a minute of rest costs, both beside the same
 * browser with a blank page.
 */
export async function measureRest(folder: string, data: string): Promise<Line[]> {
  const profile = mkdtempSync(join(tmpdir(), 'vekscope-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...browserLaunch(),
    viewport: { width: 1440, height: 900 },
  });
  const rest = async (pids: () => number[]): Promise<number> => {
    const before = cpuOf(pids());
    await pause(IDLE_S * 1000);
    return cpuOf(pids()) - before;
  };
  await pause(REST_MS);
  const blankCpu = await rest(() => browserPids(undefined));
  const blank = sumKb(browserPids(undefined));
  const { child, address } = await startServe(folder, data);
  try {
    const server = child.pid ?? 0;
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(address);
    const grid = page.getByRole('grid');
    await grid.getByRole('row').first().waitFor();
    // a zoom that was kept from another measurement
    await grid.focus();
    await page.keyboard.press('0');
    await page.keyboard.press('Home');
    await pause(REST_MS);
    let ofServer = cpuOf(processTree(server));
    const ofBrowser = await rest(() => browserPids(server));
    ofServer = cpuOf(processTree(server)) - ofServer;
    const serverKb = sumKb(processTree(server));
    const browserKb = sumKb(browserPids(server));
    const toolbarKb = sumKb(browserPids(server).filter(isToolbar));
    const share = (seconds: number): string => `${((seconds / IDLE_S) * 100).toFixed(2)} %`;
    return [
      { what: 'memory of all processes', value: megabytes(serverKb + browserKb), target: '600 MB' },
      { what: '– the server', value: megabytes(serverKb) },
      { what: '– the same browser with a blank page', value: megabytes(blank) },
      { what: '– what the window adds to it', value: megabytes(browserKb - blank) },
      {
        what: '– in it Chromium’s own toolbar page, which a desktop window has not',
        value: megabytes(toolbarKb),
      },
      { what: 'idle for a minute, share of a core: server', value: share(ofServer), target: '0.1 %' },
      { what: 'idle for a minute, share of a core: browser', value: share(ofBrowser) },
      { what: '– the same browser with a blank page', value: share(blankCpu) },
    ];
  } finally {
    await context.close();
    child.kill('SIGTERM');
    rmSync(profile, { recursive: true, force: true });
  }
}
