import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type BigIntStats,
} from 'node:fs';
import { dirname } from 'node:path';
import { systemCode, withoutHardLinks, writeSynced } from '../../operations/files.ts';
import { exchangeExpected, exchangeFiles } from '../../storage/exchange.ts';
import { syncFolder } from '../../storage/replace.ts';

/**
 * A file to be changed, and two names in its folder. A new text is written under `writing` and renamed to `ready` when
 * it is on disk; what an exchange displaces comes to lie under `ready`. So after a crash what is left under `writing` is
 * never of others, and what is left under `ready` is always whole.
 */
export type SwapTarget = { readonly path: string; readonly writing: string; readonly ready: string };

export type SwapHost = {
  readonly probe: (point: string) => void;
  /** bytes of others that were displaced, before they are put back or given up for newer ones */
  readonly displaced: (bytes: Buffer) => void;
  /** a file with the bytes of a hash */
  readonly kept: (sha256: string) => string;
};

/** How often a file is looked at again that others write in the same moment. More in a few ms are not expected. */
const TURNS = 16;

/** What stands under a name; null: nothing. `sha256` is empty for what is no file. */
export type Standing = { readonly sha256: string; readonly bytes: Buffer; readonly stat: BigIntStats };

/** Reads what stands under a name, and follows no link. */
export function standing(path: string): Standing | null {
  for (let turn = 1; ; turn++) {
    let file: number;
    try {
      file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      const code = systemCode(error);
      if (code === 'ENOENT') return null;
      if (code !== 'ELOOP' && code !== 'EISDIR') throw error;
      const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      if (stat === undefined) return null;
      return { sha256: '', bytes: Buffer.alloc(0), stat };
    }
    try {
      const stat = fstatSync(file, { bigint: true });
      if (!stat.isFile()) return { sha256: '', bytes: Buffer.alloc(0), stat };
      const bytes = readFileSync(file);
      const after = fstatSync(file, { bigint: true });
      // written in place while it was read
      if (turn < TURNS && (after.mtimeNs !== stat.mtimeNs || after.size !== stat.size)) continue;
      return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes, stat };
    } finally {
      closeSync(file);
    }
  }
}

/**
 * Changes a file from one content to another, by compare-and-swap: false where something else stands there, and then
 * nothing of it is lost. A reader sees the old bytes or the new ones. `before` is a hash, null: no file; `after` null
 * removes the file; `mode`: of a file that is put back. Throws what the system says; then the file is as it was.
 */
export function swapFile(
  target: SwapTarget,
  before: string | null,
  after: Uint8Array | null,
  mode: number | null,
  host: SwapHost,
): boolean {
  const done =
    after === null
      ? before === null || takeAway(target, before, host)
      : before === null
        ? putNew(target, after, mode, host)
        : replace(target, before, after, host);
  syncFolder(dirname(target.path));
  return done;
}

function prepare({ writing, ready }: SwapTarget, bytes: Uint8Array, like: LikeFile, host: SwapHost): void {
  try {
    writeSynced(writing, bytes, like.mode === null ? 0o666 : 0o600);
    keepOwner(writing, like);
    if (like.mode !== null) chmodSync(writing, like.mode);
    host.probe('written');
    renameSync(writing, ready);
    host.probe('ready');
  } catch (error) {
    rmSync(writing, { force: true });
    throw error;
  }
}

type LikeFile = { readonly mode: number | null; readonly uid?: number; readonly gid?: number };

const modeOf = (stat: BigIntStats): number => Number(stat.mode) & 0o7777;

/** A file of another user stays that user's, or at least of that group, where the system lets us. */
function keepOwner(path: string, { uid, gid, mode }: LikeFile): void {
  if (uid === undefined || gid === undefined) return;
  const made = lstatSync(path);
  if (made.uid === uid && made.gid === gid) return;
  try {
    chownSync(path, uid, gid);
  } catch {
    try {
      chownSync(path, made.uid, gid);
    } catch (error) {
      // the owner may still read it where everyone may
      if (((mode ?? 0) & 0o004) === 0) throw error;
    }
  }
}

function replace(target: SwapTarget, before: string, after: Uint8Array, host: SwapHost): boolean {
  const { path, ready } = target;
  const found = standing(path);
  if (found?.sha256 !== before) return false;
  const { stat } = found;
  prepare(target, after, { mode: modeOf(stat), uid: Number(stat.uid), gid: Number(stat.gid) }, host);
  try {
    const now = standing(path);
    if (now?.sha256 !== before) return discard(ready);
    host.probe('compared');
    const { state, displaced } = exchangeExpected(ready, path, host.kept(before));
    if (state === 'changed') {
      for (const bytes of displaced) host.displaced(bytes);
      return discard(ready);
    }
    if (state === 'unsupported') {
      const last = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      if (last === undefined || !sameStat(last, now.stat)) return discard(ready);
      renameSync(ready, path);
    }
  } catch (error) {
    rmSync(ready, { force: true });
    throw error;
  }
  host.probe('exchanged');
  return !discard(ready);
}

function sameStat(a: BigIntStats, b: BigIntStats): boolean {
  return a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}

/** Removes a text of ours that is not used, or that was replaced; always false. A folder is none of ours, and stays. */
function discard(ready: string): false {
  if (lstatSync(ready, { throwIfNoEntry: false })?.isDirectory() !== true) rmSync(ready, { force: true });
  return false;
}

/**
 * After a crash between exchanging and looking: a text of others lies under `ready`. It goes back; if yet another one is
 * written meanwhile, that newer one does. `placed`: the hash of what was in the file when that text came there.
 */
export function giveBack({ path, ready }: SwapTarget, placed: string, host: SwapHost): false {
  let inFile = placed;
  for (let turn = 0; turn < TURNS; turn++) {
    const other = standing(ready);
    if (other === null) return false;
    if (other.sha256 !== '') host.displaced(other.bytes);
    host.probe('displaced');
    const put = exchangeFiles(ready, path);
    if (put === 'missing') {
      // it was removed meanwhile, which is the last word
      return other.sha256 === '' ? false : discard(ready);
    }
    if (put === 'unsupported') break;
    host.probe('given-back');
    const back = standing(ready);
    if (back === null || back.sha256 === inFile) return discard(ready);
    inFile = other.sha256;
  }
  const left = standing(ready);
  if (left !== null && left.sha256 !== '') {
    host.displaced(left.bytes);
    rmSync(ready, { force: true });
  }
  return false;
}

function putNew(target: SwapTarget, after: Uint8Array, mode: number | null, host: SwapHost): boolean {
  const { path, ready } = target;
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return false;
  prepare(target, after, { mode }, host);
  try {
    host.probe('compared');
    if (!linkNew(ready, path)) return discard(ready);
  } catch (error) {
    rmSync(ready, { force: true });
    throw error;
  }
  host.probe('exchanged');
  return !discard(ready);
}

/** Gives a whole file a name that nothing has; false where something has it. */
function linkNew(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return false;
    if (!withoutHardLinks(code)) throw error;
    if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) return false;
    renameSync(from, to);
    return true;
  }
}

function takeAway({ path, ready }: SwapTarget, before: string, host: SwapHost): boolean {
  if (standing(path)?.sha256 !== before) return false;
  host.probe('compared');
  try {
    renameSync(path, ready);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
  host.probe('exchanged');
  const taken = standing(ready);
  if (taken?.sha256 === before) return !discard(ready);
  putBack({ path, ready }, host);
  return false;
}

/** Puts a file of others back that was taken away; a newer one that stands there by now stays. */
export function putBack({ path, ready }: Pick<SwapTarget, 'path' | 'ready'>, host: SwapHost): void {
  const taken = standing(ready);
  if (taken === null) return;
  if (taken.sha256 === '') {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) renameSync(ready, path);
    return;
  }
  host.displaced(taken.bytes);
  linkNew(ready, path);
  rmSync(ready, { force: true });
}
