import { join } from 'node:path';
import { app, dialog } from 'electron';
import { dataDir, dataDirPath } from '../core/storage/data-dir.ts';
import { readArguments, readCall, refusedSwitch, type Call, type Wanted } from './arguments.ts';
import { createDesktop, type Desktop } from './desktop.ts';
import { lockApp } from './lockdown.ts';
import { registerScheme } from './protocol.ts';
import { followSystem } from './system.ts';

const tell = (message: string) => void process.stderr.write(`${message}\n`);

app.setAppUserModelId('app.vekscope.desktop');
lockApp();
registerScheme();
begin();

/** How the program was called: the packed one has its arguments at once; from source, the app's folder comes first. */
function ownCall(): Call {
  return { args: process.argv.slice(app.isPackaged ? 1 : 2), cwd: process.cwd() };
}

function begin(): void {
  const call = ownCall();
  const refused = app.isPackaged ? refusedSwitch(call.args) : null;
  if (refused !== null) {
    tell(`Vekscope does not start with --${refused}: it would open the window to other programs.`);
    app.exit(2);
    return;
  }
  const wanted = readArguments(call);
  if (wanted.kind === 'version') {
    process.stdout.write(`Vekscope ${app.getVersion()}\n`);
    app.exit(0);
    return;
  }
  if (wanted.kind === 'bad') {
    tell(`${wanted.message} ${wanted.hint}`);
    app.exit(2);
    return;
  }
  const data = appFolder();
  if (data === null) return;
  app.setPath('userData', join(data, 'electron'));
  if (!app.requestSingleInstanceLock(call)) {
    tell('Vekscope is running already; its window was brought to the front.');
    app.quit();
    return;
  }
  void run(data, wanted);
}

/** The one process that shows the window. */
async function run(data: string, wanted: Wanted): Promise<void> {
  let desktop: Desktop | null = null;
  const waiting = followSystem((next) => desktop?.want(next) ?? false);
  // Chromium reorders what it passes on itself, so a second start hands its own call over
  app.on('second-instance', (_event, _args, _cwd, second) => {
    const theirs = readCall(second);
    desktop?.want(theirs === null ? { kind: 'welcome' } : readArguments(theirs));
  });
  await app.whenReady();
  // macOS names the folder by an event that comes before the app is ready
  desktop = createDesktop(data, waiting() ?? wanted, tell);
}

function appFolder(): string | null {
  try {
    return dataDir();
  } catch (error) {
    dialog.showErrorBox(
      'Vekscope can’t make its app folder.',
      `Settings and indexes are kept in ${dataDirPath()}. Check that it can be written, or name another one in VEKSCOPE_DATA.\n\n${String(error)}`,
    );
    app.exit(1);
    return null;
  }
}
