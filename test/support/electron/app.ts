import { EventEmitter } from 'node:events';
import { outside, play, seen } from './world.ts';

/** Electron's `app`. Quitting closes the windows first, and a window that stays open ends the quit. */
class App extends EventEmitter {
  isQuitting = false;
  readonly commandLine = {
    appendSwitch: (name: string, value = ''): void => void seen.switches.set(name, value),
    hasSwitch: (name: string): boolean => seen.switches.has(name) || process.argv.includes(`--${name}`),
  };
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
    return outside.lock(data);
  }
  readonly #ready = new Promise<void>((ready) => {
    this.once('ready', ready);
  });
  whenReady(): Promise<void> {
    return this.#ready;
  }
  getAppPath(): string {
    return play.appPath;
  }
  getVersion(): string {
    return play.version;
  }
  addRecentDocument(path: string): void {
    seen.recentDocuments.push(path);
  }
  clearRecentDocuments(): void {
    seen.recentDocuments.length = 0;
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    seen.protocolClients.push(scheme);
    return true;
  }
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {
    seen.about += 1;
  }
  quit(): void {
    if (!this.#ask('before-quit')) return;
    this.isQuitting = true;
    for (const window of seen.windows.slice()) window.close();
    this.isQuitting = false;
    if (seen.windows.length > 0) return;
    if (!this.#ask('will-quit')) return;
    this.emit('quit', {}, 0);
    seen.ended.push('quit');
    outside.exit(0);
  }
  exit(code = 0): void {
    seen.ended.push(code);
    outside.exit(code);
  }
  #ask(name: string): boolean {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit(name, { preventDefault });
    return !prevented;
  }
}
export const app = new App();
