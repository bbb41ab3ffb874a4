import { AxeBuilder as Builder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Waits until nothing in the page fades or moves any more: half way through a change of theme, words have their new
 * colour and the button below them still has the old one.
 */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { requestAnimationFrame, document } = globalThis as unknown as Window;
    // a change of the medium is reported before the next frame is drawn, and starts its transitions there
    for (let frame = 0; frame < 2; frame += 1)
      await new Promise<unknown>((drawn) => requestAnimationFrame(drawn));
    const ending = document
      .getAnimations()
      .filter(
        ({ effect, playState }) =>
          playState === 'running' && effect !== null && effect.getComputedTiming().endTime !== Infinity,
      );
    // one that is taken back rejects
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

type Window = {
  readonly requestAnimationFrame: (run: (at: unknown) => void) => void;
  readonly document: { readonly getAnimations: () => Animation[] };
};
type Animation = {
  readonly playState: string;
  readonly effect: { readonly getComputedTiming: () => { readonly endTime: number } } | null;
  readonly finished: Promise<unknown>;
};

/**
 * Axe on a page that has settled, with every rule. It runs in the page itself, which has no frames, and describes only
 * what is wrong: a blank page to sum up in and a path to each of thousands of sound elements took four fifths of its time.
 */
export class AxeBuilder extends Builder {
  private readonly shown: Page;

  constructor({ page }: { readonly page: Page }) {
    super({ page });
    this.shown = page;
    this.setLegacyMode(true).options({ resultTypes: ['violations'] });
  }

  override async analyze(): ReturnType<Builder['analyze']> {
    await settled(this.shown);
    return super.analyze();
  }
}
