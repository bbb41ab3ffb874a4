import type { LogFile } from '../../contract/workspace.ts';
import { toast, toastFailure } from '../state/toasts.ts';
import { capabilities, copyText } from './capabilities.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

async function readLog(): Promise<LogFile | null> {
  const log = await attempt(api.app.logFile());
  if (log.ok) return log.value;
  toastFailure(log.error);
  return null;
}

/** Copies the end of the log with what a report needs to know of program and machine. */
export async function copyLog(): Promise<void> {
  const log = await readLog();
  if (log === null) return;
  const copied = await copyText(`${log.about}\n${navigator.userAgent}\n\n${log.text}`);
  if (copied.ok) {
    toast({
      kind: 'done',
      title: 'The log was copied',
      text: 'It holds events, counts and versions, no contents, names or paths of stores.',
    });
  } else {
    toastFailure(copied.error);
  }
}

/** Shows the log in the file manager where the host can; else says where it is. */
export async function showLog(): Promise<void> {
  const log = await readLog();
  if (log === null) return;
  if (capabilities.reveal !== null) {
    await capabilities.reveal(log.path);
    return;
  }
  toast({
    kind: 'note',
    title: 'The log is a file on the machine that Vekscope runs on',
    text: log.path,
    stay: true,
    action: { label: 'Copy path', run: () => void copyText(log.path) },
  });
}
