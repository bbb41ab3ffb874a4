import { join } from 'node:path';
import { BrowserWindow, screen, type BrowserWindowConstructorOptions } from 'electron';
import { PAGE_URL } from './page.ts';
import { followTheme, frameColours, TITLE_HEIGHT } from './theme.ts';
import { bringBack, keepWindow, MINIMUM, restoreWindow } from './window-state.ts';

/** What the page of the window may do: no Node, a world of its own for the preload, the sandbox. */
const PREFERENCES: NonNullable<BrowserWindowConstructorOptions['webPreferences']> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // a page can't keep its window busy with questions
  safeDialogs: true,
  // checking the spelling would download dictionaries
  spellcheck: false,
};

/** Opens the one window, where it was left. The page draws the title bar; the system draws the buttons over it. */
export function openWindow(options: {
  readonly stateFile: string;
  /** shown where the desktop knows no icon of the program */
  readonly icon: string;
  readonly isMac: boolean;
  readonly tell: (message: string) => void;
}): BrowserWindow {
  const { stateFile, icon, isMac, tell } = options;
  const { maximized, fullScreen, ...bounds } = restoreWindow(stateFile, screen.getAllDisplays());
  const { background, symbols } = frameColours();
  const window = new BrowserWindow({
    ...bounds,
    ...MINIMUM,
    show: false,
    title: 'Vekscope',
    backgroundColor: background,
    titleBarStyle: 'hidden',
    ...(process.platform === 'linux' ? { icon } : {}),
    ...(isMac
      ? { trafficLightPosition: { x: 14, y: 13 } }
      : { titleBarOverlay: { color: background, symbolColor: symbols, height: TITLE_HEIGHT } }),
    webPreferences: { preload: join(import.meta.dirname, '../preload/index.cjs'), ...PREFERENCES },
  });
  if (maximized) window.maximize();
  if (fullScreen) window.setFullScreen(true);
  window.once('ready-to-show', () => window.show());
  followTheme(window, isMac);
  keepWindow(stateFile, window, () => screen.getAllDisplays(), tell);
  followScreens(window);
  void window.loadURL(PAGE_URL);
  return window;
}

/** Brings the window back when the screen that it was on goes. */
function followScreens(window: BrowserWindow): void {
  const check = () => {
    if (window.isMaximized() || window.isFullScreen() || window.isMinimized()) return;
    const now = window.getBounds();
    const reachable = bringBack(now, screen.getAllDisplays());
    if (reachable.x !== now.x || reachable.y !== now.y) window.setBounds(reachable);
  };
  screen.on('display-removed', check);
  screen.on('display-metrics-changed', check);
  window.on('closed', () => {
    screen.off('display-removed', check);
    screen.off('display-metrics-changed', check);
  });
}
