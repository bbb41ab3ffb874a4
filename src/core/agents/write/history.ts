import type { FileEdit, FileVersion } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';
import { coveredText } from '../edit/secrets.ts';
import { agentVersions } from './agent-versions.ts';
import { readEdits, readSeen } from './journal.ts';
import { objectSize, readObject } from './objects.ts';
import { writePlace } from './place.ts';
import { hashOf, tookEffect } from './record.ts';
import { settlePending } from './recover.ts';
import { lastKnown, noteText } from './steps.ts';
import { editStore, withStoreLock, type EditStore } from './store.ts';
import { standing } from './swap.ts';
import { noText, utf8 } from './texts.ts';

type Entry = Omit<FileVersion, 'current' | 'kept' | 'bytes'> & {
  readonly bytes: number | null;
  /** the path of the agent's own copy */
  readonly copy: string | null;
};

const SEEN = 'Written by another program';

/** Every text that a file is known to have had, newest first. */
export function fileHistory(ctx: EditContext, path: string): Result<readonly FileVersion[]> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const known = entriesOf(ctx, store.value, path);
  if (!known.ok) return known;
  const now = hashOf(ctx, path);
  let marked = false;
  const versions = known.value.map((entry): FileVersion => {
    const { sha256, atMicros, how, edit, title, label, copy } = entry;
    const current = !marked && sha256 === now;
    if (current) marked = true;
    const size = sha256 === null ? null : objectSize(store.value.objects, sha256);
    const kept = size !== null || copy !== null || (sha256 !== null && sha256 === now);
    const bytes = size ?? entry.bytes;
    return { sha256, atMicros, bytes, how, edit, title, label, current, kept };
  });
  return ok(versions);
}

/** What is known of a file, newest first; neighbours with the same text are one entry, the one that says most. */
function entriesOf(ctx: EditContext, store: EditStore, path: string): Result<readonly Entry[]> {
  const edits = readEdits(store);
  if (!edits.ok) return edits;
  const seen = readSeen(store);
  if (!seen.ok) return seen;
  const stored = store.stored(path);
  const entries: Entry[] = [];
  for (const entry of edits.value.entries) {
    if (!tookEffect(entry)) continue;
    const { id, atMicros, title, label, files } = entry.begin;
    for (const file of files) {
      if (file.path !== stored || file.before === file.after) continue;
      entries.push({
        sha256: file.after,
        atMicros,
        how: 'saved',
        edit: id,
        title,
        label,
        bytes: null,
        copy: null,
      });
    }
  }
  const other = { edit: null, label: null, copy: null } as const;
  for (const line of seen.value) {
    if (line.path !== stored) continue;
    const title = line.sha256 === null ? 'Removed by another program' : SEEN;
    entries.push({ ...other, sha256: line.sha256, atMicros: line.micros, how: 'seen', title, bytes: null });
  }
  for (const version of agentVersions(ctx.folder, path)) {
    const { sha256, atMicros, bytes, copy } = version;
    entries.push({ ...other, sha256, atMicros, how: 'agent', title: 'Kept by the agent', bytes, copy });
  }
  const standsNow = ctx.folder.text(path);
  const newest = newestFirst(entries);
  if (standsNow.ok && !newest.some(({ sha256 }) => sha256 === standsNow.value.sha256)) {
    const { sha256, modifiedMicros, bytes } = standsNow.value;
    const atMicros = Math.max(modifiedMicros, newest[0]?.atMicros ?? 0);
    newest.unshift({ ...other, sha256, atMicros, how: 'seen', title: SEEN, bytes });
  }
  return ok(newest);
}

/** What says more of the same text: a write of ours, then that it was seen, then that a copy is kept. */
const RANK = { saved: 0, seen: 1, agent: 2 } as const;

function newestFirst(entries: readonly Entry[]): Entry[] {
  const merged: Entry[] = [];
  for (const entry of entries.toSorted((a, b) => b.atMicros - a.atMicros || RANK[a.how] - RANK[b.how])) {
    const above = merged.at(-1);
    if (above === undefined || above.sha256 !== entry.sha256) {
      merged.push(entry);
    } else {
      const better = RANK[entry.how] < RANK[above.how] ? entry : above;
      merged[merged.length - 1] = {
        ...better,
        copy: above.copy ?? entry.copy,
        bytes: above.bytes ?? entry.bytes,
      };
    }
  }
  return merged;
}

/** The text of a version of a file, as it stood. */
function rawText(ctx: EditContext, path: string, version: string): Result<string> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const known = entriesOf(ctx, store.value, path);
  if (!known.ok) return known;
  const entry = known.value.find(({ sha256 }) => sha256 === version);
  if (entry === undefined) {
    return fail(
      'not-found',
      `${path} never had this text, as far as is known.`,
      'Choose one of its history.',
    );
  }
  const kept = readObject(store.value.objects, version);
  if (kept.ok) {
    const text = utf8(kept.value);
    return text === null ? noText(path, kept.value)! : ok(text);
  }
  for (const copy of [entry.copy, path]) {
    const file = copy === null ? null : ctx.folder.text(copy);
    if (file?.ok === true && file.value.sha256 === version && file.value.text !== null)
      return ok(file.value.text);
  }
  return kept;
}

/** The text of a kept version, as it stood; secrets of `mcp.md` are covered. */
export function versionText(ctx: EditContext, path: string, version: string): Result<string> {
  const text = rawText(ctx, path, version);
  return text.ok ? ok(coveredText(path, text.value)) : text;
}

/** Remembers the texts that stand in these files now, so that what others wrote has a history too. */
export function noteSeen(ctx: EditContext, paths: readonly string[]): Result<null> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const news = paths.filter((path) => isNews(ctx, store.value, path));
  if (news.length === 0) return ok(null);
  return withStoreLock(store.value, () => {
    settlePending(ctx, store.value);
    for (const path of news) {
      const place = writePlace(ctx.folder.root, path);
      if (!place.ok) continue;
      const found = place.value.missing.length > 0 ? null : standing(place.value.real);
      if (found !== null && (found.sha256 === '' || noText(path, found.bytes) !== null)) continue;
      const modified = found === null ? null : Number(found.stat.mtimeNs / 1000n);
      noteText(ctx, store.value, store.value.stored(path), found?.bytes ?? null, modified);
    }
    return ok(null);
  });
}

/** Whether a file holds another text than it had last. A write that still runs will note it itself. */
function isNews(ctx: EditContext, store: EditStore, path: string): boolean {
  const file = ctx.folder.text(path);
  if (file.ok ? file.value.text === null : file.error.kind !== 'not-found') return false;
  const now = file.ok ? file.value.sha256 : null;
  const last = lastKnown(store, store.stored(path));
  return last === undefined ? now !== null : last.sha256 !== now;
}

/** The edit that puts a kept version back. */
export function editsToRestore(ctx: EditContext, path: string, version: string): Result<readonly FileEdit[]> {
  const text = rawText(ctx, path, version);
  if (!text.ok) return text;
  const base = hashOf(ctx, path);
  if (base === undefined) {
    return fail('refused', `${path} can't be read, so nothing can be put in its place.`, 'Look at the file.');
  }
  if (base === version)
    return fail('bad-request', `${path} has this text already.`, 'Choose another version.');
  return ok([{ path, base, text: text.value }]);
}
