import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { dialog, ipcMain, shell, type BrowserWindow, type WebContents, type WebFrameMain } from 'electron';
import { CHANNELS } from './channels.ts';
import { openLink } from './links.ts';
import { isOwnPage } from './page.ts';

type Sender = { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null };

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
 * is an error in the page, not a question for the person.
 */
export function answerRequests(
  current: () => BrowserWindow | null,
  connect: (contents: WebContents) => void,
): void {
  const handle = (
    channel: string,
    answer: (window: BrowserWindow, argument: unknown) => Promise<unknown>,
  ) => {
    ipcMain.handle(channel, async (event, argument: unknown) => {
      const window = current();
      if (!isTrusted(event, window)) throw new Error('Refused: the message does not come from the window.');
      return answer(window, argument);
    });
  };
  handle(CHANNELS.openFolder, (window) => chooseFolder(window));
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
  ipcMain.on(CHANNELS.wantPort, (event) => {
    const window = current();
    if (isTrusted(event, window)) connect(window.webContents);
  });
}

/** The system's dialog for a folder; null when it was closed without a choice. */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a folder',
    properties: ['openDirectory', 'showHiddenFiles'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
