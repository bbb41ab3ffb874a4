import { parseJsonBytes, parsePrefixBytes } from '../json/decode.ts';
import type { JobHandler } from '../jobs/serve-jobs.ts';
import { ok } from '../result.ts';
import { limits } from '../storage/limits.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek } from './store.ts';
import { summariseCall } from './summary.ts';

/** Calls stored after `afterRowid` (0: all). */
export type FailedJobInput = { readonly paths: RepositoryPaths; readonly afterRowid: number };
export type FailedJobProgress = { readonly done: number; readonly total: number };

const REPORT_EVERY = 1_000;

type Row = readonly [rowid: number, tool: unknown, content: Uint8Array | null];

/**
 * The rowids of calls whose output reports a failure, by the very rule that colours their rows. Reads the beginning
 * of each output, so that one look through a million calls stays flat in memory.
 */
export const failedJob: JobHandler<FailedJobInput, Float64Array, FailedJobProgress> = (
  { paths, afterRowid },
  context,
) => {
  const looked = lookAtVek(paths, (s) => {
    const failed: number[] = [];
    if (!s.schema.tables.has('nodes') || !s.schema.tables.has('objects')) return failed;
    const total = s.db
      .prepare<[number], number>('SELECT count(*) FROM nodes WHERE rowid > ?')
      .pluck()
      .get(afterRowid)!;
    const rows = s.db
      .prepare<[number, number], Row>(
        `SELECT nodes.rowid, tool, substr(CAST(content AS BLOB), 1, ?) FROM nodes
         LEFT JOIN objects ON objects.hash = nodes.output_hash WHERE nodes.rowid > ? ORDER BY nodes.rowid`,
      )
      .raw();
    let done = 0;
    for (const [rowid, tool, content] of rows.iterate(limits.summaryBytes, afterRowid)) {
      if (content !== null && typeof tool === 'string' && fails(tool, content)) failed.push(rowid);
      done += 1;
      if (done % REPORT_EVERY === 0) context.progress({ done, total });
    }
    return failed;
  });
  return looked.ok ? ok(Float64Array.from(looked.value)) : looked;
};

function fails(tool: string, content: Uint8Array): boolean {
  const whole = content.byteLength < limits.summaryBytes ? parseJsonBytes(content) : null;
  const tree = whole === null ? parsePrefixBytes(content).node : whole.ok ? whole.node : null;
  return summariseCall(tool, null, tree).failed;
}
