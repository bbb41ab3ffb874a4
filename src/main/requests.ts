import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { dialog, ipcMain, shell, type BrowserWindow, type WebContents, type WebFrameMain } from 'electron';
import { z } from 'zod';
import { isMenuCommand, type MenuCommandId, type MenuState } from '../contract/menu.ts';
import { CHANNELS } from './channels.ts';
import { openLink } from './links.ts';
import { answerSaving, type Handle } from './saving.ts';
import { isOwnPage } from './page.ts';

type Sender = { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null };

/** What the page asks of the main process beside dialogs. */
export type PageRequests = {
  readonly connect: (contents: WebContents) => void;
  readonly setMenu: (state: MenuState) => void;
  readonly showMenu: (window: BrowserWindow, at: { readonly x: number; readonly y: number }) => void;
  readonly saved: () => void;
};

const menuStateSchema = z.object({
  possible: z.array(z.custom<MenuCommandId>(isMenuCommand)).max(200),
  theme: z.enum(['system', 'light', 'dark']),
});
const placeSchema = z.object({ x: z.number().min(0).max(100_000), y: z.number().min(0).max(100_000) });

/** True when a message comes from the top frame of our window while it shows our page. */
export function isTrusted(event: Sender, window: BrowserWindow | null): window is BrowserWindow {
  const frame = event.senderFrame;
  return (
    window !== null &&
    event.sender === window.webContents &&
    frame !== null &&
    frame.parent === null &&
    isOwnPage(frame.url)
  );
}

/**
 * Answers what the preload asks. Every message is checked for its sender and its arguments first; one that fails
 * is an error in the page, not a question for the person. `data`: the app folder.
 */
export function answerRequests(
  current: () => BrowserWindow | null,
  data: string,
  requests: PageRequests,
): void {
  const handle: Handle = (channel, answer) => {
    ipcMain.handle(channel, async (event, argument: unknown) => {
      const window = current();
      if (!isTrusted(event, window)) throw new Error('Refused: the message does not come from the window.');
      return answer(window, argument);
    });
  };
  const hear = (channel: string, act: (window: BrowserWindow, argument: unknown) => void) => {
    ipcMain.on(channel, (event, argument: unknown) => {
      const window = current();
      if (isTrusted(event, window)) act(window, argument);
    });
  };
  handle(CHANNELS.openFolder, (window) => chooseFolder(window));
  handle(CHANNELS.openFile, (window) => chooseFile(window));
  answerSaving(handle, data);
  handle(CHANNELS.openExternal, async (window, url) => {
    if (typeof url !== 'string') throw new Error('Only https addresses are opened.');
    await openLink(window, url);
  });
  handle(CHANNELS.reveal, async (_window, path) => {
    // a network path would make Windows sign in to a stranger's server
    if (typeof path !== 'string' || !isAbsolute(path) || path.startsWith('\\\\') || path.startsWith('//')) {
      throw new Error('Only a full path on this machine is shown.');
    }
    if (!existsSync(path)) throw new Error(`${path} is not there.`);
    shell.showItemInFolder(path);
  });
  hear(CHANNELS.wantPort, (window) => requests.connect(window.webContents));
  hear(CHANNELS.menu, (_window, state) => {
    const read = menuStateSchema.safeParse(state);
    if (read.success) requests.setMenu(read.data);
  });
  hear(CHANNELS.showMenu, (window, at) => {
    const read = placeSchema.safeParse(at);
    if (read.success) requests.showMenu(window, read.data);
  });
  hear(CHANNELS.saved, () => requests.saved());
}

/** The system's dialog for a folder; null when it was closed without a choice. */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a folder',
    buttonLabel: 'Open',
    properties: ['openDirectory', 'showHiddenFiles'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** The system's dialog for the file of a ledger, whatever its name; null when it was closed without a choice. */
async function chooseFile(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open the file of a ledger',
    buttonLabel: 'Open',
    filters: [
      { name: 'Databases', extensions: ['db', 'sqlite', 'sqlite3'] },
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['openFile', 'showHiddenFiles'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks whether the folder that a link names may be opened. */
export async function confirmFolder(window: BrowserWindow, folder: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Open the folder that this link names?',
    detail: `${folder}\n\nIt was not opened here before. Looking changes nothing in it.`,
    buttons: ['Cancel', 'Open'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
