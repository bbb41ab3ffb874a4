import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { outside, play, seen } from './world.ts';

type Source = Electron.NativeTheme['themeSource'];

/** Electron's `nativeTheme`: what the app sets, else what the system says. */
class NativeTheme extends EventEmitter {
  #source: Source = 'system';
  get themeSource(): Source {
    return this.#source;
  }
  set themeSource(source: Source) {
    this.#source = source;
    this.emit('updated');
    outside.themed(this.shouldUseDarkColors);
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? play.systemIsDark : this.#source === 'dark';
  }
}
export const nativeTheme = new NativeTheme();

class Screen extends EventEmitter {
  getAllDisplays(): { bounds: Electron.Rectangle; workArea: Electron.Rectangle }[] {
    return play.screens.map((area) => ({ bounds: area, workArea: area }));
  }
}
export const screen = new Screen();

export const dialog = {
  async showMessageBox(_window: unknown, options: Electron.MessageBoxOptions): Promise<{ response: number }> {
    seen.dialogs.push(options);
    return { response: await outside.messageBox(options) };
  },
  async showOpenDialog(
    _window: unknown,
    options: Electron.OpenDialogOptions,
  ): Promise<Electron.OpenDialogReturnValue> {
    seen.folderDialogs.push(options);
    const filePaths = [...(await outside.folderDialog(options))];
    return { canceled: filePaths.length === 0, filePaths };
  },
  async showSaveDialog(
    _window: unknown,
    options: Electron.SaveDialogOptions,
  ): Promise<Electron.SaveDialogReturnValue> {
    seen.saveDialogs.push(options);
    const [filePath] = await outside.folderDialog({});
    return { canceled: filePath === undefined, filePath: filePath ?? '' };
  },
  showErrorBox(title: string, content: string): void {
    seen.errorBoxes.push(`${title} ${content}`);
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
  handle(channel: string, handler: (event: unknown, ...args: unknown[]) => unknown): void {
    seen.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();
