import type { Page } from '@playwright/test';
import { graph } from '../support/vek.ts';
import type { Wire } from '../support/wire.ts';

/** The store of `test/support/crowded.ts`. */
export const CROWDED = 'crowded';
/** The store of `test/support/merge-scene.ts`. */
export const MERGE_SCENE = 'merge-scene';
/** The ledger of `ledger-scene.ts`. */
export const LEDGER_SCENE = 'ledger-scene';

/** What a picture is taken of. */
export type Stage = {
  readonly page: Page;
  /** the copy of the repository; null when the sample is shown */
  readonly folder: string | null;
  readonly wire: Wire;
  /** ends the server */
  readonly cut: () => Promise<void>;
};

/** One picture, taken in both themes. Its name is `<view>-<state>`, or `<view>` for the normal state. */
export type Shot = {
  readonly name: string;
  /** a golden, `CROWDED`, `MERGE_SCENE` or `LEDGER_SCENE`, a generated repository of so many calls, or the sample (null, the usual) */
  readonly store?: string | number | null;
  readonly size?: { readonly width: number; readonly height: number };
  /** what happens before the window is opened */
  readonly before?: (stage: Stage) => Promise<void> | void;
  /** brings the window into the state of the picture */
  readonly act?: (stage: Stage) => Promise<void>;
};

/** Time for a picture to come to rest: content read, Monaco drawn. */
export const settle = (page: Page, ms = 700): Promise<void> => page.waitForTimeout(ms);

/** Selects the row with these words and waits for its content. */
export async function select(page: Page, words: string): Promise<void> {
  await graph(page).row(words).first().click();
  await page
    .getByText(/hashes? recomputed|altered|missing/)
    .first()
    .waitFor();
  await settle(page, 900);
}

/** Runs an action through the command palette, as a person would. */
export async function runCommand(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(words);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}
