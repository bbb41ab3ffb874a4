import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDesktop, startDesktop, type BuiltDesktop, type Desktop } from '../../test/support/desktop.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-desktop-'));
const data = join(scratch, 'data');
let built: BuiltDesktop;
let desktop: Desktop;

beforeAll(async () => {
  process.env['VEKSCOPE_DATA'] = data;
  built = await buildDesktop();
  desktop = await startDesktop(built, []);
});
afterAll(() => {
  built.remove();
  rmSync(scratch, { recursive: true, force: true });
});

const page = 'app://vekscope/index.html';
const windowOf = ({ seen }: Desktop) => seen.windows[0]!;
const engineOf = ({ seen }: Desktop) => seen.engines[0]!;
const settled = () => new Promise((done) => setTimeout(done, 5));

/** An ipc event as Electron makes it: from the page unless told otherwise. */
function eventOf(from: Desktop, change: Record<string, unknown> = {}): object {
  const { webContents } = windowOf(from);
  return { sender: webContents, senderFrame: webContents.mainFrame, ...change };
}

const invoke = (channel: string, argument: unknown, event = eventOf(desktop)) =>
  Promise.resolve(desktop.seen.handlers.get(`vekscope:${channel}`)!(event, argument));

/** An event that a handler may prevent. */
function preventable(change: Record<string, unknown>): { prevented: boolean; preventDefault: () => void } {
  return Object.assign(
    {
      prevented: false,
      preventDefault(): void {
        this.prevented = true;
      },
    },
    change,
  );
}

describe('the window', () => {
  it('has no Node, its own world, the sandbox and web security', () => {
    expect(desktop.seen.windows).toHaveLength(1);
    expect(windowOf(desktop).options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      preload: expect.stringMatching(/preload\/index\.cjs$/) as string,
    });
    expect(readFileSync(String(windowOf(desktop).options.webPreferences?.preload), 'utf8')).toContain(
      'vekscopeHost',
    );
    expect(desktop.seen.sandboxed).toBe(true);
  });

  it('shows our page when it is ready to be shown', () => {
    const window = windowOf(desktop);
    expect(window.webContents.url).toBe(page);
    expect(window.options.show).toBe(false);
    window.emit('ready-to-show');
    expect(window.calls).toEqual(['show']);
  });

  it("keeps Chromium's files in the app folder", () => {
    expect(desktop.seen.paths.get('userData')).toBe(join(data, 'electron'));
  });

  it('goes nowhere else', () => {
    const { webContents } = windowOf(desktop);
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'app://other/',
      'app://vekscope/assets/a.js',
    ]) {
      const event = preventable({ url });
      webContents.emit('will-navigate', event);
      expect(event.prevented, url).toBe(true);
    }
    const reload = preventable({ url: page });
    webContents.emit('will-navigate', reload);
    expect(reload.prevented).toBe(false);
    for (const name of ['will-redirect', 'will-attach-webview']) {
      const event = preventable({ url: page });
      webContents.emit(name, event);
      expect(event.prevented, name).toBe(true);
    }
    const frame = preventable({ url: page, isMainFrame: false });
    webContents.emit('will-frame-navigate', frame);
    expect(frame.prevented).toBe(true);
    expect(webContents.openHandler?.({ url: page })).toEqual({ action: 'deny' });
  });

  it('has no permission but to write to the clipboard, and loads nothing from elsewhere', () => {
    const { permissionRequest, permissionCheck, devicePermission, beforeRequest } = desktop.seen;
    const asked = (permission: string, requestingUrl: string) => {
      let given: boolean | null = null;
      const details = { requestingUrl, isMainFrame: true };
      permissionRequest!(null as never, permission as never, (value) => (given = value), details as never);
      return given;
    };
    const names = [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'fileSystem',
      'clipboard-read',
      'hid',
      'usb',
    ];
    for (const name of names) {
      expect(asked(name, page), name).toBe(false);
      expect(permissionCheck!(null, name as never, 'app://vekscope', {} as never), name).toBe(false);
    }
    expect(asked('clipboard-sanitized-write', page)).toBe(true);
    expect(asked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(devicePermission!({ deviceType: 'hid' } as never)).toBe(false);
    const cancelled = (url: string) => {
      let cancel: boolean | undefined;
      beforeRequest!({ url }, (answer) => (cancel = answer.cancel));
      return cancel;
    };
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1/',
      'ws://x/',
      'file:///etc/passwd',
      'app://other/',
    ]) {
      expect(cancelled(url), url).toBe(true);
    }
    expect(cancelled(page)).toBe(false);
  });
});

const ask = async (url: string, method = 'GET') => desktop.seen.scheme!(new Request(url, { method }));

describe('the scheme', () => {
  it('is standard and secure', () => {
    expect(desktop.seen.schemes).toEqual([
      { scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) as object },
    ]);
    expect(desktop.seen.schemes[0]?.privileges).not.toHaveProperty('bypassCSP');
  });

  it('serves the page with the policy of the browser host', async () => {
    const response = await ask(page);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>page</title>');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const script = await ask('app://vekscope/assets/a.js');
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  it('serves nothing else', async () => {
    const paths = [
      '../main/index.js',
      '..%2fmain/index.js',
      '%2e%2e/main/index.js',
      'assets/..\\..\\main\\index.js',
      'none',
    ];
    for (const path of paths) {
      const response = await ask(`app://vekscope/${path}`);
      expect(response.status, path).toBe(404);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect((await ask('app://elsewhere/index.html')).status).toBe(403);
    expect((await ask(page, 'POST')).status).toBe(405);
  });
});

describe('requests of the page', () => {
  it('are refused from another window, another frame and another page', async () => {
    const { mainFrame } = windowOf(desktop).webContents;
    const strangers = [
      eventOf(desktop, { sender: {} }),
      eventOf(desktop, { senderFrame: null }),
      eventOf(desktop, { senderFrame: { url: page, parent: mainFrame } }),
      eventOf(desktop, { senderFrame: { url: 'https://evil.example/', parent: null } }),
      eventOf(desktop, { senderFrame: { url: 'app://vekscope.evil.example/', parent: null } }),
      eventOf(desktop, { senderFrame: { url: 'file:///index.html', parent: null } }),
    ];
    desktop.play.chosenFolders = [scratch];
    for (const event of strangers) {
      await expect(invoke('open-folder', undefined, event)).rejects.toThrow('Refused');
      await expect(invoke('open-external', 'https://example.com/', event)).rejects.toThrow('Refused');
      await expect(invoke('reveal', scratch, event)).rejects.toThrow('Refused');
      desktop.ipcMain.emit('vekscope:want-port', event);
    }
    const { dialogs, folderDialogs, opened, revealed, engines } = desktop.seen;
    expect([dialogs, folderDialogs, opened, revealed, engines]).toEqual([[], [], [], [], []]);
  });

  it('open https addresses only, and only after the person saw the whole address', async () => {
    const refused = [
      'http://example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'app://vekscope/',
      'ms-msdt:/id',
    ];
    for (const url of [
      ...refused,
      'https://user:word@example.com/',
      'https://',
      'example.com',
      7,
      null,
      {},
    ]) {
      await expect(invoke('open-external', url), String(url)).rejects.toThrow('Only https');
    }
    expect(desktop.seen.dialogs).toEqual([]);
    const address = 'https://exämple.com/a?b=c#d';
    desktop.play.messageBoxButton = 0;
    await invoke('open-external', address);
    expect(desktop.seen.opened).toEqual([]);
    desktop.play.messageBoxButton = 1;
    await invoke('open-external', address);
    expect(desktop.seen.opened).toEqual(['https://xn--exmple-cua.com/a?b=c#d']);
    expect(desktop.seen.dialogs.at(-1)).toMatchObject({
      detail: 'https://xn--exmple-cua.com/a?b=c#d',
      defaultId: 0,
      cancelId: 0,
    });
  });

  it('show a full path that is there', async () => {
    for (const path of ['relative', '\\\\host\\share', '//host/share', join(scratch, 'none'), 7, undefined]) {
      await expect(invoke('reveal', path), String(path)).rejects.toThrow();
    }
    expect(desktop.seen.revealed).toEqual([]);
    await invoke('reveal', scratch);
    expect(desktop.seen.revealed).toEqual([scratch]);
  });

  it('ask for a folder by the dialog of the system', async () => {
    desktop.play.chosenFolders = [];
    expect(await invoke('open-folder', undefined)).toBeNull();
    desktop.play.chosenFolders = [scratch];
    expect(await invoke('open-folder', undefined)).toBe(scratch);
    expect(desktop.seen.folderDialogs.at(-1)?.properties).toContain('openDirectory');
  });
});

describe('the engine', () => {
  it('starts with the first window, gets the options and then a port, and again after it ended', async () => {
    const own = await startDesktop(built, [scratch]);
    expect(own.seen.engines).toEqual([]);
    own.ipcMain.emit('vekscope:want-port', eventOf(own));
    const engine = engineOf(own);
    expect(engine.entry).toMatch(/main\/engine\.js$/);
    expect(readFileSync(engine.entry, 'utf8')).toContain('parentPort');
    expect(engine.options.env).toMatchObject({ SQLITE_USE_URI: '1' });
    const [options, connect] = engine.posted;
    expect(options?.message).toMatchObject({
      type: 'options',
      options: {
        dataDir: data,
        roots: null,
        initial: scratch,
        sample: null,
        version: '1.2.3',
        host: 'electron',
      },
    });
    expect(connect?.message).toEqual({ type: 'connect' });
    const { posted } = windowOf(own).webContents;
    expect(posted).toHaveLength(1);
    expect(posted[0]?.channel).toBe('vekscope:port');
    expect(connect?.ports).toHaveLength(1);
    const channels = [connect?.ports[0], posted[0]?.ports[0]] as ({ of: unknown } | undefined)[];
    expect(channels[0]?.of).toBe(channels[1]?.of);
    expect(connect?.ports[0]).not.toBe(posted[0]?.ports[0]);
    own.ipcMain.emit('vekscope:want-port', eventOf(own));
    expect(own.seen.engines).toHaveLength(1);
    engine.emit('exit', 1);
    own.ipcMain.emit('vekscope:want-port', eventOf(own));
    expect(own.seen.engines).toHaveLength(2);
    own.app.emit('quit');
    expect(own.seen.engines[1]?.killed).toBe(true);
  });

  it("gets the person's own copy of the sample", async () => {
    const shipped = join(scratch, 'program', 'resources', 'sample');
    mkdirSync(join(shipped, 'dot-vek'), { recursive: true });
    writeFileSync(join(shipped, 'dot-vek', 'HEAD'), 'main');
    const own = await startDesktop(built, ['--sample'], ({ play }) => {
      play.appPath = join(scratch, 'program');
    });
    own.ipcMain.emit('vekscope:want-port', eventOf(own));
    const [first] = engineOf(own).posted as { message: { options: { initial: string; sample: string } } }[];
    const options = first!.message.options;
    expect(options.sample).toBe(shipped);
    expect(options.initial.startsWith(data)).toBe(true);
    expect(readFileSync(join(options.initial, '.vek', 'HEAD'), 'utf8')).toBe('main');
  });
});

describe('the start', () => {
  it('refuses a folder that is none', async () => {
    const own = await startDesktop(built, [join(scratch, 'none')]);
    expect([own.seen.ended, own.seen.windows]).toEqual([[2], []]);
  });

  it('hands its folder to the window that runs already', async () => {
    const second = await startDesktop(built, ['.'], ({ play }) => {
      play.firstInstance = false;
    });
    expect([second.seen.ended, second.seen.windows]).toEqual([['quit'], []]);
    expect(second.seen.lockData).toEqual({ args: ['.'], cwd: process.cwd() });
    const first = await startDesktop(built, []);
    windowOf(first).minimized = true;
    first.app.emit('second-instance', {}, [], '/', { args: ['.'], cwd: scratch });
    expect(windowOf(first).calls).toEqual(['restore', 'focus']);
    expect(windowOf(first).webContents.sent).toEqual([
      { channel: 'vekscope:folder-chosen', args: [scratch] },
    ]);
    first.app.emit('second-instance', {}, [], '/', { args: ['none'], cwd: scratch });
    expect(first.seen.dialogs[0]?.message).toContain('is not a folder');
    expect(windowOf(first).webContents.sent).toHaveLength(1);
  });

  it('opens a folder from the menu', async () => {
    const [menu] = desktop.seen.menus;
    const open = (menu ?? [])
      .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
      .find(({ label }) => label === 'Open Folder…');
    expect(open?.accelerator).toBe('CmdOrCtrl+O');
    desktop.play.chosenFolders = [scratch];
    open?.click?.(null as never, undefined, null as never);
    await settled();
    expect(windowOf(desktop).webContents.sent).toEqual([
      { channel: 'vekscope:folder-chosen', args: [scratch] },
    ]);
  });
});

describe("the window's place", () => {
  const file = join(data, 'window-bounds.json');
  const boundsOf = async (text: string, screen = { x: 0, y: 0, width: 1920, height: 1080 }) => {
    writeFileSync(file, text);
    const own = await startDesktop(built, [], ({ play }) => {
      play.screens = [screen];
    });
    const { x, y, width, height } = windowOf(own).options;
    return { x, y, width, height, maximized: windowOf(own).maximized };
  };

  it('is kept on closing and taken again', async () => {
    const own = await startDesktop(built, []);
    windowOf(own).bounds = { x: 100, y: 50, width: 1000, height: 700 };
    windowOf(own).emit('close');
    const saved = readFileSync(file, 'utf8');
    expect(await boundsOf(saved)).toEqual({ x: 100, y: 50, width: 1000, height: 700, maximized: false });
    expect((await boundsOf(saved.replace('false', 'true'))).maximized).toBe(true);
  });

  it('is dropped where no screen shows it, and where it can not be read', async () => {
    const away = '{"x":5000,"y":50,"width":1000,"height":700,"maximized":false}';
    expect(await boundsOf(away)).toMatchObject({ x: undefined, y: undefined, width: 1000, height: 700 });
    for (const text of ['', '{', '[]', 'null', '{"x":"1"}', '{"x":0,"y":0,"width":1e99,"height":700}']) {
      expect(await boundsOf(text), text).toMatchObject({ x: undefined, width: 1360, height: 860 });
    }
  });
});
