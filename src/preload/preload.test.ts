import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PORT_MESSAGE, WANT_PORT, type HostBridge } from '../contract/host.ts';
import { buildDesktop, type BuiltDesktop } from '../../test/support/desktop.ts';

/** What a sandboxed preload may load (Electron's documentation of the sandbox). */
const ALLOWED = new Set(['electron', 'events', 'timers', 'url']);

type Hear = (event: { source: unknown; data: unknown }) => void;

let built: BuiltDesktop;
let exposed: Map<string, unknown>;
let required: string[];
let sent: unknown[][];
let invoked: unknown[][];
let posted: unknown[][];
let pageHears: Hear[];
let mainTells: Map<string, (event: unknown, ...args: unknown[]) => void>;
let page: object;

beforeAll(async () => {
  built = await buildDesktop();
});
afterAll(() => built.remove());

beforeEach(() => {
  exposed = new Map();
  required = [];
  sent = [];
  invoked = [];
  posted = [];
  pageHears = [];
  mainTells = new Map();
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => exposed.set(name, value) },
    ipcRenderer: {
      send: (...args: unknown[]) => sent.push(args),
      invoke: (...args: unknown[]) => {
        invoked.push(args);
        return Promise.resolve('/chosen');
      },
      on: (channel: string, hear: (event: unknown) => void) => mainTells.set(channel, hear),
    },
    webUtils: { getPathForFile: (file: { path: string }) => file.path },
  };
  page = createContext({
    process: { platform: 'plan9' },
    location: { origin: 'app://vekscope' },
    addEventListener: (type: string, hear: Hear) => type === 'message' && pageHears.push(hear),
    postMessage: (...args: unknown[]) => posted.push(args),
    module: { exports: {} },
    exports: {},
    require: (name: string) => {
      required.push(name);
      if (!ALLOWED.has(name)) throw new Error(`a sandboxed preload can't load ${name}`);
      return name === 'electron' ? electron : {};
    },
  });
  runInContext(readFileSync(built.preload, 'utf8'), page);
});

const globalOf = () => runInContext('globalThis', page) as unknown;

describe('the preload as it is built', () => {
  it('loads nothing but electron', () => expect(required).toEqual(['electron']));

  it('gives the page these functions and no part of Electron', async () => {
    expect([...exposed.keys()]).toEqual(['vekscopeHost']);
    const bridge = exposed.get('vekscopeHost') as HostBridge;
    expect(Object.keys(bridge).sort()).toEqual([
      'keepExport',
      'onClose',
      'onCommand',
      'onFolder',
      'openExternal',
      'openFile',
      'openFolder',
      'pathOfFile',
      'platform',
      'reveal',
      'saveAs',
      'setMenu',
      'showMenu',
    ]);
    expect(bridge.platform).toBe('plan9');
    expect(await bridge.openFolder()).toBe('/chosen');
    expect(await bridge.saveAs?.('proof.json')).toBe('/chosen');
    await bridge.keepExport?.('place', 'id');
    expect(await bridge.reveal('/a')).toBeUndefined();
    expect(await bridge.openExternal('https://a.example/')).toBeUndefined();
    expect(invoked).toEqual([
      ['vekscope:open-folder'],
      ['vekscope:save-as', 'proof.json'],
      ['vekscope:keep-export', { place: 'place', id: 'id' }],
      ['vekscope:reveal', '/a'],
      ['vekscope:open-external', 'https://a.example/'],
    ]);
  });

  it('hands over folders without the event, which would reach into Electron', () => {
    const bridge = exposed.get('vekscopeHost') as HostBridge;
    const heard: unknown[][] = [];
    bridge.onFolder?.((...args) => heard.push(args));
    mainTells.get('vekscope:folder-chosen')?.({ sender: 'secret' }, '/folder');
    expect(heard).toEqual([['/folder']]);
  });

  it('passes commands on, and what the menu can do back', () => {
    const bridge = exposed.get('vekscopeHost') as HostBridge;
    const heard: unknown[][] = [];
    bridge.onCommand?.((...args) => heard.push(args));
    mainTells.get('vekscope:command')?.({ sender: 'secret' }, 'fork');
    expect(heard).toEqual([['fork']]);
    bridge.setMenu?.({ possible: ['fork'], theme: 'light' });
    bridge.showMenu?.(8, 40);
    expect(sent).toEqual([
      ['vekscope:menu', { possible: ['fork'], theme: 'light' }],
      ['vekscope:show-menu', { x: 8, y: 40 }],
    ]);
  });

  it('says that all is kept also where keeping it failed, so that the window closes', async () => {
    const bridge = exposed.get('vekscopeHost') as HostBridge;
    let asked = 0;
    bridge.onClose?.(() => {
      asked += 1;
      return asked === 1 ? Promise.resolve() : Promise.reject(new Error('no'));
    });
    for (const times of [1, 2]) {
      mainTells.get('vekscope:save')?.({});
      await new Promise((settled) => setTimeout(settled, 0));
      expect([asked, sent]).toEqual([times, Array.from({ length: times }, () => ['vekscope:saved'])]);
    }
  });

  it('asks for a port when its own page does, and passes it on to its own page only', () => {
    for (const hear of pageHears) {
      hear({ source: {}, data: WANT_PORT });
      for (const data of [null, 'want-port', PORT_MESSAGE, {}]) hear({ source: globalOf(), data });
    }
    expect(sent).toEqual([]);
    for (const hear of pageHears) hear({ source: globalOf(), data: { ...WANT_PORT } });
    expect(sent).toEqual([['vekscope:want-port']]);
    const ports = [{}];
    mainTells.get('vekscope:port')?.({ ports });
    expect(posted).toHaveLength(1);
    expect(posted[0]?.[0]).toMatchObject(PORT_MESSAGE);
    expect(posted[0]?.slice(1)).toEqual(['app://vekscope', ports]);
  });
});
