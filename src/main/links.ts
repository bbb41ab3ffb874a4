import { dialog, shell, type BrowserWindow } from 'electron';

/** A longer address can't be shown whole in a dialog, and what is not shown is not confirmed. */
const MAX_ADDRESS = 2_000;

/**
 * The whole address in ASCII when it may be opened: https, no name or password that could pose as a host, and short
 * enough to be read. A host in other scripts stands as it will be looked up (`xn--…`).
 */
export function openableLink(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href.length <= MAX_ADDRESS ? url.href : null;
}

let asking = false;

/**
 * Asks with the full address, then opens it in the person's browser. Refuses what `openableLink` does not pass, and
 * a second question while one is open.
 */
export async function openLink(window: BrowserWindow, text: string): Promise<void> {
  const address = openableLink(text);
  if (address === null)
    throw new Error('Only https addresses are opened, and none that is too long to be read.');
  if (asking) throw new Error('Another address is being asked about.');
  asking = true;
  try {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: `Open ${new URL(address).host} in the browser?`,
      detail: `${address}\n\nThe address comes from a record. Vekscope itself sends nothing.`,
      buttons: ['Cancel', 'Open'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 1) await shell.openExternal(address);
  } finally {
    asking = false;
  }
}
