import type { Result } from '../../contract/failure.ts';
import { toastFailure } from '../state/toasts.ts';

/** What only a desktop window can do. `null` members say that this host can't; views then explain instead. */
export type Capabilities = {
  readonly platform: string;
  /** asks for a folder, and says so where the system can't; null in a browser, where the server's folders are listed instead */
  readonly openFolder: (() => Promise<string | null>) | null;
  /** asks for the file of a ledger; null in a browser, where its path is typed instead */
  readonly openFile: (() => Promise<string | null>) | null;
  readonly reveal: ((path: string) => Promise<void>) | null;
  /** the path of a dropped file, where the host may know it */
  readonly pathOfFile: ((file: File) => string) | null;
};

const host = window.vekscopeHost;

export const capabilities: Capabilities = {
  platform: host?.platform ?? 'browser',
  openFolder: host === undefined ? null : () => host.openFolder().catch(noDialog),
  openFile: host === undefined ? null : () => host.openFile().catch(noDialog),
  reveal: host === undefined ? null : (path) => host.reveal(path).catch((error) => notShown(path, error)),
  pathOfFile: host?.pathOfFile ?? null,
};

function noDialog(error: unknown): null {
  toastFailure({
    kind: 'io',
    message: 'The system did not show its dialog.',
    hint: 'Drop the folder or file on the window, or start Vekscope with it.',
    detail: String(error),
  });
  return null;
}

function notShown(path: string, error: unknown): void {
  toastFailure({
    kind: 'io',
    message: `${path} was not shown in the file manager.`,
    hint: 'It may be gone, or on another machine. Look for it there yourself.',
    detail: String(error),
  });
}

/** Copies text; a refusal of the system is a failure value. */
export async function copyText(text: string): Promise<Result<null>> {
  try {
    await navigator.clipboard.writeText(text);
    return { ok: true, value: null };
  } catch (error) {
    return {
      ok: false,
      error: {
        kind: 'io',
        message: 'The system did not let Vekscope copy.',
        hint: 'Select the text and copy it with the keyboard.',
        detail: String(error),
      },
    };
  }
}
