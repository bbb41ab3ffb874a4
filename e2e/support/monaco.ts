import type { Page } from '@playwright/test';

/** Lets `openThings` count, from the next loading of the page on: Monaco then leaves its interface where it is found. */
export const countMonaco = (page: Page): Promise<unknown> =>
  page.addInitScript(() => Object.assign(globalThis, { MonacoEnvironment: { globalAPI: true } }));

/** So many texts and editors of Monaco are alive in the page. */
export function openThings(page: Page): Promise<{ models: number; editors: number }> {
  return page.evaluate(() => {
    const { monaco } = globalThis as unknown as {
      monaco: { editor: { getModels(): unknown[]; getEditors(): unknown[] } };
    };
    return { models: monaco.editor.getModels().length, editors: monaco.editor.getEditors().length };
  });
}
