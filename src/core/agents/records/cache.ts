import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { arrayFileParts, readArrayFile, type Block } from '../../storage/array-file.ts';
import { isSystemError } from '../../storage/failures.ts';
import { limits } from '../../storage/limits.ts';
import { SPARSE } from './columns.ts';
import { fromPlain, toPlain, type PlainData } from './data-form.ts';
import type { AgentData } from './agent-store.ts';

/** Changed whenever a file of an older version of the program must not be read, also when records are read otherwise. */
const FILE = { magic: 'VKSAGENT', format: 3 };
const ENDING = '.agent';

type Facts = Omit<PlainData, 'arrays' | 'runs' | 'texts'> & {
  readonly runs: Pick<PlainData['runs'], 'size' | 'upper' | 'wide'>;
  readonly texts: Pick<PlainData['texts'], 'size' | 'upper' | 'wide'>;
};
type Header = { readonly dir: string; readonly rest: Facts };

const folderOf = (dataDir: string): string => join(dataDir, 'agents');

function cacheFile(dataDir: string, agentDir: string): string {
  const name = createHash('sha256').update(agentDir).digest('hex').slice(0, 32);
  return join(folderOf(dataDir), `${name}${ENDING}`);
}

/**
 * Keeps the tables of one agent in the app folder, in one step. Not waited for the disk: what a power cut leaves is
 * found by its checksums. False where it can't be written: the logs are read again then.
 */
export function saveAgent(dataDir: string, agentDir: string, data: AgentData): boolean {
  const path = cacheFile(dataDir, agentDir);
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
    writeParts(temporary, encoded(agentDir, toPlain(data)));
    renameSync(temporary, path);
    return true;
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary, { force: true });
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** The kept tables of one agent, or null where there are none, or the file is damaged, of another version or agent. */
export function loadAgent(dataDir: string, agentDir: string): AgentData | null {
  try {
    const file = readArrayFile<Header>(cacheFile(dataDir, agentDir), FILE, limits.agentCacheBytes);
    return file === null || file.facts.dir !== agentDir
      ? null
      : fromPlain(plainOf(file.facts.rest, file.blocks));
  } catch (error) {
    if (isSystemError(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Removes what was written longest ago where there is too much. */
export function pruneAgents(dataDir: string): void {
  try {
    const files = readdirSync(folderOf(dataDir))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => {
        const path = join(folderOf(dataDir), name);
        const stat = statSync(path, { throwIfNoEntry: false });
        return { path, time: stat?.mtimeMs ?? 0, bytes: stat?.size ?? 0 };
      })
      .sort((a, b) => b.time - a.time);
    let bytes = 0;
    for (const [at, file] of files.entries()) {
      bytes += file.bytes;
      if (at >= limits.agentCaches || bytes > limits.agentCacheBytes) rmSync(file.path, { force: true });
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function writeParts(path: string, parts: readonly Uint8Array[]): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (const part of parts)
      for (let at = 0; at < part.length;) at += writeSync(file, part, at, part.length - at);
  } finally {
    closeSync(file);
  }
}

const small = ({ size, upper, wide }: PlainData['runs']): Facts['runs'] => ({ size, upper, wide });

function encoded(dir: string, data: PlainData): readonly Uint8Array[] {
  const { arrays: _, runs, texts, ...rest } = data;
  const facts: Header = { dir, rest: { ...rest, runs: small(runs), texts: small(texts) } };
  return arrayFileParts(FILE, facts, blocksOf(data));
}

function blocksOf({ arrays, runs, texts }: PlainData): readonly (readonly [string, Block])[] {
  const found: [string, Block][] = [];
  for (const [name, array] of Object.entries(arrays)) if (array !== null) found.push([name, array]);
  found.push(['runs.bytes', runs.bytes], ['runs.starts', runs.starts]);
  found.push(['texts.bytes', texts.bytes], ['texts.starts', texts.starts]);
  return found;
}

function plainOf(rest: Facts, found: ReadonlyMap<string, Block>): PlainData {
  const pool = (name: 'runs' | 'texts'): PlainData['runs'] => ({
    ...rest[name],
    bytes: found.get(`${name}.bytes`) as Uint8Array,
    starts: found.get(`${name}.starts`) as Uint32Array,
  });
  const arrays: Record<string, NonNullable<PlainData['arrays'][string]> | null> = {};
  for (const name of SPARSE) arrays[name] = null;
  for (const [name, block] of found)
    if (!name.includes('.')) arrays[name] = block as NonNullable<PlainData['arrays'][string]>;
  return { ...rest, runs: pool('runs'), texts: pool('texts'), arrays };
}
