import type { Result } from '../../contract/failure.ts';

/** What only a desktop window can do. `null` members say that this host can't; views then explain instead. */
export type Capabilities = {
  readonly platform: string;
  /** asks for a folder; null in a browser, where the server's folders are listed instead */
  readonly openFolder: (() => Promise<string | null>) | null;
  readonly reveal: ((path: string) => Promise<void>) | null;
  /** the path of a dropped file, where the host may know it */
  readonly pathOfFile: ((file: File) => string) | null;
};

export const capabilities: Capabilities = {
  platform: window.vekscopeHost?.platform ?? 'browser',
  openFolder: window.vekscopeHost?.openFolder ?? null,
  reveal: window.vekscopeHost?.reveal ?? null,
  pathOfFile: window.vekscopeHost?.pathOfFile ?? null,
};

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
