import type * as Electron from 'electron';
import type { BrowserWindow } from './windows.ts';
import type { PortMain } from './ports.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

/** What the main process asked of the system so far. */
export const seen = {
  schemes: [] as Electron.CustomScheme[],
  windows: [] as BrowserWindow[],
  engines: [] as {
    readonly entry: string;
    readonly options: Electron.ForkOptions;
    readonly posted: { message: unknown; ports: unknown[] }[];
    killed: boolean;
    emit(name: string, ...args: unknown[]): boolean;
    kill(): boolean;
  }[],
  opened: [] as string[],
  revealed: [] as string[],
  dialogs: [] as Electron.MessageBoxOptions[],
  folderDialogs: [] as Electron.OpenDialogOptions[],
  saveDialogs: [] as Electron.SaveDialogOptions[],
  errorBoxes: [] as string[],
  popups: [] as Electron.PopupOptions[],
  recentDocuments: [] as string[],
  protocolClients: [] as string[],
  about: 0,
  paths: new Map<string, string>(),
  switches: new Map<string, string>(),
  sandboxed: false,
  lockData: null as unknown,
  ended: [] as (number | 'quit')[],
  handlers: new Map<string, Handler>(),
  scheme: null as ((request: Request) => Response | Promise<Response>) | null,
  permissionRequest: null as Parameters<Electron.Session['setPermissionRequestHandler']>[0],
  permissionCheck: null as Parameters<Electron.Session['setPermissionCheckHandler']>[0],
  devicePermission: null as Parameters<Electron.Session['setDevicePermissionHandler']>[0],
  displayMedia: undefined as unknown,
  certificates: null as Parameters<Electron.Session['setCertificateVerifyProc']>[0],
  spellChecker: null as boolean | null,
  beforeRequest: null as
    ((details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void) | null,
};

/** What the system is, and what the person will do. */
export const play = {
  firstInstance: true,
  packaged: false,
  appPath: '/app',
  version: '1.2.3',
  messageBoxButton: 0,
  chosenFolders: [] as string[],
  systemIsDark: false,
  screens: [{ x: 0, y: 0, width: 1920, height: 1080 }] as Electron.Rectangle[],
};

/**
 * What is outside of the main process. Here nothing is there: what is asked for is only noted. `child.ts` puts
 * windows of a real Chromium, a real process for the engine and a lock between processes in its place.
 */
export const outside = {
  opened: (_window: BrowserWindow): void => {},
  load: (_window: BrowserWindow, _url: string): void => {},
  closed: (_window: BrowserWindow): void => {},
  moved: (_window: BrowserWindow): void => {},
  send: (_window: BrowserWindow, _channel: string, _args: readonly unknown[]): void => {},
  sendPorts: (_window: BrowserWindow, _channel: string, _ports: readonly PortMain[]): void => {},
  themed: (_dark: boolean): void => {},
  messageBox: (_options: Electron.MessageBoxOptions): Promise<number> =>
    Promise.resolve(play.messageBoxButton),
  folderDialog: (_options: Electron.OpenDialogOptions): Promise<readonly string[]> =>
    Promise.resolve(play.chosenFolders),
  lock: (_data: unknown): boolean => play.firstInstance,
  fork: null as ((entry: string, options: Electron.ForkOptions) => ForkedProcess) | null,
  exit: (_code: number): void => {},
};

/** A process of its own that the engine runs in. */
export type ForkedProcess = {
  readonly post: (message: unknown, ports: readonly PortMain[]) => void;
  readonly kill: () => void;
  readonly onExit: (hear: (code: number) => void) => void;
};
