import { readFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { replaceFile } from '../core/storage/replace.ts';

/** Where the window was when it was closed, in points of the screen. */
export type SavedBounds = Rectangle & { readonly maximized: boolean };

const DEFAULT = { width: 1360, height: 860 };
export const MINIMUM = { minWidth: 880, minHeight: 560 };

/** The saved bounds when they can be read and still lie on a screen, else the default size without a place. */
export function restoreBounds(
  file: string,
  screens: readonly Rectangle[],
): Partial<Rectangle> & { readonly width: number; readonly height: number; readonly maximized: boolean } {
  const saved = readBounds(file);
  if (saved === null) return { ...DEFAULT, maximized: false };
  const { maximized, x, y } = saved;
  const width = Math.max(saved.width, MINIMUM.minWidth);
  const height = Math.max(saved.height, MINIMUM.minHeight);
  const reachable = screens.some(
    (screen) =>
      x < screen.x + screen.width - 80 &&
      x + width > screen.x + 80 &&
      y >= screen.y &&
      y < screen.y + screen.height - 40,
  );
  return reachable ? { x, y, width, height, maximized } : { width, height, maximized };
}

/** Keeps the window's bounds. A failure loses only them, so it is told and not thrown. */
export function saveBounds(file: string, window: BrowserWindow, tell: (message: string) => void): void {
  const bounds: SavedBounds = { ...window.getNormalBounds(), maximized: window.isMaximized() };
  try {
    replaceFile(file, JSON.stringify(bounds));
  } catch (error) {
    tell(`The window's place could not be kept in ${file}: ${String(error)}`);
  }
}

function readBounds(file: string): SavedBounds | null {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { x, y, width, height, maximized } = value as Record<string, unknown>;
  const numbers = [x, y, width, height];
  if (!numbers.every((n) => typeof n === 'number' && Number.isInteger(n) && Math.abs(n) < 100_000))
    return null;
  return {
    x: x as number,
    y: y as number,
    width: width as number,
    height: height as number,
    maximized: maximized === true,
  };
}
