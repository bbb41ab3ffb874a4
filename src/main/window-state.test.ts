import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepWindow, restoreWindow, type Screen } from './window-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'vekscope-window-'));
const file = join(folder, 'window-bounds.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(file, { force: true }));

const screenOf = (bounds: Rectangle, panel = 0): Screen => ({
  bounds,
  workArea: { ...bounds, y: bounds.y + panel, height: bounds.height - panel },
});
const laptop = screenOf({ x: 0, y: 0, width: 1920, height: 1080 }, 30);
const desk = screenOf({ x: 1920, y: 0, width: 2560, height: 1440 });

class Window extends EventEmitter {
  normal: Rectangle = { x: 100, y: 50, width: 1000, height: 700 };
  maximized = false;
  fullScreen = false;
  getNormalBounds = () => this.normal;
  isMaximized = () => this.maximized;
  isFullScreen = () => this.fullScreen;
}

/** Keeps a window with these screens; returns it. */
function kept(
  screens: readonly Screen[],
  tell = (message: string) => void expect.unreachable(message),
): Window {
  const window = new Window();
  keepWindow(file, window as unknown as BrowserWindow, () => screens, tell);
  return window;
}

describe('the place of the window', () => {
  it('is the usual size at first, no larger than the screen', () => {
    expect(restoreWindow(file, [laptop])).toEqual({
      width: 1360,
      height: 860,
      maximized: false,
      fullScreen: false,
    });
    const small = screenOf({ x: 0, y: 0, width: 1024, height: 600 });
    expect(restoreWindow(file, [small])).toMatchObject({ width: 1024, height: 600 });
    expect(restoreWindow(file, [])).toMatchObject({ width: 1360, height: 860 });
  });

  it('is kept while the window is moved, once it rests, and when it closes', () => {
    vi.useFakeTimers();
    const window = kept([laptop]);
    window.emit('move');
    window.normal = { x: 7, y: 40, width: 1200, height: 800 };
    window.emit('resize');
    expect(() => readFileSync(file)).toThrow();
    vi.runAllTimers();
    vi.useRealTimers();
    expect(restoreWindow(file, [laptop])).toMatchObject({ x: 7, y: 40, width: 1200, height: 800 });
    window.maximized = true;
    window.fullScreen = true;
    window.emit('close');
    expect(restoreWindow(file, [laptop])).toMatchObject({ x: 7, maximized: true, fullScreen: true });
  });

  it('is another one for each arrangement of screens', () => {
    const window = kept([laptop, desk]);
    window.normal = { x: 2500, y: 100, width: 1600, height: 1200 };
    window.emit('close');
    kept([laptop]).emit('close');
    expect(restoreWindow(file, [desk, laptop])).toMatchObject({ x: 2500, width: 1600 });
    expect(restoreWindow(file, [laptop])).toMatchObject({ x: 100, width: 1000 });
  });

  it('is brought back, in the middle and no larger than the screen, where no screen shows it', () => {
    const window = kept([laptop, desk]);
    window.normal = { x: 2500, y: 100, width: 2200, height: 1200 };
    window.emit('close');
    expect(restoreWindow(file, [laptop])).toMatchObject({ x: 0, y: 30, width: 1920, height: 1050 });
    // a title bar under a panel, or a sliver at the edge, can't be taken hold of
    for (const [x, y] of [
      [100, 0],
      [1900, 100],
      [-940, 100],
      [100, 1060],
    ] as const) {
      window.normal = { x, y, width: 1000, height: 700 };
      window.emit('close');
      expect(restoreWindow(file, [laptop]), `${x},${y}`).toMatchObject({ x: 460, y: 205 });
    }
  });

  it('remembers a few arrangements, the newest first', () => {
    for (let width = 2001; width <= 2012; width += 1) {
      kept([screenOf({ x: 0, y: 0, width, height: 1200 })]).emit('close');
    }
    const { places } = JSON.parse(readFileSync(file, 'utf8')) as { places: { screens: string }[] };
    expect(places.map(({ screens }) => screens)).toHaveLength(8);
    expect(places[0]?.screens).toBe('0,0,2012x1200');
  });

  it('counts as not kept where the file is broken, and a failure to keep it is told once', () => {
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"version":2,"places":[{"x":"1"}]}',
      '{"version":1,"places":[]}',
    ]) {
      writeFileSync(file, text);
      expect(restoreWindow(file, [laptop]), text).toMatchObject({ width: 1360, height: 860 });
    }
    const told: string[] = [];
    const window = new Window();
    keepWindow(
      join(folder, 'none', 'file'),
      window as unknown as BrowserWindow,
      () => [laptop],
      (text) => told.push(text),
    );
    window.emit('close');
    window.emit('close');
    expect(told).toHaveLength(1);
  });
});
