import { readFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';
import { replaceFile } from '../core/storage/replace.ts';

/** A screen: its whole area, and what panels leave of it. */
export type Screen = { readonly bounds: Rectangle; readonly workArea: Rectangle };

const DEFAULT = { width: 1360, height: 860 };
export const MINIMUM = { minWidth: 880, minHeight: 560 };

/** As much of the title bar must lie on a screen for a person to get hold of it. */
const GRIP = 80;
const SAVE_AFTER_MS = 500;
/** A laptop meets a few desks; more arrangements of screens than this are not remembered. */
const MAX_ARRANGEMENTS = 8;

const whole = z.int().min(-100_000).max(100_000);
const length = z.int().min(1).max(100_000);
const fileSchema = z.object({
  version: z.literal(2),
  places: z.array(
    z.object({
      screens: z.string(),
      x: whole,
      y: whole,
      width: length,
      height: length,
      maximized: z.boolean(),
      fullScreen: z.boolean(),
    }),
  ),
});
type Place = z.infer<typeof fileSchema>['places'][number];

/** The name of an arrangement of screens: a window has a place of its own on each. */
const arrangement = (screens: readonly Screen[]): string =>
  screens
    .map(({ bounds: { x, y, width, height } }) => `${x},${y},${width}x${height}`)
    .sort()
    .join(' ');

/** Where the window was on these screens, or on others, moved to where it can be reached; else the usual size. */
export function restoreWindow(
  file: string,
  screens: readonly Screen[],
): Partial<Rectangle> & { width: number; height: number; maximized: boolean; fullScreen: boolean } {
  const places = readPlaces(file);
  const name = arrangement(screens);
  const place = places.find((known) => known.screens === name) ?? places[0];
  if (place === undefined) return { ...fit(DEFAULT, screens[0]), maximized: false, fullScreen: false };
  const { maximized, fullScreen } = place;
  return { ...bringBack(place, screens), maximized, fullScreen };
}

/** The bounds as they are when their title bar can be reached, else in the middle of the first screen. */
export function bringBack(bounds: Rectangle, screens: readonly Screen[]): Rectangle {
  const { x, y } = bounds;
  const home = screens.find(
    ({ workArea: area }) =>
      x < area.x + area.width - GRIP &&
      x + bounds.width > area.x + GRIP &&
      y >= area.y &&
      y < area.y + area.height - GRIP / 2,
  );
  const screen = home ?? screens[0];
  const { width, height } = fit(bounds, screen);
  if (home !== undefined || screen === undefined) return { x, y, width, height };
  const { workArea } = screen;
  return {
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + (workArea.height - height) / 2),
    width,
    height,
  };
}

/** A size that is no larger than the screen, and no smaller than the window can be. */
function fit(size: { width: number; height: number }, screen: Screen | undefined) {
  const width = Math.min(size.width, screen?.workArea.width ?? size.width);
  const height = Math.min(size.height, screen?.workArea.height ?? size.height);
  return { width: Math.max(width, MINIMUM.minWidth), height: Math.max(height, MINIMUM.minHeight) };
}

/** Keeps the window's place while it is moved and when it closes. A failure loses only that, so it is told. */
export function keepWindow(
  file: string,
  window: BrowserWindow,
  screens: () => readonly Screen[],
  tell: (message: string) => void,
): void {
  let timer: NodeJS.Timeout | undefined;
  let told = false;
  const save = () => {
    clearTimeout(timer);
    const { x, y, width, height } = window.getNormalBounds();
    const place: Place = {
      screens: arrangement(screens()),
      x,
      y,
      width,
      height,
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    };
    const others = readPlaces(file).filter((known) => known.screens !== place.screens);
    try {
      replaceFile(
        file,
        JSON.stringify({ version: 2, places: [place, ...others].slice(0, MAX_ARRANGEMENTS) }),
      );
    } catch (error) {
      if (!told) tell(`The window's place could not be kept in ${file}: ${String(error)}`);
      told = true;
    }
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('maximize', saveSoon);
  window.on('unmaximize', saveSoon);
  window.on('enter-full-screen', saveSoon);
  window.on('leave-full-screen', saveSoon);
  window.on('close', save);
  window.on('closed', () => clearTimeout(timer));
}

function readPlaces(file: string): readonly Place[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).places;
  } catch {
    return [];
  }
}
