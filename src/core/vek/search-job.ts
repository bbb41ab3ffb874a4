import type { JobContext, JobHandler } from '../jobs/serve-jobs.ts';
import { fail, type Result } from '../result.ts';
import { limits } from '../storage/limits.ts';
import { find, insert, keyOf, makeTable } from './check-table.ts';
import type { RepositoryPaths } from './paths.ts';
import { textOfContent, textSearch, type TextSearch } from './search-text.ts';
import { lookAtVek, type VekLook } from './store.ts';

/** What to look for, in the calls stored after `afterRowid` (0: in all). */
export type SearchJobInput = {
  readonly paths: RepositoryPaths;
  readonly text: string;
  readonly afterRowid: number;
};
/** Rows read so far, and all. */
export type SearchJobProgress = { readonly done: number; readonly total: number };

type Context = JobContext<SearchJobProgress>;

/** Up to so many new calls their objects are looked up one by one; above, all objects are read in a row. */
const fewCalls = 20_000;
const spans = 100;

/**
 * The job `vek.search`: row numbers, ascending, of the calls that have a text in their tool, input or output, or
 * whose hash (or that of an object of theirs) begins with it, from six digits on. Case does not matter.
 */
export const searchJob: JobHandler<SearchJobInput, Float64Array, SearchJobProgress> = (
  { paths, text, afterRowid },
  context,
) => {
  if (text.length > limits.searchChars) {
    return fail(
      'too-large',
      `The text to search has ${text.length} characters, more than the ${limits.searchChars} that can be looked for.`,
      'Search for a part of it.',
    );
  }
  const looked = lookAtVek(paths, (look) => search(look, text, afterRowid, context));
  if (!looked.ok) return looked;
  context.transfer(looked.value.buffer);
  return looked as Result<Float64Array>;
};

function search(look: VekLook, text: string, after: number, context: Context): Float64Array<ArrayBuffer> {
  if (!look.schema.tables.has('nodes')) return new Float64Array();
  const from = after === 0 ? -Infinity : after;
  const wanted = textSearch(text);
  const nodes = look.db
    .prepare<[number], number>('SELECT count(*) FROM nodes WHERE rowid > ?')
    .pluck()
    .get(from) as number;
  const hasObject =
    !look.schema.tables.has('objects') || text === ''
      ? () => text === ''
      : after !== 0 && nodes <= fewCalls
        ? lookup(look, wanted)
        : scan(look, wanted, nodes, context);
  return callsWith(look, from, text, hasObject);
}

/** A test for single objects, each read when it is asked for. */
function lookup(look: VekLook, wanted: TextSearch): (hash: string) => boolean {
  const query = look.db.prepare<unknown[], Hit>(`${hitsOf(wanted)} WHERE hash = ?) WHERE hit > 0`).raw();
  const known = new Map<string, boolean>();
  return (hash) => {
    const before = known.get(hash);
    if (before !== undefined) return before;
    const row = query.get(...wanted.patterns, hash);
    const matches = row !== undefined && isHit(row, wanted);
    known.set(hash, matches);
    return matches;
  };
}

/** Reads all objects once and keeps the hashes of those that match, 40 bytes each. */
function scan(look: VekLook, wanted: TextSearch, nodes: number, context: Context): (hash: string) => boolean {
  const [rows, first, last] = look.db
    .prepare<[], [number, number | null, number | null]>(
      'SELECT (SELECT count(*) FROM objects NOT INDEXED), min(rowid), max(rowid) FROM objects',
    )
    .raw()
    .get() ?? [0, null, null];
  const table = makeTable(rows);
  const key = new Uint32Array(8);
  if (first !== null && last !== null) {
    const query = look.db
      .prepare<unknown[], Hit>(`${hitsOf(wanted)} NOT INDEXED WHERE rowid BETWEEN ? AND ?) WHERE hit > 0`)
      .raw();
    const step = Math.max(1, (last - first) / spans);
    const total = rows + nodes;
    for (let at = first, end = at; at <= last; at = end + 1) {
      end = Math.min(last, Math.floor(at + step));
      for (const row of query.iterate(...wanted.patterns, at, end)) {
        if (typeof row[0] !== 'string' || !isHit(row, wanted)) continue;
        keyOf(row[0], key);
        insert(table, key);
      }
      // A row number above 2^53 is not exact; the last span takes all that is left.
      if (end + 1 <= end) break;
      context.progress({ done: Math.floor((rows * (end - first + 1)) / (last - first + 1)), total });
    }
  }
  return (hash) => {
    keyOf(hash, key);
    return find(table, key) !== -1;
  };
}

/** `hit` 1: found by LIKE. 2: has a NUL, where LIKE ends (UTF-16, or no text): to be read here. */
type Hit = readonly [hash: unknown, hit: number, content: Uint8Array | null];

function hitsOf({ condition, rough }: TextSearch): string {
  return (
    `SELECT hash, hit, CASE WHEN hit = 2 OR ${rough ? 1 : 0} THEN CAST(content AS BLOB) END FROM (` +
    `SELECT hash, content, CASE WHEN ${condition} THEN 1 WHEN instr(content, x'00') > 0 THEN 2 ELSE 0 END AS hit FROM objects`
  );
}

function isHit([, hit, content]: Hit, { rough, matches }: TextSearch): boolean {
  if (hit === 1 && !rough) return true;
  return content !== null && matches(textOfContent(content));
}

type NodeRow = readonly [row: number, tool: unknown, hash: unknown, input: unknown, output: unknown];

function callsWith(
  look: VekLook,
  from: number,
  text: string,
  hasObject: (hash: string) => boolean,
): Float64Array<ArrayBuffer> {
  const lower = text.toLowerCase();
  const byHash = /^[0-9a-f]{6,64}$/.test(lower);
  const tools = new Map<unknown, boolean>();
  const found: number[] = [];
  const query = look.db
    .prepare<[number], NodeRow>(
      'SELECT rowid, tool, hash, input_hash, output_hash FROM nodes NOT INDEXED WHERE rowid > ? ORDER BY rowid',
    )
    .raw();
  for (const [row, tool, hash, input, output] of query.iterate(from)) {
    let inTool = tools.get(tool);
    if (inTool === undefined) {
      inTool = typeof tool === 'string' && tool.toLowerCase().includes(lower);
      if (tools.size < limits.searchTools) tools.set(tool, inTool);
    }
    const names = [hash, input, output].filter((name) => typeof name === 'string');
    if (
      inTool ||
      (byHash && names.some((name) => name.startsWith(lower))) ||
      (typeof input === 'string' && hasObject(input)) ||
      (typeof output === 'string' && hasObject(output))
    ) {
      found.push(row);
    }
  }
  return Float64Array.from(found);
}
