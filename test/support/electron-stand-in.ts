import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

/**
 * Stands in for the module `electron` where its runtime is not there: it keeps what the main process asked for and
 * lets a test play the person, the page and the system. It is loaded by Node itself, afresh for each start.
 */
type Handler = (event: unknown, ...args: unknown[]) => unknown;

export const seen = {
  schemes: [] as Electron.CustomScheme[],
  windows: [] as BrowserWindow[],
  engines: [] as Engine[],
  opened: [] as string[],
  revealed: [] as string[],
  dialogs: [] as Electron.MessageBoxOptions[],
  folderDialogs: [] as Electron.OpenDialogOptions[],
  menus: [] as Electron.MenuItemConstructorOptions[][],
  paths: new Map<string, string>(),
  sandboxed: false,
  lockData: null as unknown,
  ended: [] as (number | 'quit')[],
  handlers: new Map<string, Handler>(),
  scheme: null as ((request: Request) => Response | Promise<Response>) | null,
  permissionRequest: null as Parameters<Electron.Session['setPermissionRequestHandler']>[0],
  permissionCheck: null as Parameters<Electron.Session['setPermissionCheckHandler']>[0],
  devicePermission: null as Parameters<Electron.Session['setDevicePermissionHandler']>[0],
  beforeRequest: null as
    ((details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void) | null,
};

/** What the system and the person will do. */
export const play = {
  firstInstance: true,
  packaged: false,
  appPath: '/app',
  messageBoxButton: 0,
  chosenFolders: [] as string[],
  screens: [{ x: 0, y: 0, width: 1920, height: 1080 }] as Electron.Rectangle[],
};

class App extends EventEmitter {
  get isPackaged(): boolean {
    return play.packaged;
  }
  setPath(name: string, path: string): void {
    seen.paths.set(name, path);
  }
  enableSandbox(): void {
    seen.sandboxed = true;
  }
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    seen.lockData = data;
    return play.firstInstance;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getAppPath(): string {
    return play.appPath;
  }
  getVersion(): string {
    return '1.2.3';
  }
  quit(): void {
    seen.ended.push('quit');
  }
  exit(code = 0): void {
    seen.ended.push(code);
  }
}
export const app = new App();

export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    seen.schemes.push(...schemes);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>;

const defaultSession = {
  protocol: {
    handle(scheme: string, answer: typeof seen.scheme): void {
      if (scheme === 'app') seen.scheme = answer;
    },
  },
  setPermissionRequestHandler(handler): void {
    seen.permissionRequest = handler;
  },
  setPermissionCheckHandler(handler): void {
    seen.permissionCheck = handler;
  },
  setDevicePermissionHandler(handler): void {
    seen.devicePermission = handler;
  },
  webRequest: {
    onBeforeRequest(handler: typeof seen.beforeRequest): void {
      seen.beforeRequest = handler;
    },
  },
} satisfies Pick<
  Electron.Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
> &
  Record<'protocol' | 'webRequest', object>;
export const session = { defaultSession };

class WebContents extends EventEmitter {
  url = '';
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly sent: { channel: string; args: unknown[] }[] = [];
  readonly posted: { channel: string; ports: unknown[] }[] = [];
  readonly mainFrame: { url: string; parent: null } = { url: '', parent: null };
  getURL(): string {
    return this.url;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
  }
  postMessage(channel: string, _message: unknown, ports: unknown[]): void {
    this.posted.push({ channel, ports });
  }
}

export class BrowserWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new WebContents();
  readonly calls: string[] = [];
  bounds: Electron.Rectangle = { x: 10, y: 20, width: 1000, height: 700 };
  maximized = false;
  minimized = false;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    app.emit('web-contents-created', {}, this.webContents);
    seen.windows.push(this);
  }
  loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    this.webContents.mainFrame.url = url;
    return Promise.resolve();
  }
  show(): void {
    this.calls.push('show');
  }
  focus(): void {
    this.calls.push('focus');
  }
  restore(): void {
    this.calls.push('restore');
  }
  maximize(): void {
    this.maximized = true;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }
}

export const nativeTheme = { shouldUseDarkColors: false };
export const screen = { getAllDisplays: () => play.screens.map((workArea) => ({ workArea })) };

export const Menu = {
  buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Electron.MenuItemConstructorOptions[] {
    return template;
  },
  setApplicationMenu(menu: Electron.MenuItemConstructorOptions[]): void {
    seen.menus.push(menu);
  },
};

export const dialog = {
  showMessageBox(_window: unknown, options: Electron.MessageBoxOptions): Promise<{ response: number }> {
    seen.dialogs.push(options);
    return Promise.resolve({ response: play.messageBoxButton });
  },
  showOpenDialog(
    _window: unknown,
    options: Electron.OpenDialogOptions,
  ): Promise<Electron.OpenDialogReturnValue> {
    seen.folderDialogs.push(options);
    return Promise.resolve({ canceled: play.chosenFolders.length === 0, filePaths: play.chosenFolders });
  },
};

export const shell = {
  openExternal(url: string): Promise<void> {
    seen.opened.push(url);
    return Promise.resolve();
  },
  showItemInFolder(path: string): void {
    seen.revealed.push(path);
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'showItemInFolder'>;

class IpcMain extends EventEmitter {
  handle(channel: string, handler: Handler): void {
    seen.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

class Engine extends EventEmitter {
  readonly entry: string;
  readonly options: Electron.ForkOptions;
  readonly posted: { message: unknown; ports: unknown[] }[] = [];
  killed = false;
  constructor(entry: string, options: Electron.ForkOptions) {
    super();
    this.entry = entry;
    this.options = options;
    seen.engines.push(this);
  }
  postMessage(message: unknown, ports: unknown[] = []): void {
    this.posted.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}
export const utilityProcess = {
  fork: (entry: string, _args: string[], options: Electron.ForkOptions) => new Engine(entry, options),
};

export class MessageChannelMain {
  readonly port1 = { of: this, side: 1 };
  readonly port2 = { of: this, side: 2 };
}
