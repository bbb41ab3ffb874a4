import type { BrowserWindow } from 'electron';
import { CHANNELS } from './channels.ts';

/** A page that does not answer must not keep its window open. */
const SAVE_MS = 1_500;

/** How the page says that it has kept what it had to keep. */
export type Closing = { readonly saved: () => void };

/** Lets the page keep its layout before the window closes. `whenClosed` runs after, also where a quit had to wait. */
export function saveBeforeClosing(window: BrowserWindow): Closing {
  let state: 'open' | 'saving' | 'saved' = 'open';
  let late: NodeJS.Timeout | undefined;
  const finish = () => {
    if (state !== 'saving') return;
    clearTimeout(late);
    state = 'saved';
    if (!window.isDestroyed()) window.close();
  };
  window.on('close', (event) => {
    if (state === 'saved' || window.webContents.isCrashed()) return;
    event.preventDefault();
    if (state === 'saving') return;
    state = 'saving';
    late = setTimeout(finish, SAVE_MS);
    window.webContents.send(CHANNELS.save);
  });
  return { saved: finish };
}
