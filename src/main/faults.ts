import { app, dialog, type BrowserWindow } from 'electron';
import type { Log } from '../core/log/log.ts';

/** What can be done after a part of the program stopped. */
export type Remedies = {
  readonly window: () => BrowserWindow | null;
  readonly startEngine: () => void;
  readonly quit: () => void;
  readonly log: Log;
};

/** A part that stops this often within a minute is not started again unasked. */
const MOST_IN_A_MINUTE = 3;
const MINUTE_MS = 60_000;

/** The engine ended without being stopped: it is started again, and the person asked when it keeps ending. */
export function engineFaults({
  window,
  startEngine,
  quit,
  log,
}: Remedies): (reason: string) => Promise<void> {
  let ends: readonly number[] = [];
  return async (reason) => {
    log.write('error', 'engine-ended', { reason: reason.replaceAll(' ', '-') });
    const now = Date.now();
    ends = [...ends.filter((at) => now - at < MINUTE_MS), now];
    const shown = window();
    if (shown === null) return;
    if (ends.length <= MOST_IN_A_MINUTE) {
      startEngine();
      return;
    }
    ends = [];
    const choice = await ask(shown, {
      message: 'The engine keeps stopping.',
      detail: `Nothing is shown until it runs again; no store was changed by this. It ended with ${reason}. Help, Show the log file has what a report needs.`,
      buttons: ['Start it again', 'Quit'],
    });
    if (choice === 0) startEngine();
    else quit();
  };
}

/** Watches the page's process, and asks the person where it stopped or does not answer. */
export function watchPage(window: BrowserWindow, { quit, log }: Remedies): void {
  const { webContents } = window;
  let crashes: readonly number[] = [];
  let asking = false;
  webContents.on('render-process-gone', async (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.write('error', 'page-gone', { reason, exitCode });
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < MINUTE_MS), now];
    const often = crashes.length > MOST_IN_A_MINUTE;
    const choice = await ask(window, {
      message: often ? 'The window keeps stopping.' : 'The window stopped.',
      detail: `Its layout was kept, and no store was changed by this (${reason}).`,
      buttons: ['Show it again', 'Quit'],
    });
    if (choice === 0 && !window.isDestroyed()) webContents.reload();
    else quit();
  });
  window.on('unresponsive', async () => {
    if (asking) return;
    asking = true;
    log.write('warn', 'page-unresponsive');
    const choice = await ask(window, {
      message: 'The window does not answer.',
      detail: 'It may be busy with something large. Loading it again loses nothing that was written.',
      buttons: ['Wait', 'Load it again'],
    });
    asking = false;
    if (choice === 1 && !window.isDestroyed()) webContents.reload();
  });
}

/** Notes what else of Chromium stopped; it is started again by Chromium itself. */
export function watchHelpers(log: Log): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit')
      log.write('warn', 'helper-gone', { type: type.replaceAll(' ', '-'), reason, exitCode });
  });
}

async function ask(
  window: BrowserWindow,
  question: { message: string; detail: string; buttons: string[] },
): Promise<number> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    ...question,
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response;
}
