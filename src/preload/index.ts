import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { PORT_MESSAGE, WANT_PORT, type HostBridge } from '../contract/host.ts';
import type { Result } from '../contract/failure.ts';
import type { MenuCommandId } from '../contract/menu.ts';
import { CHANNELS } from '../main/channels.ts';

/** The page's window as far as the preload uses it; the project's Node side has no DOM types. */
type Page = {
  readonly location: { readonly origin: string };
  addEventListener(
    type: 'message',
    hear: (event: { readonly source: unknown; readonly data: unknown }) => void,
  ): void;
  postMessage(message: unknown, origin: string, ports: readonly unknown[]): void;
};

const page = globalThis as unknown as Page;

/** Hears a message of main without its event, which would reach into Electron. */
function hear<T>(channel: string, listener: (value: T) => void): void {
  ipcRenderer.on(channel, (_event, value: T) => listener(value));
}

const bridge: HostBridge = {
  platform: process.platform,
  openFolder: async () => (await ipcRenderer.invoke(CHANNELS.openFolder)) as string | null,
  openFile: async () => (await ipcRenderer.invoke(CHANNELS.openFile)) as string | null,
  saveAs: async (name) => (await ipcRenderer.invoke(CHANNELS.saveAs, name)) as string | null,
  keepExport: async (place, id) =>
    (await ipcRenderer.invoke(CHANNELS.keepExport, { place, id })) as Result<string>,
  reveal: async (path) => {
    await ipcRenderer.invoke(CHANNELS.reveal, path);
  },
  openExternal: async (url) => {
    await ipcRenderer.invoke(CHANNELS.openExternal, url);
  },
  pathOfFile: (file) => webUtils.getPathForFile(file),
  onFolder: (listener) => hear<string>(CHANNELS.folderChosen, listener),
  onCommand: (listener) => hear<MenuCommandId>(CHANNELS.command, listener),
  setMenu: (state) => ipcRenderer.send(CHANNELS.menu, state),
  // macOS has its menu at the top of the screen
  showMenu: process.platform === 'darwin' ? null : (x, y) => ipcRenderer.send(CHANNELS.showMenu, { x, y }),
  onClose: (save) =>
    hear(CHANNELS.save, async () => {
      try {
        await save();
      } catch {
        // the window told the person itself; it closes all the same
      }
      ipcRenderer.send(CHANNELS.saved);
    }),
};

contextBridge.exposeInMainWorld('vekscopeHost', bridge);

page.addEventListener('message', (event) => {
  const { data } = event;
  const asked =
    typeof data === 'object' && data !== null && 'vekscope' in data && data.vekscope === WANT_PORT.vekscope;
  if (event.source === globalThis && asked) ipcRenderer.send(CHANNELS.wantPort);
});

ipcRenderer.on(CHANNELS.port, (event) => page.postMessage(PORT_MESSAGE, page.location.origin, event.ports));
