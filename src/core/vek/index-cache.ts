import { closeSync, existsSync, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import type { GraphIndex } from '../graph/index.ts';
import { ok, type Result } from '../result.ts';
import { limits } from '../storage/limits.ts';
import { storeSignature } from '../storage/signature.ts';
import { cacheFile, inodeOf, isSystemError, writeCacheFile } from './cache-file.ts';
import { extendIndexIn } from './index-extend.ts';
import { fromTransfer, readAllIn, type IndexProgress, type VekIndex } from './index-read.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek } from './store.ts';

/** Changed whenever a file of an older version of the program must not be read. */
const FORMAT = 1;
const MAGIC = 'VKSINDEX';
/** magic, length and checksum of the header */
const PREFIX = 16;
const ENDING = '.index';
/** New calls, beside one in a hundred, after which the file is written again; fewer are read again in no time. */
const SAVE_AFTER = 5_000;

/** An index as of the store state that `signature` names (`storeSignature`). */
export type KnownIndex = { readonly index: VekIndex; readonly signature: string };

/** An index that fits the store now. `unsaved`: the file in the app folder is missing or well behind. */
export type OpenedIndex = KnownIndex & { readonly unsaved: boolean };

type Section = {
  readonly name: string;
  readonly type: keyof typeof arrays;
  readonly length: number;
  readonly crc: number;
};
type Header = {
  readonly format: number;
  readonly endian: string;
  readonly signature: string;
  readonly inode: string;
  readonly count: number;
  readonly ordered: boolean;
  readonly chronological: boolean;
  readonly missing: number;
  readonly toolNames: readonly string[];
  readonly odd: readonly (readonly [string, number])[];
  readonly sections: readonly Section[];
};

type Make = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): ArrayBufferView;
};
const arrays = { Int32Array, Uint32Array, Float64Array, Uint8Array };
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

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

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
    const bytes = readWhole(cacheFile(paths, dataDir, ENDING));
    return bytes === null ? null : decode(bytes, inodeOf(paths.db));
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
  const sections: Section[] = [];
  const parts: Uint8Array[] = [];
  for (const name of sectionNames) {
    const values = index[name];
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    parts.push(bytes);
    sections.push({
      name,
      type: values.constructor.name as Section['type'],
      length: values.length,
      crc: crc32(bytes),
    });
  }
  const header: Header = {
    format: FORMAT,
    endian: endianness(),
    signature,
    inode,
    count: index.count,
    ordered: index.ordered,
    chronological: index.chronological,
    missing: index.missing,
    toolNames: index.toolNames,
    odd: [...index.odd],
    sections,
  };
  const head = Buffer.from(JSON.stringify(header));
  const start = aligned(PREFIX + head.length);
  const file = Buffer.alloc(start + parts.reduce((sum, part) => sum + aligned(part.length), 0));
  file.write(MAGIC, 0, 'latin1');
  file.writeUInt32LE(head.length, 8);
  file.writeUInt32LE(crc32(head), 12);
  file.set(head, PREFIX);
  let at = start;
  for (const part of parts) {
    file.set(part, at);
    at += aligned(part.length);
  }
  return file;
}

function readWhole(path: string): Uint8Array | null {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size < PREFIX || stat.size > limits.indexFileBytes) return null;
    const bytes = new Uint8Array(new SharedArrayBuffer(stat.size));
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(file, bytes, filled, bytes.length - filled, filled);
      if (read === 0) return null;
      filled += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

function decode(bytes: Uint8Array, inode: string): KnownIndex | null {
  const file = Buffer.from(bytes.buffer);
  if (file.toString('latin1', 0, 8) !== MAGIC) return null;
  const length = file.readUInt32LE(8);
  if (PREFIX + length > file.length) return null;
  const head = file.subarray(PREFIX, PREFIX + length);
  if (crc32(head) !== file.readUInt32LE(12)) return null;
  const header = JSON.parse(head.toString()) as Header;
  if (header.format !== FORMAT || header.endian !== endianness() || header.inode !== inode) return null;

  const found = new Map<string, ArrayBufferView>();
  let at = aligned(PREFIX + length);
  for (const section of header.sections) {
    const make: Make = arrays[section.type];
    const size = section.length * make.BYTES_PER_ELEMENT;
    if (at + size > file.length || crc32(file.subarray(at, at + size)) !== section.crc) return null;
    found.set(section.name, new make(bytes.buffer, at, section.length));
    at += aligned(size);
  }
  if (at !== file.length || sectionNames.some((name) => !found.has(name))) return null;
  const { count, ordered, chronological, missing, toolNames, odd } = header;
  const views = Object.fromEntries(found) as Pick<GraphIndex, (typeof sectionNames)[number]>;
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
  return { index, signature: header.signature };
}
