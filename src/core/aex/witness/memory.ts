import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../storage/replace.ts';

const mark = z.tuple([z.int(), z.string().max(200)]);
const state = z.object({
  atMicros: z.number(),
  events: z.int(),
  seq: z.int(),
  hash: z.string().max(200),
});
const account = z.object({
  name: z.string().max(10_000),
  createdAt: z.string().max(100).nullable(),
  spentMicro: z.number(),
  reservedMicro: z.number(),
  /** every budget that it was seen with, oldest first */
  budgets: z.array(z.object({ atMicros: z.number(), micro: z.number() })).max(64),
});

/** What is kept of a ledger: hashes, counts and balances, nothing of its contents. */
const memory = z.object({
  version: z.literal(1),
  path: z.string(),
  first: z.object({ seq: z.int(), hash: z.string().max(200), mark: z.string().max(100) }),
  firstSeenMicros: z.number(),
  head: state,
  /** what was known before the opening that this was written in; null: nothing was */
  before: state.nullable().optional(),
  checkpoints: z.array(mark).max(2_048),
  accounts: z.array(account).max(5_000),
  /** when this was written, at the end of that look: a look that began before may be of an older moment */
  writtenMicros: z.number().optional(),
  /** older copies that were put back, each with what was seen before */
  restored: z.array(z.object({ atMicros: z.number(), from: state, toSeq: z.int() })).max(20),
});
export type Memory = z.infer<typeof memory>;
export type SeenState = z.infer<typeof state>;

/** Bytes of one such file. Larger ones are none of ours. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Ledgers that stood at one path and are kept. */
const MAX_AT_PATH = 50;

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** The folder in the app folder; a ledger of the same path and first hash has one file in it. */
const folderOf = (dataDir: string): string => join(dataDir, 'ledgers-seen');

/** The path with links resolved, as it is when the file is there. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** Everything that was seen at a path, by first hash. Files that can't be read or are not of our form are left out. */
export function memoriesAt(dataDir: string, path: string): Memory[] {
  const prefix = `${short(path)}-`;
  let names: string[];
  try {
    names = readdirSync(folderOf(dataDir));
  } catch {
    return [];
  }
  const found: Memory[] = [];
  for (const name of names
    .filter((one) => one.startsWith(prefix) && one.endsWith('.json'))
    .slice(0, MAX_AT_PATH)) {
    const read = readMemory(join(folderOf(dataDir), name));
    if (read !== null && read.path === path) found.push(read);
  }
  return found;
}

function readMemory(file: string): Memory | null {
  try {
    if (statSync(file).size > MAX_BYTES) return null;
    const parsed = memory.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The memory of one ledger as it is now. */
export function memoryOf(dataDir: string, path: string, firstHash: string): Memory | null {
  const read = readMemory(fileOf(dataDir, path, firstHash));
  return read !== null && read.path === path && read.first.hash === firstHash ? read : null;
}

const fileOf = (dataDir: string, path: string, firstHash: string): string =>
  join(folderOf(dataDir), `${short(path)}-${short(firstHash)}.json`);

/** Writes a memory in one step; false where it could not. */
export function keepMemory(dataDir: string, kept: Memory): boolean {
  try {
    mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
    replaceFile(fileOf(dataDir, kept.path, kept.first.hash), `${JSON.stringify(kept)}\n`);
    return true;
  } catch {
    return false;
  }
}
