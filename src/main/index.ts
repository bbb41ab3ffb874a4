import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, Menu, session, type BrowserWindow } from 'electron';
import { dataDir } from '../core/storage/data-dir.ts';
import { openSampleFolder } from '../engine/sample.ts';
import type { EngineOptions } from '../engine/options.ts';
import { readArguments, type Wanted } from './arguments.ts';
import { CHANNELS } from './channels.ts';
import { engineProcess, type EngineProcess } from './engine-process.ts';
import { lockContents, lockSession } from './lockdown.ts';
import { buildMenu } from './menu.ts';
import { registerScheme, serveScheme } from './protocol.ts';
import { answerRequests, chooseFolder } from './requests.ts';
import { openWindow } from './window.ts';

const data = dataDir();
app.setPath('userData', join(data, 'electron'));
app.enableSandbox();
registerScheme();
lockContents(app);

let window: BrowserWindow | null = null;
let engine: EngineProcess | null = null;

const tell = (message: string) => void process.stderr.write(`${message}\n`);

/**
 * How the program was called. The packed one has its arguments at once; from source, Electron is told the app's
 * folder first. A second start hands its own call over, because Chromium reorders what it passes on itself.
 */
type Call = { readonly args: readonly string[]; readonly cwd: string };
const call: Call = { args: process.argv.slice(app.isPackaged ? 1 : 2), cwd: process.cwd() };

if (app.requestSingleInstanceLock(call)) {
  const wanted = readArguments(call.args, call.cwd);
  if (wanted.kind === 'bad') {
    tell(`${wanted.message} Name a folder that exists.`);
    app.exit(2);
  } else {
    app.on('second-instance', (_event, _args, _cwd, second) => {
      const { args, cwd } = second as Call;
      showAgain(readArguments(args, cwd));
    });
    app.on('window-all-closed', () => app.quit());
    app.on('quit', () => engine?.stop());
    void app.whenReady().then(() => start(wanted));
  }
} else {
  tell('Vekscope is running already; its window was brought to the front.');
  app.quit();
}

function start(wanted: Wanted): void {
  lockSession(session.defaultSession);
  serveScheme(session.defaultSession, join(import.meta.dirname, '../renderer'));
  engine = engineProcess(engineOptions(wanted), (code) => tell(`The engine ended with code ${code}.`));
  answerRequests(
    () => window,
    (contents) => engine?.connect(contents),
  );
  Menu.setApplicationMenu(
    buildMenu({ openFolder: () => void openFromMenu() }, process.platform === 'darwin'),
  );
  window = openWindow({ boundsFile: join(data, 'window-bounds.json'), tell });
  window.on('closed', () => {
    window = null;
  });
}

function engineOptions(wanted: Wanted): EngineOptions {
  const resources = app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'resources');
  const shipped = join(resources, 'sample');
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

function showAgain(wanted: Wanted): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.focus();
  if (wanted.kind === 'folder') window.webContents.send(CHANNELS.folderChosen, wanted.path);
  if (wanted.kind === 'bad') {
    void dialog.showMessageBox(window, {
      type: 'warning',
      message: wanted.message,
      detail: 'Name a folder that exists.',
    });
  }
}

async function openFromMenu(): Promise<void> {
  if (window === null) return;
  const folder = await chooseFolder(window);
  if (folder !== null) window?.webContents.send(CHANNELS.folderChosen, folder);
}
