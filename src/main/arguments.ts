import { statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { looksLikeLink, parseLink } from '../contract/link.ts';

/** What the command line asks for. `sample` is the bundled workspace; a file stands for the store it lies in. */
export type Wanted =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'sample' }
  | { readonly kind: 'version' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'link'; readonly link: string; readonly folder: string }
  | { readonly kind: 'bad'; readonly message: string; readonly hint: string };

/** The arguments after the program's own, and the folder in which the command was given. */
export type Call = { readonly args: readonly string[]; readonly cwd: string };

/** Reads `[FOLDER | LINK] [--sample] [--version]`. Other switches belong to Chromium; `--` ends them. */
export function readArguments({ args, cwd }: Call): Wanted {
  const end = args.indexOf('--');
  const switches = end === -1 ? args : args.slice(0, end);
  const words = [
    ...switches.filter((word) => !word.startsWith('-')),
    ...(end === -1 ? [] : args.slice(end + 1)),
  ].filter((word) => word !== '');
  if (switches.includes('--version')) return { kind: 'version' };
  const [first] = words;
  if (first === undefined) return { kind: switches.includes('--sample') ? 'sample' : 'welcome' };
  if (words.length > 1) {
    return {
      kind: 'bad',
      message: `One folder can be opened, not ${words.length}.`,
      hint: 'Name one; put a name with blanks in quotes.',
    };
  }
  if (looksLikeLink(first)) return readLink(first);
  return readPath(resolve(cwd, first));
}

/** What a path that the system or a person names stands for. */
export function readPath(path: string): Wanted {
  let stat: Stats | undefined;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return {
      kind: 'bad',
      message: `${path} can't be looked at.`,
      hint: `Check that you may read it, and its name. The system says: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (stat === undefined) {
    return { kind: 'bad', message: `${path} is not there.`, hint: 'Name a folder that exists.' };
  }
  if (!stat.isDirectory() && !stat.isFile()) {
    return {
      kind: 'bad',
      message: `${path} is neither a folder nor a file.`,
      hint: 'Name a folder that holds .vek.',
    };
  }
  return { kind: 'folder', path };
}

/** A link to a call that the system hands over; any page of a browser can make one. */
export function readLink(link: string): Wanted {
  const target = parseLink(link);
  if (target === null) {
    return {
      kind: 'bad',
      message: 'The address is not a whole link to a call.',
      hint: 'Copy it again with “Copy link”: it has the folder, a # and 64 digits.',
    };
  }
  // a network path would make Windows sign in to a stranger's server
  if (/^[\\/]{2}/.test(target.path)) {
    return {
      kind: 'bad',
      message: 'The link leads to another machine.',
      hint: 'Open its folder yourself if you trust it.',
    };
  }
  // the person is asked about the folder by its name, which must not add lines to the question nor turn it around
  if (HIDDEN.test(target.path)) {
    return {
      kind: 'bad',
      message: 'The link names a folder with signs that can’t be shown.',
      hint: 'Open its folder yourself if you trust it.',
    };
  }
  return { kind: 'link', link, folder: target.path };
}

const HIDDEN = /[\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/u;

/** A call that a second start handed over; null when it is none, for any program of the person can send one. */
export function readCall(data: unknown): Call | null {
  if (typeof data !== 'object' || data === null) return null;
  const { args, cwd } = data as Record<string, unknown>;
  if (typeof cwd !== 'string' || !Array.isArray(args)) return null;
  return args.every((word) => typeof word === 'string') ? { args, cwd } : null;
}

/** Switches by which another program could look into this one, or take its guards away. */
const REFUSED = new Set([
  'inspect',
  'inspect-brk',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-file-access-from-files',
  'load-extension',
  'host-rules',
  'js-flags',
  'log-net-log',
]);

/** The first of `args` that the shipped program does not take; null when there is none. */
export function refusedSwitch(args: readonly string[]): string | null {
  const names = args.flatMap((word) => /^--?([a-z-]+)/.exec(word)?.[1] ?? []);
  return names.find((name) => REFUSED.has(name)) ?? null;
}
