import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from '@playwright/test';
import { browserLaunch } from '../scripts/lib/find-browser.mjs';
import { generateMerge } from './generate-merge.ts';
import { percentile, startServe, type Line } from './support.ts';

const CONFLICTS = 2_000;
const FRAMES = 240;
const FLING_PX = 400;
const OPENINGS = 5;
const CHOICES = 60;
/** After the window opened, so that what it asks for by itself is answered. */
const SETTLE_MS = 2_000;

/** Opens the resolver on 2,000 conflicts in a browser, flings through them and settles some by key. */
export async function measureResolver(documents: number): Promise<Line[]> {
  const { folder, conflicts } = generateMerge(CONFLICTS, documents);
  const data = mkdtempSync(join(tmpdir(), 'vekscope-bench-resolver-'));
  const { child, address } = await startServe(folder, data);
  const context = await chromium.launchPersistentContext(join(data, 'browser'), {
    ...browserLaunch(),
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(address);
    await page.getByRole('grid').getByRole('row').first().waitFor();
    await page.waitForTimeout(SETTLE_MS);
    const words = `${conflicts.toLocaleString('en')} conflicts in ${documents === 1 ? 'one document' : `${documents} documents`}`;
    return [...(await openings(page, words)), await flung(page, words), await choices(page, words)];
  } finally {
    await context.close();
    child.kill('SIGTERM');
    rmSync(data, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

const ms = (value: number): string => `${Math.round(value)} ms`;

/** Runs in the page, so it is text: this side has no DOM types. From the next click until something is drawn. */
const armed = (wanted: string) => `(() => {
  window.tookUntilDrawn = new Promise((done) => {
    const clicked = () => {
      const started = performance.now();
      const look = () =>
        document.querySelector(${JSON.stringify(wanted)}) === null
          ? requestAnimationFrame(look)
          : done(performance.now() - started);
      look();
    };
    addEventListener('click', clicked, { capture: true, once: true });
  });
})()`;

/** Milliseconds in the page from a click to what it brings on screen. */
async function timeClick(page: Page, what: Locator, wanted: string): Promise<number> {
  await what.waitFor();
  await page.evaluate(armed(wanted));
  await what.click();
  return page.evaluate<number>('window.tookUntilDrawn');
}

/** From the menu entry to the preview, and from its button to the first card; the first time, then again. */
async function openings(page: Page, words: string): Promise<readonly Line[]> {
  const previews: number[] = [];
  const resolvers: number[] = [];
  for (let i = 0; i < OPENINGS; i += 1) {
    await page.getByRole('treeitem', { name: /^theirs\b/ }).click({ button: 'right' });
    const entry = page.getByRole('menuitem', { name: /^Merge theirs into main/ });
    previews.push(await timeClick(page, entry, '[role=dialog] dl'));
    const button = page.getByRole('dialog').getByRole('button', { name: /^(?:Resolve|Continue)/ });
    resolvers.push(await timeClick(page, button, '.mg-scroll [data-card]'));
    if (i < OPENINGS - 1) await page.getByRole('tab', { name: /^Merge theirs/ }).click({ button: 'middle' });
  }
  return [
    { what: `${words}: menu entry → preview, first time`, value: ms(previews[0]!) },
    {
      what: `${words}: preview → first card, first time / median of the next`,
      value: `${ms(resolvers[0]!)} / ${ms(percentile(resolvers.slice(1), 0.5))}`,
      target: '300 ms',
    },
  ];
}

const flingInPage = `(async () => {
  const list = document.querySelector('.mg-scroll');
  const gaps = [];
  let elements = 0;
  let last = performance.now();
  for (let i = 0; i < ${FRAMES}; i++) {
    const now = await new Promise((done) => requestAnimationFrame(done));
    gaps.push(now - last);
    last = now;
    list.scrollTop += ${FLING_PX};
    if (i % 20 === 0) elements = Math.max(elements, list.querySelectorAll('*').length);
  }
  return { gaps: gaps.slice(5), elements };
})()`;

async function flung(page: Page, words: string): Promise<Line> {
  const { gaps, elements }: { gaps: number[]; elements: number } = await page.evaluate(flingInPage);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return {
    what: `${words}: flung ${FLING_PX} px a frame: frames a second, 95 % within, most elements`,
    value: `${(1000 / mean).toFixed(1)}, ${percentile(gaps, 0.95).toFixed(1)} ms, ${elements}`,
    target: '60',
  };
}

/** From a key that settles a conflict to the next one on screen. */
async function choices(page: Page, words: string): Promise<Line> {
  const samples: number[] = [];
  const current = page.locator('.mg-scroll [data-card][aria-current=true]').first();
  for (let i = 0; i < CHOICES; i += 1) {
    const before = await current.getAttribute('aria-label');
    const started = performance.now();
    await page.keyboard.press(i % 2 === 0 ? '1' : '2');
    await page.waitForFunction(
      `document.querySelector('.mg-scroll [data-card][aria-current=true]')?.getAttribute('aria-label') !== ${JSON.stringify(before)}`,
      undefined,
      { polling: 'raf' },
    );
    samples.push(performance.now() - started);
  }
  return {
    what: `${words}: key that settles a conflict → the next, p50 / p95 (with the driver’s own time)`,
    value: `${ms(percentile(samples, 0.5))} / ${ms(percentile(samples, 0.95))}`,
    target: '100 ms',
  };
}
