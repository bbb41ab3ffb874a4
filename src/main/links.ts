import { dialog, shell, type BrowserWindow } from 'electron';

/** The whole address in ASCII when it may be opened: https, and no name or password that could pose as a host. */
export function openableLink(text: string): string | null {
  let url;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href;
}

/** Asks with the full address, then opens it in the person's browser. Refuses what `openableLink` does not pass. */
export async function openLink(window: BrowserWindow, text: string): Promise<void> {
  const address = openableLink(text);
  if (address === null) throw new Error('Only https addresses are opened.');
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Open this address in the browser?',
    detail: address,
    buttons: ['Cancel', 'Open'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await shell.openExternal(address);
}
