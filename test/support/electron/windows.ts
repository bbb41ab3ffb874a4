import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from './app.ts';
import type { PortMain } from './ports.ts';
import { outside, play, seen } from './world.ts';

type OpenHandler = (details: { url: string }) => { action: string };

/** An event that a handler may prevent. */
export function preventable<T extends object>(change: T) {
  const event = {
    ...change,
    defaultPrevented: false,
    preventDefault: (): void => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

class WebContents extends EventEmitter {
  url = '';
  crashed = false;
  zoom = 1;
  rtcPolicy = '';
  openHandler: OpenHandler | null = null;
  readonly sent: { channel: string; args: unknown[] }[] = [];
  readonly posted: { channel: string; ports: PortMain[] }[] = [];
  readonly calls: string[] = [];
  readonly mainFrame: { url: string; parent: null } = { url: '', parent: null };
  readonly #window: BrowserWindow;
  constructor(window: BrowserWindow) {
    super();
    this.#window = window;
  }
  getURL(): string {
    return this.url;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.rtcPolicy = policy;
  }
  getZoomFactor(): number {
    return this.zoom;
  }
  isCrashed(): boolean {
    return this.crashed;
  }
  reload(): void {
    this.calls.push('reload');
    this.crashed = false;
    outside.load(this.#window, this.url);
  }
  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
    outside.send(this.#window, channel, args);
  }
  postMessage(channel: string, _message: unknown, ports: PortMain[]): void {
    this.posted.push({ channel, ports });
    outside.sendPorts(this.#window, channel, ports);
  }
}

/** Electron's `BrowserWindow`. */
export class BrowserWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: WebContents;
  readonly calls: string[] = [];
  bounds: Electron.Rectangle;
  normal: Electron.Rectangle;
  maximized = false;
  minimized = false;
  fullScreen = false;
  background = '';
  overlay: Electron.TitleBarOverlayOptions | null = null;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    const { width = 800, height = 600, x = 10, y = 20 } = options;
    this.bounds = { x, y, width, height };
    this.normal = this.bounds;
    this.background = options.backgroundColor ?? '';
    this.overlay = typeof options.titleBarOverlay === 'object' ? options.titleBarOverlay : null;
    this.webContents = new WebContents(this);
    app.emit('web-contents-created', {}, this.webContents);
    seen.windows.push(this);
    outside.opened(this);
  }
  loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    this.webContents.mainFrame.url = url;
    outside.load(this, url);
    return Promise.resolve();
  }
  show(): void {
    this.calls.push('show');
  }
  focus(): void {
    this.calls.push('focus');
  }
  restore(): void {
    this.minimized = false;
    this.calls.push('restore');
  }
  maximize(): void {
    this.maximized = true;
    const [screen] = play.screens;
    if (screen !== undefined) this.#place(screen);
    this.emit('maximize');
  }
  setFullScreen(on: boolean): void {
    this.fullScreen = on;
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen');
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isFullScreen(): boolean {
    return this.fullScreen;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  getBounds(): Electron.Rectangle {
    return this.bounds;
  }
  getNormalBounds(): Electron.Rectangle {
    return this.normal;
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.normal = { ...this.bounds, ...bounds };
    this.#place(this.normal);
  }
  #place(bounds: Electron.Rectangle): void {
    this.bounds = { ...bounds };
    this.emit('move');
    this.emit('resize');
    outside.moved(this);
  }
  setBackgroundColor(colour: string): void {
    this.background = colour;
  }
  setTitleBarOverlay(overlay: Electron.TitleBarOverlayOptions): void {
    this.overlay = overlay;
  }
  close(): void {
    if (this.#destroyed) return;
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    this.#destroyed = true;
    seen.windows.splice(seen.windows.indexOf(this), 1);
    outside.closed(this);
    this.emit('closed');
    if (seen.windows.length === 0 && !app.isQuitting) app.emit('window-all-closed');
  }
}
