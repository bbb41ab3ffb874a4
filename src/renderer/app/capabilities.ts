import type { Result } from '../../contract/failure.ts';
import { EXPORT_PATH, type HostBridge } from '../../contract/host.ts';
import { toastFailure } from '../state/toasts.ts';

/** A file that the engine made, by its id; `place`: where the person wants it, if that was asked. */
export type MadeFile = { readonly id: string; readonly name: string; readonly place: string | null };

/** What only a desktop window can do. `null` members say that this host can't; views then explain instead. */
export type Capabilities = {
  readonly platform: string;
  /** asks for a folder, and says so where the system can't; null in a browser, where the server's folders are listed instead */
  readonly openFolder: (() => Promise<string | null>) | null;
  /** asks for the file of a ledger; null in a browser, where its path is typed instead */
  readonly openFile: (() => Promise<string | null>) | null;
  /** asks where a file is to be saved; what stands for the place. Null in a browser, which asks itself */
  readonly saveAs: ((name: string) => Promise<string | null>) | null;
  /** hands over a file that the engine made: to the place chosen before, or as a download of the browser. The path where it is known */
  readonly handOver: (file: MadeFile) => Promise<Result<string | null>>;
  readonly reveal: ((path: string) => Promise<void>) | null;
  /** the path of a dropped file, where the host may know it */
  readonly pathOfFile: ((file: File) => string) | null;
};

const host = window.vekscopeHost;

export const capabilities: Capabilities = {
  platform: host?.platform ?? 'browser',
  openFolder: host === undefined ? null : () => host.openFolder().catch(noDialog),
  openFile: host === undefined ? null : () => host.openFile().catch(noDialog),
  saveAs: host?.saveAs === undefined ? null : (name) => host.saveAs!(name).catch(noDialog),
  handOver: (file) => (host?.keepExport === undefined ? download(file) : keep(host.keepExport, file)),
  reveal: host === undefined ? null : (path) => host.reveal(path).catch((error) => notShown(path, error)),
  pathOfFile: host?.pathOfFile ?? null,
};

async function keep(
  keepExport: NonNullable<HostBridge['keepExport']>,
  { id, place }: MadeFile,
): Promise<Result<string>> {
  try {
    return await keepExport(place ?? '', id);
  } catch (error) {
    return {
      ok: false,
      error: {
        kind: 'io',
        message: 'The file was made and could not be put where you want it.',
        hint: 'Try again, and choose the place anew.',
        detail: String(error),
      },
    };
  }
}

function download({ id, name }: MadeFile): Promise<Result<null>> {
  const link = document.createElement('a');
  link.href = `${EXPORT_PATH}${id}?name=${encodeURIComponent(name)}`;
  link.download = name;
  link.click();
  return Promise.resolve({ ok: true, value: null });
}

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
