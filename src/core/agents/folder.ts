import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import type { FileFinding } from '../../contract/agent-files.ts';
import { compareCodePoints } from '../json/tree.ts';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { resolveInside } from '../storage/inside.ts';
import { limits } from '../storage/limits.ts';
import type { AgentsRoot } from './places.ts';

/** A file of an agent folder as it stands. `text` has its own line ends; null where `noText` says why. */
export type FolderFile = {
  readonly path: string;
  readonly text: string | null;
  readonly noText: string | null;
  /** where it is no text of ours: the text with what is no UTF-8 replaced, as the runtime sends some files */
  readonly replaced: string | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly modifiedMicros: number;
  readonly lineEnds: 'lf' | 'crlf' | 'mixed' | 'none';
  readonly findings: readonly FileFinding[];
};

/** An entry of a folder. `refused`: a link that leads out or nowhere; `why` says so. */
export type FolderEntry = {
  readonly name: string;
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'refused';
  readonly bytes: number;
  readonly modifiedMicros: number;
  readonly why: string | null;
};

/**
 * Reads what lies in an opened root. Paths are below the root with `/`; of an agent that was opened alone the shared
 * files are `../policy.md` and so on. A file is read again only when `stat` says that it changed.
 */
export type AgentFolder = {
  readonly root: AgentsRoot;
  text(path: string): Result<FolderFile>;
  /** by name, in the order of code points; a missing folder is an empty list */
  list(path: string): Result<readonly FolderEntry[]>;
  /** whether a file or folder is there that may be read */
  has(path: string): boolean;
  isFile(path: string): boolean;
  /** forgets what was read of these paths, or of all */
  refresh(changed?: readonly string[]): void;
  /** the path of an agent's file below the root */
  pathOf(agent: string, file: string): string;
  /** the path of a file that holds for all agents; null where there is no such place */
  sharedPath(file: string): string | null;
};

/** Milliseconds for which the real path of a folder is taken for known: one answer asks for hundreds of its files. */
const FOLDER_MS = 100;

type Kept = { readonly signature: string; readonly file: FolderFile };

/** What of the folder above an agent that was opened alone may be read. */
const above =
  /^\.\.\/(?:policy\.md|targets\.md|targets\.override\.md|judges\.md|mandates\.md|\.personas(?:\/|$)|_console(?:\/|$))/;

/** Whose folder a path lies in, and the rest of it; links are not followed yet. */
export function withinRoot(root: AgentsRoot, path: string): Result<readonly [home: string, rest: string]> {
  if (path.includes('\0')) return fail('refused', 'The path holds a NUL.', 'Ask for a file of the folder.');
  if (path.startsWith('../')) {
    const rest = path.slice(3);
    if (root.single === null || root.shared === null || !above.test(path) || hasDots(rest))
      return outside(path);
    return ok([root.shared, rest]);
  }
  return path.startsWith('/') || hasDots(path) ? outside(path) : ok([root.path, path]);
}

/** Opens a root for reading. Nothing is kept open and nothing is written. */
export function openFolder(root: AgentsRoot): AgentFolder {
  const kept = new Map<string, Kept>();
  const folders = new Map<string, { readonly real: Result<string>; readonly at: number }>();

  /** The real path of a folder, which lies in the root. */
  const realFolder = (home: string, path: string): Result<string> => {
    const key = `${home}\0${path}`;
    const known = folders.get(key);
    const now = performance.now();
    if (known !== undefined && now - known.at < FOLDER_MS) return known.real;
    const real = resolveInside(home, path === '' ? home : join(home, path));
    folders.set(key, { real, at: now });
    return real;
  };

  /** Where a path leads, and its state; null: nothing is there. */
  const place = (path: string): Result<Place | null> => {
    const at = withinRoot(root, path);
    if (!at.ok) return at;
    const [home, rest] = at.value;
    const slash = rest.lastIndexOf('/');
    const folder = realFolder(home, slash === -1 ? '' : rest.slice(0, slash));
    if (!folder.ok) return folder.error.kind === 'not-found' ? ok(null) : folder;
    return placeIn(folder.value, rest.slice(slash + 1), home);
  };

  const text = (path: string): Result<FolderFile> => {
    const found = place(path);
    if (!found.ok) return found;
    if (found.value === null) return missing(path);
    const { real, stat } = found.value;
    try {
      if (!stat.isFile()) return fail('bad-request', `${path} is no file.`, 'Ask for a file.');
      const signature = `${real}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
      const before = kept.get(path);
      if (before?.signature === signature) return ok(before.file);
      const file = readFile(path, real, Number(stat.size), Number(stat.mtimeNs / 1000n));
      kept.set(path, { signature, file });
      return ok(file);
    } catch (error) {
      kept.delete(path);
      return systemFailure(error, path);
    }
  };

  const list = (path: string): Result<readonly FolderEntry[]> => {
    const at = withinRoot(root, path === '' ? '.' : path);
    if (!at.ok) return at;
    const [home, rest] = at.value;
    const real = realFolder(home, rest === '.' ? '' : rest);
    if (!real.ok) return real.error.kind === 'not-found' ? ok([]) : real;
    try {
      if (statSync(real.value, { throwIfNoEntry: false })?.isDirectory() !== true) return ok([]);
      const names = readdirSync(real.value).sort(compareCodePoints);
      const below = (name: string): string => (path === '' ? name : `${path}/${name}`);
      const entries = names
        .slice(0, limits.agentFolderEntries)
        .map((name) => entryOf(below(name), name, placeIn(real.value, name, home)));
      if (names.length > entries.length) {
        const why = `The folder has ${names.length} entries; the first ${entries.length} by name are read.`;
        entries.push(refused('…', below('…'), why));
      }
      return ok(entries);
    } catch (error) {
      return systemFailure(error, path);
    }
  };

  const kindOf = (path: string): 'file' | 'folder' | null => {
    const found = place(path === '' ? '.' : path);
    if (!found.ok || found.value === null) return null;
    const { stat } = found.value;
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : null;
  };

  return {
    root,
    text,
    list,
    has: (path) => kindOf(path) !== null,
    isFile: (path) => kindOf(path) === 'file',
    refresh: (changed) => {
      folders.clear();
      if (changed === undefined) kept.clear();
      else for (const path of changed) kept.delete(path);
    },
    pathOf: (agent, file) => (root.single === agent ? file : file === '' ? agent : `${agent}/${file}`),
    sharedPath: (file) => (root.shared === null ? null : root.single === null ? file : `../${file}`),
  };
}

function hasDots(path: string): boolean {
  return path.split(/[/\\]/).includes('..');
}

function outside(path: string): Result<never> {
  return fail('refused', `${path} is not below the opened folder.`, 'Open the folder it lies in instead.');
}

function missing(path: string): Result<never> {
  return fail('not-found', `${path} is not there.`, 'It may have been moved or deleted meanwhile.');
}

type Place = { readonly real: string; readonly stat: BigIntStats };

/** What stands under a name in a real folder of the root. A link must not lead out. */
function placeIn(folder: string, name: string, home: string): Result<Place | null> {
  const path = name === '.' || name === '' ? folder : join(folder, name);
  try {
    const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) return ok(null);
    if (!stat.isSymbolicLink()) return ok({ real: path, stat });
    const real = resolveInside(home, path);
    if (!real.ok) return real;
    const behind = statSync(real.value, { bigint: true, throwIfNoEntry: false });
    return ok(behind === undefined ? null : { real: real.value, stat: behind });
  } catch (error) {
    return systemFailure(error, path);
  }
}

function refused(name: string, path: string, why: string): FolderEntry {
  return { name, path, kind: 'refused', bytes: 0, modifiedMicros: 0, why };
}

function entryOf(path: string, name: string, found: Result<Place | null>): FolderEntry {
  if (!found.ok) return refused(name, path, found.error.message);
  if (found.value === null) return refused(name, path, 'It is gone, or a link that leads nowhere.');
  const { stat } = found.value;
  const kind = stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'refused';
  if (kind === 'refused') return refused(name, path, 'It is neither a file nor a folder.');
  return {
    name,
    path,
    kind,
    bytes: Number(stat.size),
    modifiedMicros: Number(stat.mtimeNs / 1000n),
    why: null,
  };
}

function readFile(path: string, real: string, size: number, modifiedMicros: number): FolderFile {
  const base = { path, bytes: size, modifiedMicros };
  if (size > limits.agentFileBytes) {
    const why = `It has ${size} bytes, more than the ${limits.agentFileBytes} that are shown.`;
    const sha256 = size > limits.agentDigestBytes ? '' : digestOf(real);
    return {
      ...base,
      text: null,
      noText: why,
      replaced: null,
      sha256,
      lineEnds: 'none',
      findings: [notice(why)],
    };
  }
  return fileOfBytes(path, readFileSync(real), modifiedMicros);
}

/** A file that holds these bytes, up to the size that is read as text. */
export function fileOfBytes(path: string, bytes: Buffer, modifiedMicros: number): FolderFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const read = { path, bytes: bytes.length, modifiedMicros, sha256 };
  if (bytes.includes(0)) {
    const why = 'It holds NUL bytes: no text.';
    return {
      ...read,
      text: null,
      noText: why,
      replaced: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
      lineEnds: 'none',
      findings: [],
    };
  }
  const text = utf8(bytes);
  if (text === null) {
    const at = badByte(bytes);
    const why = `It is not UTF-8: the byte at ${at.offset} (line ${at.line}) begins no character.`;
    const finding: FileFinding = {
      severity: 'error',
      message: why,
      hint: 'Save it as UTF-8; the runtime reads nothing else.',
      line: at.line,
    };
    return {
      ...read,
      text: null,
      noText: why,
      replaced: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
      lineEnds: 'none',
      findings: [finding],
    };
  }
  const lineEnds = lineEndsOf(text);
  return { ...read, text, noText: null, replaced: null, lineEnds, findings: findingsOf(text, lineEnds) };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Where the longest readable beginning ends. */
function badByte(bytes: Uint8Array): { readonly offset: number; readonly line: number } {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      decoder.decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  // a beginning may end within a character that never ends
  while (low > 0 && utf8(bytes.subarray(0, low)) === null) low--;
  let line = 1;
  for (let i = 0; i < low; i++) if (bytes[i] === 0x0a) line++;
  return { offset: low, line };
}

function digestOf(real: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(1024 * 1024);
  const file = openSync(real, 'r');
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

function lineEndsOf(text: string): FolderFile['lineEnds'] {
  const crlf = text.includes('\r\n');
  const lf = /(?<!\r)\n/.test(text);
  if (crlf && lf) return 'mixed';
  return crlf ? 'crlf' : lf ? 'lf' : 'none';
}

function findingsOf(text: string, lineEnds: FolderFile['lineEnds']): readonly FileFinding[] {
  const findings: FileFinding[] = [];
  if (text.startsWith('\uFEFF')) {
    findings.push({
      severity: 'warning',
      message: 'It begins with a BOM, which hides a header from the runtime.',
      hint: 'Save it as UTF-8 without BOM.',
      line: 1,
    });
  }
  if (lineEnds === 'mixed') findings.push(notice('Some lines end with CRLF and some with LF.'));
  return findings;
}

function notice(message: string): FileFinding {
  return { severity: 'notice', message, hint: '', line: null };
}
