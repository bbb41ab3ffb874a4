import { mkdirSync, rmSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../../operations/files.ts';
import type { Result } from '../../result.ts';
import { syncFolder } from '../../storage/replace.ts';
import type { EditContext } from '../edit/context.ts';
import { appendSeen, readEdits, readSeen } from './journal.ts';
import type { EditFile } from './lines.ts';
import { keepObject, objectPath, readObject, sha256Of } from './objects.ts';
import { writePlace } from './place.ts';
import type { EditStore } from './store.ts';
import { giveBack, putBack, standing, swapFile, type SwapHost, type SwapTarget } from './swap.ts';

/** One file of a write, and where it lies. */
export type FileTask = { readonly file: EditFile; readonly path: string; readonly target: SwapTarget };

/** A file of a record as it can be written now; a failure where its place is no longer ours to write. */
export function taskOf(ctx: EditContext, path: string, file: EditFile): Result<FileTask> {
  const place = writePlace(ctx.folder.root, path);
  if (!place.ok) return place;
  const folder = dirname(place.value.real);
  const target = {
    path: place.value.real,
    writing: join(folder, file.writing),
    ready: join(folder, file.ready),
  };
  return { ok: true, value: { file, path, target } };
}

/** What a swap tells us: its steps, and bytes of others that it displaced, which are kept at once. */
export function swapHost(ctx: EditContext, store: EditStore, file: EditFile, step: string): SwapHost {
  return {
    probe: (point) => ctx.probe?.(`${step}-${point}`),
    displaced: (bytes) => noteText(ctx, store, file.path, bytes, null),
    kept: (sha256) => objectPath(store.objects, sha256),
  };
}

/** The hash that a file had last as far as anybody noted; undefined: nothing is known. */
export function lastKnown(
  store: EditStore,
  stored: string,
): { readonly sha256: string | null; readonly micros: number } | undefined {
  const edits = readEdits(store);
  const seen = readSeen(store);
  let last: { sha256: string | null; micros: number } | undefined;
  for (const { begin, done } of edits.ok ? edits.value.entries : []) {
    if (done?.outcome !== 'done' && done?.outcome !== 'completed') continue;
    for (const { path, after } of begin.files)
      if (path === stored) last = { sha256: after, micros: begin.atMicros };
  }
  for (const { path, sha256, micros } of seen.ok ? seen.value : [])
    if (path === stored && (last === undefined || micros >= last.micros)) last = { sha256, micros };
  return last;
}

/**
 * Notes a text that others wrote into a file, unless it is what the file had last. `modified`: the time of the file, which
 * counts where it is after what is known. Under the lock of the store.
 */
export function noteText(
  ctx: EditContext,
  store: EditStore,
  stored: string,
  bytes: Uint8Array | null,
  modified: number | null,
): void {
  const sha256 = bytes === null ? null : sha256Of(bytes);
  const last = lastKnown(store, stored);
  if (last?.sha256 === sha256 || (last === undefined && sha256 === null)) return;
  if (bytes !== null) keepObject(store.objects, bytes);
  const after = last === undefined || (modified ?? 0) > last.micros;
  const micros = modified !== null && after ? modified : Math.max(ctx.nowMicros(), (last?.micros ?? 0) + 1);
  appendSeen(store, { v: 1, path: stored, sha256, micros });
}

/** Makes the folders that a file needs. */
export function makeFolders(task: FileTask): void {
  const made = mkdirSync(dirname(task.target.path), { recursive: true });
  if (made !== undefined) syncFolder(dirname(made));
}

/** Removes folders that a write had made, the innermost first, where they are empty again. */
export function removeFolders(ctx: EditContext, store: EditStore, folders: readonly string[]): void {
  for (const folder of folders.toSorted((a, b) => b.length - a.length)) {
    const shown = store.shown(folder);
    const place = shown === null ? null : writePlace(ctx.folder.root, shown);
    if (place?.ok !== true) continue;
    try {
      rmdirSync(place.value.real);
      syncFolder(dirname(place.value.real));
    } catch (error) {
      if (systemCode(error) === null) throw error;
    }
  }
}

/** Where a file of a write stands: as before, as after, or as another made it. */
export type FileStand = 'before' | 'after' | 'other';

export function standOf({ file, target }: FileTask): FileStand {
  const sha256 = standing(target.path)?.sha256 ?? null;
  return sha256 === file.after ? 'after' : sha256 === file.before ? 'before' : 'other';
}

/** Puts the former text of a file back, unless another changed it since. Throws what the system says. */
export function revert(ctx: EditContext, store: EditStore, task: FileTask): FileStand {
  const { file, target } = task;
  const stands = standOf(task);
  if (stands !== 'after' || file.before === file.after) return stands;
  const former = file.before === null ? null : readObject(store.objects, file.before);
  if (former !== null && !former.ok) return 'after';
  const host = swapHost(ctx, store, file, 'back');
  const bytes = former === null ? null : former.value;
  return swapFile(target, file.after, bytes, file.mode, host) ? 'before' : standOf(task);
}

/**
 * Clears what a crash left under the two names of a file. Where it is of others, the one that was written last goes into the
 * file: each was noted when it was displaced, so the order is known. `since`: when the write began.
 */
export function clearNames(ctx: EditContext, store: EditStore, task: FileTask, since: number): void {
  const { file, target } = task;
  rmSync(target.writing, { force: true });
  const left = standing(target.ready);
  if (left === null) return;
  const ours = (sha256: string | null): boolean => sha256 === file.before || sha256 === file.after;
  if (left.sha256 !== '' && ours(left.sha256)) {
    rmSync(target.ready, { force: true });
    return;
  }
  const host = swapHost(ctx, store, file, 'clear');
  const inFile = standing(target.path)?.sha256 ?? null;
  const noted = notedSince(store, file.path, since);
  const turn = (sha256: string | null): number => {
    const at = noted.lastIndexOf(sha256 ?? '');
    return at === -1 ? Infinity : at;
  };
  if (ours(inFile) || turn(inFile) < turn(left.sha256)) {
    if (inFile === null) putBack(target, host);
    else giveBack(target, inFile, host);
  } else if (left.sha256 !== '') {
    host.displaced(left.bytes);
    rmSync(target.ready, { force: true });
  }
}

/** Hashes of what others wrote into a file since a moment, in the order in which it was noted. */
function notedSince(store: EditStore, stored: string, since: number): readonly string[] {
  const seen = readSeen(store);
  if (!seen.ok) return [];
  return seen.value.flatMap(({ path, sha256, micros }) =>
    path === stored && micros >= since && sha256 !== null ? [sha256] : [],
  );
}
