import { fork as forkProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CarriedPorts } from './ports.ts';
import type { FromChild, HostQuestion, ToChild } from './messages.ts';

/**
 * A main process of its own on the stand-in for Electron. The test that started it shows its windows in a Chromium
 * (`host.ts`) and talks to it over the channel between the processes. Called with the built main file, the app's
 * folder and the arguments of the person.
 */
const [main, appPath, ...args] = process.argv.slice(2) as [string, string, ...string[]];
const standIn = new URL('./index.ts', import.meta.url).href;
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: standIn, shortCircuit: true } : next(name, context),
});
const { app, BrowserWindow, ipcMain, Menu, nativeTheme, outside, play, screen, seen } =
  await import('./index.ts');
type Window = InstanceType<typeof BrowserWindow>;

const tell = (message: FromChild): void => void process.send?.(message);
const pagePorts = new CarriedPorts({
  data: (port, data) => tell({ type: 'port-data', port, data }),
  closed: (port) => tell({ type: 'port-closed', port }),
});

const ids = new WeakMap<Window, number>();
const windows = new Map<number, Window>();
let nextWindow = 1;
const idOf = (window: Window): number => ids.get(window) ?? 0;

outside.opened = (window) => {
  const id = nextWindow++;
  ids.set(window, id);
  windows.set(id, window);
  const { webPreferences } = window.options;
  tell({
    type: 'opened',
    window: id,
    bounds: window.bounds,
    dark: nativeTheme.shouldUseDarkColors,
    preload: readFileSync(webPreferences?.preload ?? '', 'utf8'),
  });
};
outside.load = (window, url) => tell({ type: 'load', window: idOf(window), url });
outside.closed = (window) => tell({ type: 'closed', window: idOf(window) });
outside.moved = (window) => tell({ type: 'moved', window: idOf(window), bounds: window.bounds });
outside.send = (window, channel, sent) => tell({ type: 'send', window: idOf(window), channel, args: sent });
outside.sendPorts = (window, channel, ports) =>
  tell({ type: 'ports', window: idOf(window), channel, ports: ports.map((port) => pagePorts.carry(port)) });
outside.themed = (dark) => tell({ type: 'themed', dark });
outside.exit = (code) => {
  process.exitCode = code;
  process.disconnect();
  setImmediate(() => process.exit(code));
};

let question = 0;
const answers = new Map<number, (value: never) => void>();
const ask = <T>(kind: 'message-box' | 'folder', options: object): Promise<T> =>
  new Promise((answer) => {
    question += 1;
    answers.set(question, answer);
    tell({ type: 'question', question, kind, options: JSON.parse(JSON.stringify(options)) as object });
  });
outside.messageBox = (options) => ask<number>('message-box', options);
outside.folderDialog = (options) => ask<readonly string[]>('folder', options);

/** Whether the process that wrote this file still runs. */
function isHeld(file: string): boolean {
  try {
    return process.kill(Number(readFileSync(file, 'utf8')), 0);
  } catch {
    return false;
  }
}

/** The first process of a `userData` folder holds a file; a later one leaves its call there. */
outside.lock = (data) => {
  const folder = seen.paths.get('userData') ?? '';
  mkdirSync(folder, { recursive: true });
  const held = join(folder, 'lock');
  if (isHeld(held)) {
    writeFileSync(join(folder, 'second'), JSON.stringify(data));
    return false;
  }
  writeFileSync(held, String(process.pid));
  process.on('exit', () => rmSync(held, { force: true }));
  watch(folder, (_kind, name) => {
    if (name !== 'second') return;
    try {
      const second: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      rmSync(join(folder, name));
      app.emit('second-instance', {}, ['reordered', 'by', 'Chromium'], '/', second);
    } catch {
      // seen while it was being written, or after it was taken
    }
  }).unref();
  return true;
};

outside.fork = (entry, { env }) => {
  const child = forkProcess(entry, [], {
    env: env as NodeJS.ProcessEnv,
    execArgv: ['--import', new URL('./utility-child.ts', import.meta.url).href],
    serialization: 'advanced',
    stdio: 'inherit',
  });
  const ports = new CarriedPorts({
    data: (port, data) => void (child.connected && child.send({ type: 'port-data', port, data })),
    closed: (port) => void (child.connected && child.send({ type: 'port-closed', port })),
  });
  child.on('message', (message: { type: 'port-data' | 'port-closed'; port: number; data: unknown }) => {
    if (message.type === 'port-data') ports.take(message.port, message.data);
    else ports.close(message.port);
  });
  return {
    post: (message, sent) =>
      void child.send({ type: 'message', data: message, ports: sent.map((port) => ports.carry(port)) }),
    kill: () => void child.kill('SIGKILL'),
    onExit: (hear) =>
      void child.on('exit', (code, signal) => {
        ports.closeAll();
        hear(code ?? (signal === null ? 1 : 128));
      }),
  };
};

/** An event as Electron makes it for a message of the page. */
const eventOf = ({ webContents }: Window) => ({ sender: webContents, senderFrame: webContents.mainFrame });

/** What the page would do is first put to the guards of the main process. */
function guarded(message: Extract<HostQuestion, { type: 'may' }>, window: Window): boolean {
  const { webContents } = window;
  const { url } = message;
  let prevented = false;
  const event = { url, isMainFrame: true, preventDefault: () => void (prevented = true) };
  switch (message.what) {
    case 'request': {
      let cancel: boolean | undefined;
      seen.beforeRequest?.({ url }, (answer) => (cancel = answer.cancel));
      return cancel !== true;
    }
    case 'navigate':
      webContents.emit('will-navigate', event);
      webContents.emit('will-frame-navigate', event);
      return !prevented;
    case 'open':
      return webContents.openHandler?.({ url }).action === 'allow';
    default:
      return message.what satisfies never;
  }
}

async function fetchOwn(url: string, method: string): Promise<object> {
  const response = await seen.scheme?.(new Request(url, { method }));
  if (response === undefined) return { status: 500, headers: {}, body: new Uint8Array() };
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** What a test wants to know of the menu and of what was asked of the system. */
const report = () => ({
  menu: (Menu.getApplicationMenu()?.all() ?? []).map(
    ({ id, label, role, type, accelerator, registerAccelerator, enabled, checked }) => ({
      id,
      label,
      role,
      type,
      accelerator,
      registerAccelerator,
      enabled,
      checked,
    }),
  ),
  opened: seen.opened,
  revealed: seen.revealed,
  recentDocuments: seen.recentDocuments,
  popups: seen.popups.length,
  switches: Object.fromEntries(seen.switches),
  engines: seen.engines.length,
  windows: seen.windows.map((window) => ({
    bounds: window.bounds,
    maximized: window.maximized,
    background: window.background,
    overlay: window.overlay,
  })),
});

async function answerHost(message: HostQuestion): Promise<unknown> {
  const window = windows.get(message.window);
  if (window === undefined) throw new Error('The window is closed');
  switch (message.type) {
    case 'fetch':
      return fetchOwn(message.url, message.method);
    case 'may':
      return guarded(message, window);
    case 'invoke':
      return seen.handlers.get(message.channel)?.(eventOf(window), ...message.args);
    default:
      return message satisfies never;
  }
}

process.on('message', (message: ToChild) => {
  if (message.type === 'answer') {
    answers.get(message.question)?.(message.value as never);
    answers.delete(message.question);
    return;
  }
  if (message.type === 'port-data') return pagePorts.take(message.port, message.data);
  if (message.type === 'port-closed') return pagePorts.close(message.port);
  if (message.type === 'report') return tell({ type: 'report', report: report() });
  if (message.type === 'choose') {
    const all = Menu.getApplicationMenu()?.all() ?? [];
    const item = all.find(({ id }) => id === message.item) ?? all.find(({ label }) => label === message.item);
    if (item === undefined) throw new Error(`There is no entry ${message.item}`);
    return item.choose();
  }
  if (message.type === 'quit') return app.quit();
  if (message.type === 'screens') {
    play.screens = [...message.screens];
    screen.emit('display-removed');
    return;
  }
  if (message.type === 'kill-engine') return void seen.engines.at(-1)?.kill();
  const window = windows.get(message.window);
  if (window === undefined) return;
  if (message.type === 'ipc') {
    ipcMain.emit(message.channel, eventOf(window), ...message.args);
  } else if (message.type === 'happened') {
    happen(window, message);
  } else {
    answerHost(message).then(
      (value) => tell({ type: 'answered', question: message.question, value, error: null }),
      (error: unknown) =>
        tell({ type: 'answered', question: message.question, value: null, error: String(error) }),
    );
  }
});

function happen(window: Window, message: Extract<ToChild, { type: 'happened' }>): void {
  if (message.what === 'ready') window.emit('ready-to-show');
  if (message.what === 'moved') window.setBounds(message.bounds ?? {});
  if (message.what === 'maximized') window.maximize();
  if (message.what === 'close') window.close();
  if (message.what === 'crashed') {
    window.webContents.crashed = true;
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
  }
}

play.appPath = appPath;
process.argv = [process.argv[0] ?? 'electron', appPath, ...args];
const started = JSON.parse(process.env['VEKSCOPE_STAND_IN'] ?? '{}') as Partial<typeof play>;
Object.assign(play, started);
await import(pathToFileURL(main).href);
app.emit('ready');
