import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { changeSetSchema, type ChangeSet, type ChangeSetInput } from '../../../contract/edits.ts';
import { systemCode } from '../../operations/files.ts';
import { fail, ok, type Result } from '../../result.ts';
import { systemFailure } from '../../storage/failures.ts';
import { limits } from '../../storage/limits.ts';
import { replaceFile, syncFolder } from '../../storage/replace.ts';
import type { EditContext } from '../edit/context.ts';
import { keepObject, sha256Of } from './objects.ts';
import { writePlace } from './place.ts';
import { hashOf } from './record.ts';
import { editStore, ensureStore, setFolders, type EditStore } from './store.ts';
import { standing } from './swap.ts';

/** What stands in the file of a change set. */
const fileSchema = changeSetSchema.extend({ v: z.literal(1), savedMicros: z.number() });
type SetFile = z.infer<typeof fileSchema>;

/** Edits that are not written yet, the newest set first. */
export function listSets(ctx: EditContext): Result<readonly ChangeSet[]> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  try {
    const sets = namesIn(store.value.sets).flatMap((path) => {
      const set = readSet(path);
      return set === null ? [] : [asSet(ctx, set)];
    });
    return ok(sets.sort((a, b) => b.savedMicros - a.savedMicros));
  } catch (error) {
    return systemFailure(error, store.value.sets);
  }
}

/**
 * Keeps a set in a file of its own, with the texts that its edits were made from while the disk still has them, so that
 * they can be merged later. Of two windows that save the same set the later one counts; other sets are not touched.
 */
export function saveSet(ctx: EditContext, set: ChangeSetInput): Result<ChangeSet> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const file: SetFile = { ...set, v: 1, savedMicros: ctx.nowMicros() };
  if (set.id === 'loose' && set.edits.length === 0) {
    const dropped = dropSet(ctx, set.id);
    return dropped.ok ? ok(asSet(ctx, file)) : dropped;
  }
  const text = JSON.stringify(file);
  if (Buffer.byteLength(text) > limits.editSetBytes) {
    return fail(
      'too-large',
      `The change set has more than ${limits.editSetBytes} bytes; what was typed last is not kept.`,
      'Save or drop some of its files.',
    );
  }
  try {
    ensureStore(store.value);
    mkdirSync(store.value.sets, { recursive: true, mode: 0o700 });
    for (const { path, base } of set.edits) if (base !== null) keepBase(ctx, store.value, path, base);
    replaceFile(fileOf(store.value, set.id), text);
  } catch (error) {
    return systemFailure(error, store.value.sets);
  }
  return ok(asSet(ctx, file));
}

export function dropSet(ctx: EditContext, id: string): Result<null> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  try {
    rmSync(fileOf(store.value, id));
    syncFolder(store.value.sets);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') return systemFailure(error, store.value.sets);
  }
  return ok(null);
}

/** Hashes of all texts that change sets of a root were made from. */
export function basesOfSets(store: EditStore): readonly string[] {
  return allSets(store).flatMap(({ set }) =>
    (set?.edits ?? []).flatMap(({ base }) => (base === null ? [] : [base])),
  );
}

/** What to tell of files of change sets that can't be read. */
export function damagedSets(store: EditStore): readonly string[] {
  return allSets(store).flatMap(({ path, set }) =>
    set === null ? [`A change set that was kept can't be read, and is left as it is: ${path}`] : [],
  );
}

function allSets(store: EditStore): { readonly path: string; readonly set: SetFile | null }[] {
  const folder = setFolders(store);
  return namesOf(folder).flatMap((name) =>
    namesIn(join(folder, name)).map((path) => ({ path, set: readSet(path) })),
  );
}

function namesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

const namesIn = (folder: string): readonly string[] =>
  namesOf(folder).flatMap((name) => (/^[0-9a-f]{32}\.json$/.test(name) ? [join(folder, name)] : []));

function fileOf(store: EditStore, id: string): string {
  return join(store.sets, `${sha256Of(Buffer.from(id)).slice(0, 32)}.json`);
}

function readSet(path: string): SetFile | null {
  try {
    if ((statSync(path).size ?? 0) > limits.editSetBytes) return null;
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function asSet(ctx: EditContext, { id, label, edits, savedMicros }: SetFile): ChangeSet {
  const moved = edits.flatMap(({ path, base }) => (hashOf(ctx, path) === base ? [] : [path]));
  return { id, label, edits, savedMicros, moved };
}

function keepBase(ctx: EditContext, store: EditStore, path: string, base: string): void {
  const place = writePlace(ctx.folder.root, path);
  if (!place.ok || place.value.missing.length > 0) return;
  const found = standing(place.value.real);
  if (found?.sha256 === base) keepObject(store.objects, found.bytes);
}
