import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** What the command line asks for. `sample` is the bundled workspace. */
export type Wanted =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'sample' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'bad'; readonly message: string };

/**
 * Reads the arguments after the program's own: `[FOLDER] [--sample]`. Other switches belong to Chromium. `cwd` is
 * where the command was given, which for a second start is another folder than this process's.
 */
export function readArguments(args: readonly string[], cwd: string): Wanted {
  const folder = args.find((word) => !word.startsWith('-'));
  if (folder === undefined) return { kind: args.includes('--sample') ? 'sample' : 'welcome' };
  const path = resolve(cwd, folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return { kind: 'bad', message: `${path} is not a folder.` };
  }
  return { kind: 'folder', path };
}
