import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { MINIMUM, restoreBounds, saveBounds } from './bounds.ts';
import { PAGE_URL } from './page.ts';

/** The canvas colours of the window's themes, so that it does not flash before its page is drawn. */
const CANVAS = { light: '#ffffff', dark: '#16181d' };

/** Opens the one window. Its page has no Node, its own world, and the sandbox. */
export function openWindow(options: {
  readonly boundsFile: string;
  readonly tell: (message: string) => void;
}): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized, ...bounds } = restoreBounds(options.boundsFile, screens);
  const window = new BrowserWindow({
    ...bounds,
    ...MINIMUM,
    show: false,
    title: 'Vekscope',
    backgroundColor: nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => saveBounds(options.boundsFile, window, options.tell));
  void window.loadURL(PAGE_URL);
  return window;
}
