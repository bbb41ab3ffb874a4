import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nativeTheme, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { WINDOW_STATE } from '../engine/app-files.ts';

export type Theme = 'system' | 'light' | 'dark';

/** The title bar's colours (`--bg-app`, `--fg` of `styles/tokens.css`), so that the frame and the page are one. */
export const FRAME = {
  light: { background: '#F4F5F7', symbols: '#1A1D23' },
  dark: { background: '#16181D', symbols: '#E5E7EB' },
};
/** `--h-title` */
export const TITLE_HEIGHT = 40;

const keptSchema = z.object({ settings: z.object({ theme: z.enum(['system', 'light', 'dark']) }) });

/** The theme that the window was left with, so that it does not flash in another one before its page is drawn. */
export function keptTheme(dataDir: string): Theme {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(dataDir, WINDOW_STATE), 'utf8'));
    return keptSchema.parse(kept).settings.theme;
  } catch {
    return 'system';
  }
}

/** Dialogs, menus and `prefers-color-scheme` follow. */
export function useTheme(theme: Theme): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}

/** The colours of the frame for the theme that is shown now. */
export const frameColours = () => (nativeTheme.shouldUseDarkColors ? FRAME.dark : FRAME.light);

/** Keeps the frame of a window in the colours of the theme. macOS draws its buttons in its own. */
export function followTheme(window: BrowserWindow, isMac: boolean): void {
  const apply = () => {
    const { background, symbols } = frameColours();
    window.setBackgroundColor(background);
    if (!isMac) window.setTitleBarOverlay({ color: background, symbolColor: symbols, height: TITLE_HEIGHT });
  };
  nativeTheme.on('updated', apply);
  window.on('closed', () => nativeTheme.off('updated', apply));
}
