import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Head } from '../../contract/vek.ts';
import { isLink } from '../storage/files.ts';
import { resolveInside } from '../storage/inside.ts';
import { limits } from '../storage/limits.ts';
import type { RepositoryPaths } from './paths.ts';
import { pythonNewlines, pythonStrip } from './python-text.ts';

type SmallFile = { readonly bytes: Uint8Array; readonly mtimeMs: number };

function readSmallFile(root: string, path: string): SmallFile | null | { readonly reason: string } {
  const inside = resolveInside(root, path);
  if (!inside.ok) {
    if (inside.error.kind === 'refused') return { reason: 'it is a link that leads out of the folder' };
    return inside.error.kind === 'not-found' && !isLink(path) ? null : { reason: inside.error.message };
  }
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return null;
    if (!stat.isFile()) return { reason: 'it is not a file' };
    if (stat.size > limits.headBytes)
      return { reason: `it has ${stat.size} bytes, far more than a name needs` };
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(limits.headBytes);
      const length = readSync(file, bytes, 0, bytes.length, 0);
      return { bytes: bytes.subarray(0, length), mtimeMs: stat.mtimeMs };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT') return null;
    if (error.code === 'EACCES' || error.code === 'EPERM') return { reason: 'this user may not read it' };
    return { reason: error.message };
  }
}

/** The branch a HEAD text names: white space stripped, one leading `ref: ` removed (formats/vek.md §1). */
export function branchOfHead(text: string): string {
  const stripped = pythonStrip(pythonNewlines(text));
  return stripped.startsWith('ref: ') ? stripped.slice(5) : stripped;
}

/** What HEAD says: always a branch name, never a hash, and the branch need not exist (formats/vek.md §1). */
export function readHead(paths: RepositoryPaths): Head {
  const file = readSmallFile(paths.root, paths.head);
  if (file === null) return { state: 'missing' };
  if ('reason' in file) return { state: 'unreadable', reason: file.reason };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.bytes);
  } catch {
    return { state: 'unreadable', reason: 'its bytes are not UTF-8 text' };
  }
  return { state: 'branch', branch: branchOfHead(text), text };
}

/** A recording session's lock. `stale`: so old that vek would delete it; `text` is what the file holds. */
export type HeadLock = { readonly sinceMicros: number; readonly stale: boolean; readonly text: string };

/** HEAD.lock, or null when no session runs. Its age goes by modification time, as in vek (formats/vek.md §1). */
export function readHeadLock(paths: RepositoryPaths, nowMs: number = Date.now()): HeadLock | null {
  const file = readSmallFile(paths.root, paths.headLock);
  if (file === null) return null;
  if ('reason' in file) return { sinceMicros: Math.round(nowMs * 1000), stale: false, text: '' };
  return {
    sinceMicros: Math.round(file.mtimeMs * 1000),
    stale: nowMs - file.mtimeMs > limits.headLockStaleSeconds * 1000,
    text: new TextDecoder().decode(file.bytes),
  };
}
