import type { Page } from '@playwright/test';

/** What a plain answer of the server takes at most, up to the next frame, on a machine that has time, in milliseconds. */
const QUIET_MS = 50;

/** The middle one of several times. */
export const middle = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1]!;

/** How long the server's plain answer takes right now, until the page has drawn the next frame, in milliseconds. */
export async function plainAnswer(page: Page): Promise<number> {
  const since = performance.now();
  await page.evaluate(async () => {
    const { document, fetch, requestAnimationFrame } = globalThis as unknown as Window;
    const answer = await fetch(document.querySelector('link[rel=stylesheet]')!.href, { cache: 'no-store' });
    if (!answer.ok) throw new Error('The server gave no plain answer.');
    await answer.text();
    await new Promise<unknown>((drawn) => requestAnimationFrame(drawn));
  });
  return performance.now() - since;
}

type Window = {
  readonly document: { readonly querySelector: (selector: string) => { readonly href: string } | null };
  readonly fetch: (
    url: string,
    options: { cache: 'no-store' },
  ) => Promise<{ readonly ok: boolean; readonly text: () => Promise<string> }>;
  readonly requestAnimationFrame: (run: (at: unknown) => void) => void;
};

/**
 * A limit of time as it holds now. It is the limit itself as long as plain answers, measured in between, come as fast as
 * they should; where even those wait for a busy machine, it grows as much as they do on average.
 */
export function limitNow(limit: number, plainAnswers: readonly number[]): number {
  const usual = plainAnswers.reduce((sum, time) => sum + time, 0) / plainAnswers.length;
  return limit * Math.max(1, usual / QUIET_MS);
}
