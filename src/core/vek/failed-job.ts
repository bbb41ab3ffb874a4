import { parseJsonBytes, parsePrefixBytes } from '../json/decode.ts';
import type { JsonNode } from '../json/tree.ts';
import type { JobHandler } from '../jobs/serve-jobs.ts';
import { ok } from '../result.ts';
import { limits } from '../storage/limits.ts';
import { find, insert, keyOf, makeTable } from './check-table.ts';
import { mayHoldFailure } from './failed-hint.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek, type VekLook } from './store.ts';
import { mayReportFailure, summariseCall } from './summary.ts';

/** Calls stored after `afterRowid` (0: all). */
export type FailedJobInput = { readonly paths: RepositoryPaths; readonly afterRowid: number };
export type FailedJobProgress = { readonly done: number; readonly total: number };

/** Up to so many new calls their outputs are looked up one by one; above, all objects are read in a row. */
const FEW_CALLS = 20_000;
const REPORT_EVERY = 2_000;

/** Whether an output could report a failure; asked of every call before it is looked at closely. */
type Candidate = (outputHash: string) => boolean;

const all: Candidate = () => true;

type Report = (done: number) => void;

/**
 * The rowids, ascending, of calls whose output reports a failure, by the very rule that colours their rows. Objects
 * are read once in the order of the file; only the calls of suspicious ones are then looked at with their input.
 */
export const failedJob: JobHandler<FailedJobInput, Float64Array, FailedJobProgress> = (
  { paths, afterRowid },
  context,
) => {
  const looked = lookAtVek(paths, (s) => {
    const { tables } = s.schema;
    if (!tables.has('nodes') || !tables.has('objects')) return new Float64Array();
    const calls = s.db
      .prepare<[number], number>('SELECT count(*) FROM nodes WHERE rowid > ?')
      .pluck()
      .get(afterRowid) as number;
    const objects = calls <= FEW_CALLS ? 0 : s.counts().objects;
    const report = (done: number): void => context.progress({ done, total: objects + calls });
    const mayFail = objects === 0 ? all : suspicious(s, objects, report);
    return failedCalls(s, afterRowid, mayFail, (done) => report(objects + done));
  });
  if (!looked.ok) return looked;
  context.transfer(looked.value.buffer);
  return ok(looked.value);
};

/** The failed calls stored after `after`, found in the caller's thread: for a few calls. */
export function findFailedIn(s: VekLook, after: number): Float64Array<ArrayBuffer> {
  const { tables } = s.schema;
  return tables.has('nodes') && tables.has('objects')
    ? failedCalls(s, after, all, () => undefined)
    : new Float64Array();
}

function treeOf(content: Uint8Array): JsonNode | null {
  if (content.byteLength >= limits.summaryBytes) return parsePrefixBytes(content).node;
  const parsed = parseJsonBytes(content);
  return parsed.ok ? parsed.node : null;
}

function suspicious(s: VekLook, objects: number, report: Report): Candidate {
  const table = makeTable(objects);
  const key = new Uint32Array(8);
  const rows = s.db
    .prepare<[number], readonly [unknown, Uint8Array]>(
      'SELECT hash, substr(CAST(content AS BLOB), 1, ?) FROM objects NOT INDEXED',
    )
    .raw();
  let done = 0;
  for (const [hash, content] of rows.iterate(limits.summaryBytes)) {
    done += 1;
    if (done % REPORT_EVERY === 0) report(done);
    if (typeof hash !== 'string' || !mayHoldFailure(content)) continue;
    const tree = treeOf(content);
    if (tree === null || !mayReportFailure(tree)) continue;
    keyOf(hash, key);
    insert(table, key);
  }
  return (hash) => {
    keyOf(hash, key);
    return find(table, key) !== -1;
  };
}

type NodeRow = readonly [rowid: number, tool: unknown, input: unknown, output: unknown];

function failedCalls(
  s: VekLook,
  after: number,
  mayFail: Candidate,
  report: Report,
): Float64Array<ArrayBuffer> {
  const failed: number[] = [];
  const valueOf = (hash: unknown): JsonNode | null => {
    const object = typeof hash === 'string' ? s.objectHead(hash, limits.summaryBytes) : null;
    return object === null ? null : treeOf(object.bytes);
  };
  const rows = s.db
    .prepare<[number], NodeRow>(
      'SELECT rowid, tool, input_hash, output_hash FROM nodes NOT INDEXED WHERE rowid > ? ORDER BY rowid',
    )
    .raw();
  let done = 0;
  for (const [rowid, tool, input, output] of rows.iterate(after)) {
    done += 1;
    if (done % REPORT_EVERY === 0) report(done);
    if (typeof tool !== 'string' || typeof output !== 'string' || !mayFail(output)) continue;
    if (summariseCall(tool, valueOf(input), valueOf(output)).failed) failed.push(rowid);
  }
  return Float64Array.from(failed);
}
