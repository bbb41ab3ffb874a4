import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, Menu, session, shell, type BrowserWindow } from 'electron';
import type { MenuState } from '../contract/menu.ts';
import { thrown } from '../core/log/frames.ts';
import { logPath, openLog } from '../core/log/log.ts';
import type { EngineOptions } from '../engine/options.ts';
import { openSampleFolder } from '../engine/sample.ts';
import type { Wanted } from './arguments.ts';
import { CHANNELS } from './channels.ts';
import { saveBeforeClosing, type Closing } from './closing.ts';
import { engineProcess } from './engine-process.ts';
import { engineFaults, watchHelpers, watchPage, type Remedies } from './faults.ts';
import { lockSession } from './lockdown.ts';
import { applyMenuState, menuTemplate, NOTHING_YET } from './menu.ts';
import { serveScheme } from './protocol.ts';
import { recentFolders } from './recents.ts';
import { answerRequests, confirmFolder } from './requests.ts';
import { keptTheme, useTheme } from './theme.ts';
import { openWindow } from './window.ts';

/** The running program: one window and one engine. */
export type Desktop = {
  /** Shows what was asked for from outside, in the one window. Returns that it was taken. */
  readonly want: (wanted: Wanted) => boolean;
};

/** Starts the program once the app is ready. `data` is the app folder. */
export function createDesktop(data: string, first: Wanted, tell: (message: string) => void): Desktop {
  const isMac = process.platform === 'darwin';
  const log = openLog(data);
  process.on('uncaughtExceptionMonitor', (error) => log.fault('main-crash', thrown(error)));
  let window: BrowserWindow | null = null;
  let closing: Closing | null = null;
  let state: MenuState = NOTHING_YET;
  let quitting = false;
  /** the page has started: what it is told now is not lost to what it shows at its start */
  let listening = false;
  /** what waits for a window that is ready to listen */
  let waiting: readonly Wanted[] = first.kind === 'link' ? [first] : [];

  const options = engineOptions(data, first, tell);
  const remedies: Remedies = {
    window: () => window,
    startEngine: () => window !== null && engine.connect(window.webContents),
    quit: () => app.quit(),
    log,
  };
  const engine = engineProcess(options, engineFaults(remedies));
  const recents = recentFolders(options, setMenu, tell);

  lockSession(session.defaultSession);
  serveScheme(session.defaultSession, join(import.meta.dirname, '../renderer'));
  useTheme(keptTheme(data));
  app.setAboutPanelOptions({
    applicationName: 'Vekscope',
    applicationVersion: app.getVersion(),
    copyright: 'MIT licence. Nothing leaves this machine.',
  });
  watchHelpers(log);
  answerRequests(() => window, data, {
    connect: (contents) => {
      engine.connect(contents);
    },
    setMenu: (next) => {
      state = next;
      useTheme(next.theme);
      const menu = Menu.getApplicationMenu();
      if (menu !== null) applyMenuState(menu, state);
      listening = true;
      deliver();
    },
    showMenu: (target, at) => {
      // the page counts in its own points, which grow with the text size
      const zoom = target.webContents.getZoomFactor();
      const [x, y] = [Math.round(at.x * zoom), Math.round(at.y * zoom)];
      Menu.getApplicationMenu()?.popup({ window: target, x, y });
    },
    saved: () => closing?.saved(),
  });
  app.on('activate', () => show());
  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('window-all-closed', () => {
    if (!isMac || quitting) app.quit();
  });
  endEngineWithApp();
  setMenu();
  show();
  log.write('info', 'desktop-start', { packed: app.isPackaged });
  if (app.commandLine.hasSwitch('no-sandbox')) {
    log.write('warn', 'no-sandbox');
    tell('Vekscope runs without the sandbox of Chromium, as --no-sandbox asks.');
  }

  function show(): BrowserWindow {
    if (window !== null) return window;
    const stateFile = join(data, 'window-bounds.json');
    const opened = openWindow({ stateFile, icon: join(resourcesFolder(), 'icon.png'), isMac, tell });
    window = opened;
    closing = saveBeforeClosing(opened);
    watchPage(opened, remedies);
    // the buttons of a mouse for back and forward
    opened.on('app-command', (_event, command) => {
      if (command === 'browser-backward') opened.webContents.send(CHANNELS.command, 'back');
      if (command === 'browser-forward') opened.webContents.send(CHANNELS.command, 'forward');
    });
    opened.on('closed', () => {
      window = null;
      closing = null;
      state = NOTHING_YET;
      listening = false;
      if (!quitting) setMenu();
    });
    return opened;
  }

  function setMenu(): void {
    const template = menuTemplate(
      { isMac, inDevelopment: !app.isPackaged, recents: recents.list(), state },
      {
        // with no window (macOS) the only command is to open a folder
        command: (id) => (window === null ? void show() : window.webContents.send(CHANNELS.command, id)),
        openFolder: (path) => void want({ kind: 'folder', path }),
        forgetRecents: () => recents.forgetAll(),
        showLog: () => shell.showItemInFolder(logPath(data)),
        about: () => app.showAboutPanel(),
      },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  function want(wanted: Wanted): boolean {
    const shown = show();
    if (shown.isMinimized()) shown.restore();
    shown.focus();
    if (wanted.kind === 'bad') {
      void dialog.showMessageBox(shown, { type: 'warning', message: wanted.message, detail: wanted.hint });
      return true;
    }
    waiting = [...waiting, wanted];
    deliver();
    return true;
  }

  function deliver(): void {
    if (!listening) return;
    const ready = waiting;
    waiting = [];
    for (const wanted of ready) {
      if (wanted.kind === 'folder') window?.webContents.send(CHANNELS.folderChosen, wanted.path);
      if (wanted.kind === 'link') void followLink(wanted.link, wanted.folder);
      if (wanted.kind === 'sample') window?.webContents.send(CHANNELS.command, 'sample');
    }
  }

  /** Any page of a browser can hand over a link, so a folder that was never opened here is asked about first. */
  async function followLink(link: string, folder: string): Promise<void> {
    if (window === null) return;
    const known = recents.list().some(({ path }) => path === folder);
    if (!known && !(await confirmFolder(window, folder))) return;
    window?.webContents.send(CHANNELS.folderChosen, link);
  }

  function endEngineWithApp(): void {
    let stage: 'running' | 'ending' | 'ended' = 'running';
    const end = async () => {
      stage = 'ending';
      recents.stop();
      await engine.stop();
      stage = 'ended';
      log.write('info', 'desktop-end');
      app.quit();
    };
    app.on('will-quit', (event) => {
      if (stage === 'ended') return;
      event.preventDefault();
      if (stage === 'running') void end();
    });
  }

  return { want };
}

/** Where the sample and the icon lie: beside the archive, or in the project. */
function resourcesFolder(): string {
  return app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'resources');
}

function engineOptions(data: string, wanted: Wanted, tell: (message: string) => void): EngineOptions {
  const shipped = join(resourcesFolder(), 'sample');
  const options: EngineOptions = {
    dataDir: data,
    roots: null,
    initial: wanted.kind === 'folder' ? wanted.path : null,
    sample: existsSync(shipped) ? shipped : null,
    version: app.getVersion(),
    host: 'electron',
  };
  if (wanted.kind !== 'sample') return options;
  const sample = openSampleFolder(options);
  if (!sample.ok) tell(`${sample.error.message} ${sample.error.hint}`);
  return sample.ok ? { ...options, initial: sample.value } : options;
}
