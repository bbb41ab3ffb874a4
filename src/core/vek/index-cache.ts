import { existsSync, rmSync } from 'node:fs';
import type { GraphIndex } from '../graph/index.ts';
import { ok, type Result } from '../result.ts';
import { arrayFileParts, readArrayFile } from '../storage/array-file.ts';
import { isSystemError } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import { storeSignature } from '../storage/signature.ts';
import { cacheFile, inodeOf, writeCacheFile } from '../storage/cache-file.ts';
import { extendIndexIn } from './index-extend.ts';
import { fromTransfer, readAllIn, type IndexProgress, type VekIndex } from './index-read.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek } from './store.ts';

/** Changed whenever a file of an older version of the program must not be read. */
const FILE = { magic: 'VKSINDEX', format: 2 };
const ENDING = '.index';
/** New calls, beside one in a hundred, after which the file is written again; fewer are read again in no time. */
const SAVE_AFTER = 5_000;

/** An index as of the store state that `signature` names (`storeSignature`). */
export type KnownIndex = { readonly index: VekIndex; readonly signature: string };

/** An index that fits the store now. `unsaved`: the file in the app folder is missing or well behind. */
export type OpenedIndex = KnownIndex & { readonly unsaved: boolean };

type Facts = {
  readonly signature: string;
  readonly inode: string;
  readonly count: number;
  readonly ordered: boolean;
  readonly chronological: boolean;
  readonly missing: number;
  readonly toolNames: readonly string[];
  readonly odd: readonly (readonly [string, number])[];
};

const sectionNames = [
  'rowids',
  'timeMicros',
  'parents',
  'mergeParents',
  'tools',
  'keyHigh',
  'keyLow',
  'keyMix',
  'table',
  'flags',
] as const;

/**
 * Writes the index to the app folder, in one step. `signature` is that of the store before the index was read.
 * Returns false where it can't be written (a full disk, no permission): the next opening reads the store again.
 */
export function saveIndex(
  paths: RepositoryPaths,
  dataDir: string,
  index: GraphIndex,
  signature: string,
): boolean {
  try {
    writeCacheFile(paths, dataDir, ENDING, encode(index, signature, inodeOf(paths.db)));
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/**
 * The saved index of this repository, or null where there is none, or the file is damaged, of another version, or
 * of another database. It holds for the store state of `signature`: compare, or extend it with `readIndex`.
 */
export function loadIndex(paths: RepositoryPaths, dataDir: string): KnownIndex | null {
  try {
    const file = readArrayFile<Facts>(cacheFile(paths, dataDir, ENDING), FILE, limits.indexFileBytes);
    return file === null ? null : knownOf(file, inodeOf(paths.db));
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

/** Whether the app folder holds an index of this repository, of whatever age. */
export function hasIndex(paths: RepositoryPaths, dataDir: string): boolean {
  try {
    return existsSync(cacheFile(paths, dataDir, ENDING));
  } catch {
    return false;
  }
}

/** Takes the saved index of a repository away, so that the next opening reads the store. */
export function dropIndex(paths: RepositoryPaths, dataDir: string): void {
  rmSync(cacheFile(paths, dataDir, ENDING), { force: true });
}

/** The index as the store is now: from the app folder where nothing changed, else extended or read. */
export function openIndex(
  paths: RepositoryPaths,
  dataDir: string,
  onProgress?: IndexProgress,
): Result<OpenedIndex> {
  const signature = storeSignature(paths.db);
  const known = loadIndex(paths, dataDir);
  if (known !== null && signature !== null && known.signature === signature)
    return ok({ ...known, unsaved: false });
  const read = lookAtVek(paths, (s) => {
    const extended = known === null ? null : extendIndexIn(s, known.index, onProgress);
    return { data: extended ?? readAllIn(s, onProgress), anew: extended === null };
  });
  if (!read.ok) return read;
  const { data, anew } = read.value;
  const unsaved = anew || data.count - (known?.index.count ?? 0) > Math.max(SAVE_AFTER, data.count / 100);
  return ok({
    index: fromTransfer(data),
    signature: signature ?? '',
    unsaved: unsaved && signature !== null,
  });
}

function encode(index: GraphIndex, signature: string, inode: string): Uint8Array {
  const facts: Facts = {
    signature,
    inode,
    count: index.count,
    ordered: index.ordered,
    chronological: index.chronological,
    missing: index.missing,
    toolNames: index.toolNames,
    odd: [...index.odd],
  };
  return Buffer.concat(
    arrayFileParts(
      FILE,
      facts,
      sectionNames.map((name) => [name, index[name]] as const),
    ),
  );
}

function knownOf(
  file: NonNullable<ReturnType<typeof readArrayFile<Facts>>>,
  inode: string,
): KnownIndex | null {
  const { facts, blocks } = file;
  if (facts.inode !== inode || sectionNames.some((name) => !blocks.has(name))) return null;
  const { signature, count, odd, ordered, chronological, missing, toolNames } = facts;
  const views = Object.fromEntries(blocks) as Pick<GraphIndex, (typeof sectionNames)[number]>;
  const index = fromTransfer({
    count,
    capacity: count,
    shared: { filled: count },
    ordered,
    chronological,
    missing,
    toolNames,
    odd: new Map(odd),
    ...views,
  });
  return { index, signature };
}
