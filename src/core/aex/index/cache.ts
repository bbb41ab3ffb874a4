import { TextPool, type PoolData } from '../../columns/text-pool.ts';
import { arrayFileParts, readArrayFile, type Block } from '../../storage/array-file.ts';
import { cacheFile, writeCacheFile } from '../../storage/cache-file.ts';
import { isSystemError } from '../../storage/failures.ts';
import { limits } from '../../storage/limits.ts';
import { NONE, type LedgerColumns, type LedgerIndex } from '../columns.ts';
import type { LedgerPaths } from '../paths.ts';
import {
  BYTES,
  EXECUTION_NUMBERS,
  numbered,
  NUMBERS,
  WIDE,
  type EntryArrays,
  type ExecutionArrays,
} from './arrays.ts';
import { factsOf, indexOf, type IndexFacts } from './read.ts';
import { RunningSums } from './sums.ts';

/** Changed whenever a file of an older version of the program must not be read, also when entries are read otherwise. */
const FILE = { magic: 'VKSLEDGE', format: 1 };
const ENDING = '.ledger';

/** What follows from other columns is not kept: making it again is faster than reading it. */
const DERIVED = new Set<string>(['seq', 'spent', 'reserved', 'allSpent', 'allReserved']);
const KEPT = [...WIDE, ...NUMBERS, ...BYTES].filter((name) => !DERIVED.has(name));

type Pool = Pick<PoolData, 'size' | 'upper' | 'wide'>;
type Header = IndexFacts & {
  readonly signature: string;
  readonly count: number;
  readonly executions: number;
  /** the first number where they follow each other without a gap */
  readonly seqFrom: number | null;
  readonly texts: Pool;
  readonly ids: Pool;
};

/** An index as of the store state that `signature` names (`storeSignature`). */
export type KeptIndex = { readonly index: LedgerIndex; readonly signature: string };

/**
 * Writes the index to the app folder, in one step. `signature` is that of the store before the index was read.
 * Returns false where it can't be written (a full disk, no permission): the next opening reads the store again.
 */
export function saveIndex(
  paths: LedgerPaths,
  dataDir: string,
  index: LedgerIndex,
  signature: string,
): boolean {
  const facts = factsOf(index.columns);
  if (facts === null) return false;
  const { count, texts, executions } = index.columns;
  const seqFrom = gapless(index.columns);
  const header: Header = {
    ...facts,
    signature,
    count,
    executions: executions.count,
    seqFrom,
    texts: poolFacts(texts),
    ids: poolFacts(executions.ids),
  };
  try {
    writeCacheFile(paths, dataDir, ENDING, arrayFileParts(FILE, header, blocksOf(index.columns, seqFrom)));
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** The saved index of this ledger, or null where there is none, or the file is damaged or of another version. */
export function loadIndex(paths: LedgerPaths, dataDir: string): KeptIndex | null {
  try {
    const file = readArrayFile<Header>(cacheFile(paths, dataDir, ENDING), FILE, limits.indexFileBytes);
    return file === null ? null : keptOf(file.facts, file.blocks);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

const poolFacts = ({ size, upper, wide }: TextPool): Pool => ({ size, upper, wide });

function gapless({ seq, count }: LedgerColumns): number | null {
  for (let row = 1; row < count; row++) if (seq[row] !== seq[row - 1]! + 1) return null;
  return count === 0 ? null : seq[0]!;
}

function* blocksOf(columns: LedgerColumns, seqFrom: number | null): Iterable<readonly [string, Block]> {
  const { count, texts, executions } = columns;
  for (const name of KEPT) yield [name, columns[name].subarray(0, count)];
  if (seqFrom === null) yield ['seq', columns.seq.subarray(0, count)];
  for (const name of EXECUTION_NUMBERS) {
    yield [`executions.${name}`, executions[name].subarray(0, executions.count)];
  }
  for (const [name, pool] of [
    ['texts', texts],
    ['ids', executions.ids],
  ] as const) {
    yield [`${name}.bytes`, pool.bytes.subarray(0, pool.used)];
    yield [`${name}.starts`, pool.starts.subarray(0, pool.size + 1)];
  }
}

function keptOf(header: Header, blocks: ReadonlyMap<string, Block>): KeptIndex | null {
  const { count, signature, seqFrom, build, firstHash, lastHash, columns: schema, salvaged } = header;
  const arrays = arraysOf<EntryArrays>(blocks, '', KEPT, count);
  const own = arraysOf<ExecutionArrays>(blocks, 'executions.', EXECUTION_NUMBERS, header.executions);
  const texts = poolOf(blocks, 'texts', header.texts);
  const ids = poolOf(blocks, 'ids', header.ids);
  const seq = seqFrom === null ? blocks.get('seq') : numbered(seqFrom, count);
  if (arrays === null || own === null || texts === null || ids === null) return null;
  if (!(seq instanceof Float64Array) || seq.length !== count) return null;
  if (!isWithin(arrays.next, count) || !isWithin(own.last, count)) return null;
  const sums = new RunningSums();
  const balances = sums.made(arrays, count);
  const columns: LedgerColumns = {
    ...arrays,
    ...balances,
    seq,
    count,
    texts,
    executions: { count: header.executions, ids, ...own },
  };
  const facts = { build, firstHash, lastHash, columns: schema, salvaged };
  return { index: indexOf(columns, facts, sums), signature };
}

/** Whether all are rows of so many, or none. */
function isWithin(rows: Uint32Array, count: number): boolean {
  for (const row of rows) if (row >= count && row !== NONE) return false;
  return true;
}

function arraysOf<A>(
  blocks: ReadonlyMap<string, Block>,
  prefix: string,
  names: readonly string[],
  length: number,
): A | null {
  const found: Record<string, Block> = {};
  for (const name of names) {
    const block = blocks.get(prefix + name);
    if (block?.length !== length) return null;
    found[name] = block;
  }
  return found as A;
}

function poolOf(blocks: ReadonlyMap<string, Block>, name: string, facts: Pool): TextPool | null {
  const bytes = blocks.get(`${name}.bytes`);
  const starts = blocks.get(`${name}.starts`);
  if (!(bytes instanceof Uint8Array) || !(starts instanceof Uint32Array)) return null;
  if (starts.length !== facts.size + 1 || starts[facts.size] !== bytes.length) return null;
  return new TextPool({ bytes, starts, ...facts });
}
