import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildDesktop,
  eventOf,
  preventable,
  startDesktop,
  windowOf,
  type BuiltDesktop,
  type Desktop,
} from '../../test/support/desktop.ts';
import { projectRoot } from '../../test/support/peers.ts';
import { newExport } from '../core/storage/exports.ts';

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
const invoke = (channel: string, argument: unknown, event = eventOf(desktop)) =>
  Promise.resolve(desktop.seen.handlers.get(`vekscope:${channel}`)!(event, argument));

/** Whether the saving of an address to a file is refused. */
const refusedSave = (address: string) => {
  const event = preventable({});
  desktop.session.defaultSession.emit('will-download', event, { getURL: () => address });
  return event.prevented;
};

describe('the window', () => {
  it('has no Node, its own world, the sandbox and web security', () => {
    expect(desktop.seen.windows).toHaveLength(1);
    // all of them: what is added here must be thought about
    expect(windowOf(desktop).options.webPreferences).toEqual({
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
      safeDialogs: true,
      spellcheck: false,
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
    expect(webContents.rtcPolicy).toBe('disable_non_proxied_udp');
  });

  it("takes the colours of the page's title bar, in both themes", async () => {
    const tokens = readFileSync(join(projectRoot, 'src', 'renderer', 'styles', 'tokens.css'), 'utf8');
    const colours = [...tokens.matchAll(/--(bg-app|fg): (#[0-9A-Fa-f]{6})/g)].map(([, name, colour]) => [
      name,
      colour?.toUpperCase(),
    ]);
    const { options } = windowOf(desktop);
    const overlay = { height: 40, color: '#F4F5F7', symbolColor: '#1A1D23' };
    expect(options).toMatchObject({
      titleBarStyle: 'hidden',
      titleBarOverlay: overlay,
      backgroundColor: '#F4F5F7',
    });
    const dark = await startDesktop(built, [], ({ play }) => {
      play.systemIsDark = true;
    });
    expect(windowOf(dark).options.backgroundColor).toBe('#16181D');
    for (const expected of [
      ['bg-app', '#F4F5F7'],
      ['fg', '#1A1D23'],
      ['bg-app', '#16181D'],
      ['fg', '#E5E7EB'],
    ]) {
      expect(colours).toContainEqual(expected);
    }
    expect(tokens).toMatch(/--h-title: 40px/);
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
    expect(desktop.seen.displayMedia).toBeNull();
    expect(desktop.seen.spellChecker).toBe(false);
    let verdict: number | null = null;
    desktop.seen.certificates!({} as never, (code) => (verdict = code));
    expect(verdict).toBe(-2);
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

  it('saves contents of its own memory only', () => {
    expect(refusedSave('blob:app://vekscope/1-2-3')).toBe(false);
    for (const address of [
      'https://evil.example/a',
      'blob:https://evil.example/1',
      'data:text/plain,a',
      page,
    ]) {
      expect(refusedSave(address), address).toBe(true);
    }
  });

  it('resolves no name, looks for no proxy and takes no certificate', () => {
    const { switches } = desktop.seen;
    expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    const alone = [
      'no-proxy-server',
      'disable-background-networking',
      'disable-component-update',
      'disable-domain-reliability',
      'disable-breakpad',
      'disable-sync',
      'disable-quic',
      'no-pings',
    ];
    for (const name of alone) expect(switches.get(name), name).toBe('');
    expect(switches.get('disable-features')).toContain('MediaRouter');
    const answers: unknown[] = [];
    const event = preventable({});
    desktop.app.emit('certificate-error', event, {}, page, 'bad', {}, (answer: boolean) =>
      answers.push(answer),
    );
    desktop.app.emit('select-client-certificate', event, {}, page, [], (given?: unknown) =>
      answers.push(given),
    );
    expect([event.prevented, ...answers]).toEqual([true, false, undefined]);
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
      await expect(invoke('open-file', undefined, event)).rejects.toThrow('Refused');
      await expect(invoke('open-external', 'https://example.com/', event)).rejects.toThrow('Refused');
      await expect(invoke('reveal', scratch, event)).rejects.toThrow('Refused');
      await expect(invoke('save-as', 'proof.json', event)).rejects.toThrow('Refused');
      await expect(invoke('keep-export', {}, event)).rejects.toThrow('Refused');
      desktop.ipcMain.emit('vekscope:want-port', event);
      desktop.ipcMain.emit('vekscope:menu', event, { possible: ['fork'], theme: 'dark' });
      desktop.ipcMain.emit('vekscope:show-menu', event, { x: 1, y: 1 });
      desktop.ipcMain.emit('vekscope:saved', event);
    }
    const { dialogs, folderDialogs, opened, revealed, engines, popups } = desktop.seen;
    expect([dialogs, folderDialogs, opened, revealed, engines, popups]).toEqual([[], [], [], [], [], []]);
    expect(desktop.Menu.getApplicationMenu()?.getMenuItemById('fork')?.enabled).toBe(false);
    expect(desktop.nativeTheme.themeSource).toBe('system');
    // every channel there is was tried
    const channels = [...desktop.seen.handlers.keys(), ...desktop.ipcMain.eventNames()].map(String).sort();
    expect(channels).toEqual(
      [
        'keep-export',
        'menu',
        'open-external',
        'open-file',
        'open-folder',
        'reveal',
        'save-as',
        'saved',
        'show-menu',
        'want-port',
      ].map((name) => `vekscope:${name}`),
    );
  });

  it('are refused with arguments of another form', () => {
    const say = (channel: string, argument: unknown) =>
      desktop.ipcMain.emit(`vekscope:${channel}`, eventOf(desktop), argument);
    for (const state of [
      null,
      'fork',
      { possible: 'fork', theme: 'dark' },
      { possible: ['constructor'], theme: 'dark' },
      { possible: [], theme: 'red' },
    ]) {
      say('menu', state);
    }
    for (const place of [null, {}, { x: -1, y: 0 }, { x: 0, y: Infinity }, { x: '1', y: 1 }])
      say('show-menu', place);
    expect([desktop.nativeTheme.themeSource, desktop.seen.popups]).toEqual(['system', []]);
    say('menu', { possible: ['open', 'fork'], theme: 'dark' });
    say('show-menu', { x: 8.4, y: 40 });
    expect(desktop.nativeTheme.themeSource).toBe('dark');
    expect(windowOf(desktop).background).toBe('#16181D');
    expect(desktop.Menu.getApplicationMenu()?.getMenuItemById('fork')?.enabled).toBe(true);
    expect(desktop.Menu.getApplicationMenu()?.getMenuItemById('tag')?.enabled).toBe(false);
    expect(desktop.seen.popups[0]).toMatchObject({ x: 8, y: 40 });
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
    const question = desktop.seen.dialogs.at(-1);
    expect(question).toMatchObject({ defaultId: 0, cancelId: 0 });
    expect(question?.message).toBe('Open xn--exmple-cua.com in the browser?');
    expect(question?.detail?.split('\n')[0]).toBe('https://xn--exmple-cua.com/a?b=c#d');
    // one question at a time
    const both = [invoke('open-external', address), invoke('open-external', address)];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(invoke('open-external', `https://example.com/${'a'.repeat(2000)}`)).rejects.toThrow(
      'too long',
    );
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
    expect(await invoke('open-file', undefined)).toBe(scratch);
    expect(desktop.seen.folderDialogs.at(-1)?.properties).toContain('openFile');
  });

  it('save a file that the engine made where the person wants it, and nowhere else', async () => {
    const target = join(scratch, 'chosen.json');
    desktop.play.chosenFolders = [];
    expect(await invoke('save-as', 'proof.json')).toBeNull();
    desktop.play.chosenFolders = [target];
    const place = (await invoke('save-as', '../../proof.json')) as string;
    expect(desktop.seen.saveDialogs.at(-1)?.defaultPath).toBe('proof.json');
    const { id, path } = newExport(data);
    writeFileSync(path, 'all');
    await expect(invoke('keep-export', { place: target, id })).rejects.toThrow('Nobody chose');
    await expect(invoke('keep-export', { place })).rejects.toThrow();
    expect(await invoke('keep-export', { place, id })).toEqual({ ok: true, value: target });
    expect(readFileSync(target, 'utf8')).toBe('all');
    // a place is good for one file
    await expect(invoke('keep-export', { place, id })).rejects.toThrow('Nobody chose');
  });
});
