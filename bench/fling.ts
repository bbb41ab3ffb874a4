import type { CDPSession, Page } from '@playwright/test';
import { percentile, type Line } from './support.ts';

const FLING_FRAMES = 240;
const FLING_PX = 400;

const PLACES = ['top', 'middle', 'end'] as const;
/** Steps out of the rows: none, and far enough that 64 calls share a pixel. */
const ZOOMS = [
  { name: 'rows', steps: 0 },
  { name: 'zoomed out', steps: 11 },
] as const;

/** Runs in the page, so it is text: this side has no DOM types. */
const flingInPage = (px: number) => `(async () => {
  const grid = document.querySelector('[role=grid]');
  const box = grid.getBoundingClientRect();
  const at = { clientX: box.x + 200, clientY: box.y + 200 };
  const gaps = [];
  let elements = 0;
  let last = performance.now();
  for (let i = 0; i < ${FLING_FRAMES}; i++) {
    const now = await new Promise((done) => requestAnimationFrame(done));
    gaps.push(now - last);
    last = now;
    const wheel = new WheelEvent('wheel', { deltaY: ${px}, bubbles: true, cancelable: true, ...at });
    grid.dispatchEvent(wheel);
    if (i % 20 === 0) elements = Math.max(elements, document.querySelectorAll('[role=grid] *').length);
  }
  return { gaps: gaps.slice(5), elements };
})()`;

type Fling = {
  readonly gaps: readonly number[];
  readonly elements: number;
  /** processor time of the page's main thread for one frame, in ms */
  readonly mainMs: number;
};

async function mainSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

/** Turns the wheel at every frame without a pause. */
async function fling(page: Page, cdp: CDPSession, px: number): Promise<Fling> {
  const before = await mainSeconds(cdp);
  const flung: { gaps: number[]; elements: number } = await page.evaluate(flingInPage(px));
  return { ...flung, mainMs: ((await mainSeconds(cdp)) - before) * (1000 / FLING_FRAMES) };
}

async function goTo(page: Page, place: (typeof PLACES)[number]): Promise<void> {
  await page.getByRole('grid').focus();
  await page.keyboard.press(place === 'end' ? 'End' : 'Home');
  if (place === 'middle') {
    const map = page.getByRole('scrollbar');
    const box = await map.boundingBox();
    if (box !== null) await page.mouse.click(box.x + 10, box.y + box.height / 2);
    await page.mouse.move(box === null ? 0 : box.x - 300, 300);
  }
  await page.waitForTimeout(700);
}

/** Frames a second while flinging at three places and two sizes, the slow frames, the elements and the work of a frame. */
export async function measureFlings(page: Page): Promise<Line[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const lines: Line[] = [];
  let elements = 0;
  for (const zoom of ZOOMS) {
    await page.getByRole('grid').focus();
    await page.keyboard.press('0');
    for (let step = 0; step < zoom.steps; step++) await page.keyboard.press('-');
    for (const place of PLACES) {
      await goTo(page, place);
      const flung = await fling(page, cdp, place === 'end' ? -FLING_PX : FLING_PX);
      elements = Math.max(elements, flung.elements);
      const mean = flung.gaps.reduce((sum, gap) => sum + gap, 0) / flung.gaps.length;
      lines.push({
        what: `flung ${FLING_PX} px a frame, ${zoom.name}, ${place}: frames a second, 95 % within, main thread a frame`,
        value: `${(1000 / mean).toFixed(1)}, ${percentile(flung.gaps, 0.95).toFixed(1)} ms, ${flung.mainMs.toFixed(1)} ms`,
        target: '60',
      });
    }
  }
  await page.getByRole('grid').focus();
  await page.keyboard.press('0');
  await cdp.detach();
  lines.push({ what: 'elements in the graph, most', value: String(elements), target: '300' });
  return lines;
}
