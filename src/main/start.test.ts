import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const engineOf = ({ seen }: Desktop) => seen.engines[0]!;
const settled = () => new Promise((done) => setTimeout(done, 5));

/** Plays the packed program. */
const packed = ({ play }: Desktop) => {
  play.packaged = true;
  Object.assign(process, { resourcesPath: join(scratch, 'resources') });
};

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
  });

  it('ends after the page has kept its layout, and the program after the engine', async () => {
    const own = await startDesktop(built, [scratch]);
    own.ipcMain.emit('vekscope:want-port', eventOf(own));
    const window = windowOf(own);
    const event = eventOf(own);
    own.app.quit();
    own.app.quit();
    expect(window.webContents.sent.filter(({ channel }) => channel === 'vekscope:save')).toHaveLength(1);
    expect([window.isDestroyed(), own.seen.ended]).toEqual([false, []]);
    own.ipcMain.emit('vekscope:saved', event);
    expect(window.isDestroyed()).toBe(true);
    expect(engineOf(own).posted.at(-1)?.message).toEqual({ type: 'close' });
    expect(own.seen.ended).toEqual([]);
    engineOf(own).emit('exit', 0);
    await settled();
    expect(own.seen.ended).toEqual(['quit']);
    expect([own.seen.dialogs, engineOf(own).killed]).toEqual([[], false]);
  });

  it('inherits no variable that would change how it runs', async () => {
    process.env['NODE_OPTIONS'] = '--no-warnings';
    process.env['ELECTRON_RUN_AS_NODE'] = '1';
    const own = await startDesktop(built, []);
    own.ipcMain.emit('vekscope:want-port', eventOf(own));
    delete process.env['NODE_OPTIONS'];
    delete process.env['ELECTRON_RUN_AS_NODE'];
    const { env } = engineOf(own).options;
    expect(env).toMatchObject({ VEKSCOPE_DATA: data });
    expect(Object.keys(env ?? {})).not.toContain('NODE_OPTIONS');
    expect(Object.keys(env ?? {})).not.toContain('ELECTRON_RUN_AS_NODE');
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

  it('refuses switches that would open the packed program to others', async () => {
    const own = await startDesktop(built, ['--remote-debugging-port=9222'], packed);
    expect([own.seen.ended, own.seen.windows]).toEqual([[2], []]);
    const fine = await startDesktop(built, ['--no-sandbox'], packed);
    expect(fine.seen.windows).toHaveLength(1);
    expect(fine.seen.protocolClients).toEqual(['vekscope']);
    expect(readFileSync(join(data, 'logs', 'vekscope.log'), 'utf8')).toContain('no-sandbox');
  });

  it('hands its folder to the window that runs already', async () => {
    const second = await startDesktop(built, ['.'], ({ play }) => {
      play.firstInstance = false;
    });
    expect([second.seen.ended, second.seen.windows]).toEqual([['quit'], []]);
    expect(second.seen.lockData).toEqual({ args: ['.'], cwd: process.cwd() });
    const first = await startDesktop(built, []);
    const targets = () =>
      windowOf(first)
        .webContents.sent.filter(({ channel }) => channel === 'vekscope:folder-chosen')
        .flatMap(({ args }) => args);
    windowOf(first).minimized = true;
    first.app.emit('second-instance', {}, [], '/', { args: ['.'], cwd: scratch });
    expect(windowOf(first).calls).toEqual(['restore', 'focus']);
    // it waits until the page has started
    expect(targets()).toEqual([]);
    first.ipcMain.emit('vekscope:menu', eventOf(first), { possible: [], theme: 'system' });
    expect(targets()).toEqual([scratch]);
    first.app.emit('second-instance', {}, [], '/', { args: ['none'], cwd: scratch });
    expect(first.seen.dialogs[0]?.message).toContain('is not there');
    for (const odd of [null, 7, { args: 'a', cwd: scratch }, { args: [1], cwd: scratch }, { args: [] }]) {
      first.app.emit('second-instance', {}, [], '/', odd);
    }
    expect(targets()).toEqual([scratch]);
  });

  it('asks before it opens the folder of a link that was never opened', async () => {
    const link = `vekscope:/never/opened#${'a'.repeat(64)}`;
    const own = await startDesktop(built, [link]);
    own.ipcMain.emit('vekscope:menu', eventOf(own), { possible: [], theme: 'system' });
    await settled();
    expect(own.seen.dialogs.at(-1)?.detail).toContain('/never/opened');
    const sent = () => windowOf(own).webContents.sent.map(({ args }) => args[0]);
    expect(sent()).toEqual([]);
    own.play.messageBoxButton = 1;
    own.app.emit('open-url', preventable({}), link);
    await settled();
    expect(sent()).toEqual([link]);
    own.app.emit('open-url', preventable({}), `vekscope:%5C%5Cserver%5Cshare#${'a'.repeat(64)}`);
    expect(own.seen.dialogs.at(-1)?.message).toContain('another machine');
    own.app.emit('open-file', preventable({}), scratch);
    await settled();
    expect(sent()).toEqual([link, scratch]);
  });

  it('asks for a folder with the key of the window, by its command', async () => {
    const open = desktop.Menu.getApplicationMenu()?.getMenuItemById('open');
    expect(open?.accelerator).toBe('CmdOrCtrl+O');
    open?.choose();
    expect(windowOf(desktop).webContents.sent.at(-1)).toEqual({
      channel: 'vekscope:command',
      args: ['open'],
    });
  });

  it('says in a dialog that the app folder can not be made', async () => {
    writeFileSync(join(scratch, 'a-file'), '');
    process.env['VEKSCOPE_DATA'] = join(scratch, 'a-file', 'data');
    const own = await startDesktop(built, []);
    process.env['VEKSCOPE_DATA'] = data;
    expect(own.seen.ended).toEqual([1]);
    expect(own.seen.errorBoxes[0]).toContain('VEKSCOPE_DATA');
  });
});

describe('what stops', () => {
  it('the page: the person is asked, and it is shown again', async () => {
    const own = await startDesktop(built, []);
    const { webContents } = windowOf(own);
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
    await settled();
    expect(own.seen.dialogs[0]?.message).toBe('The window stopped.');
    expect(webContents.calls).toEqual(['reload']);
    own.play.messageBoxButton = 1;
    webContents.crashed = true;
    webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 });
    await settled();
    expect(own.seen.ended).toEqual(['quit']);
    expect(readFileSync(join(data, 'logs', 'vekscope.log'), 'utf8')).toMatch(
      /page-gone reason=crashed exitCode=139/,
    );
  });

  it('the page does not answer: it may be waited for', async () => {
    const own = await startDesktop(built, []);
    const window = windowOf(own);
    window.emit('unresponsive');
    window.emit('unresponsive');
    await settled();
    expect(own.seen.dialogs.map(({ message }) => message)).toEqual(['The window does not answer.']);
    expect(window.webContents.calls).toEqual([]);
    own.play.messageBoxButton = 1;
    window.emit('unresponsive');
    await settled();
    expect(window.webContents.calls).toEqual(['reload']);
  });

  it('the buttons of a mouse go back and forward', () => {
    const window = windowOf(desktop);
    window.emit('app-command', {}, 'browser-backward');
    window.emit('app-command', {}, 'browser-forward');
    window.emit('app-command', {}, 'volume-up');
    expect(window.webContents.sent.slice(-2).map(({ args }) => args[0])).toEqual(['back', 'forward']);
  });
});
