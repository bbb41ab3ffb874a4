import type { NodeRecord } from '../../contract/vek.ts';
import { nowMicros, type WriteContext } from '../operations/context.ts';
import { limits } from '../storage/limits.ts';
import { MERGE_TOOL } from './plan-merge-node.ts';
import { looksLikeTag } from './plan-names.ts';
import { short } from './plan-scene.ts';
import type { VekLook } from './store.ts';

const minutes = limits.headLockStaleSeconds / 60;

/** What a person should know before HEAD moves: a stale lock goes, a running recorder would follow. */
export function headWarnings(s: VekLook, ctx: WriteContext, after: string, stale: boolean): string[] {
  const warnings: string[] = [];
  if (stale) {
    warnings.push(`HEAD.lock is more than ${minutes} minutes old and left over; it is removed, as vek does.`);
  }
  const newest = newestCall(s);
  const age = newest === null ? null : recentSeconds(ctx, newest.micros);
  if (newest !== null && age !== null) {
    const branch = after.trim().replace(/^ref: /, '');
    warnings.push(
      `A call (${short(newest.hash)}) was recorded ${agoWords(age)}: a running agent's next call would land on “${branch}”.`,
    );
  }
  return warnings;
}

/**
 * What a person should know before `into` gets a merge node: agents that may still record on one of the two, a lock
 * that may be left over, a name that other tools take for a tag's.
 */
export function mergeWarnings(
  s: VekLook,
  ctx: WriteContext,
  { into, from, stale }: { readonly into: string; readonly from: string; readonly stale: boolean },
): string[] {
  const warnings: string[] = [];
  const recent = (name: string): string | null => {
    const micros = Date.parse(lastCall(s, name)?.timestamp ?? '') * 1000;
    const age = Number.isFinite(micros) ? recentSeconds(ctx, micros) : null;
    return age === null ? null : agoWords(age);
  };
  const [onInto, onFrom] = [recent(into), recent(from)];
  if (onInto !== null) {
    warnings.push(
      `A call was recorded on “${into}” ${onInto}: a running agent's next call would come after the merge.`,
    );
  }
  if (onFrom !== null) {
    warnings.push(
      `A call was recorded on “${from}” ${onFrom}: what a running agent adds there later is not part of this merge.`,
    );
  }
  if (stale) {
    warnings.push(
      `HEAD.lock is more than ${minutes} minutes old: it was left over, or a long recording session still runs.`,
    );
  }
  if (looksLikeTag(into)) warnings.push(`The Python tool lists “${into}” among the tags or checkpoints too.`);
  return warnings;
}

/** Seconds since then where that is recent; a little in the future counts as now. */
function recentSeconds(ctx: WriteContext, micros: number): number | null {
  const age = Math.round((nowMicros(ctx) - micros) / 1e6);
  return age < limits.recentCallSeconds ? age : null;
}

function agoWords(seconds: number): string {
  return seconds < 1 ? 'just now' : `${seconds} s ago`;
}

/** The last call of a branch that is no merge: merging is not what a running agent does. */
function lastCall(s: VekLook, name: string): NodeRecord | null {
  let hash = s.ref(name);
  for (let step = 0; step < MERGES_PASSED && hash !== null; step++) {
    const node = s.node(hash);
    if (node === null || node.tool !== MERGE_TOOL) return node;
    hash = node.parent_hash;
  }
  return null;
}

/** How many merges in a row are passed over to find the last call of a branch; more are nobody's work of two minutes. */
const MERGES_PASSED = 64;

/** The latest of the calls that were stored last, merges aside. */
function newestCall(s: VekLook): { hash: string; micros: number } | null {
  const rows = s.db
    .prepare<[], readonly [unknown, unknown, unknown]>(
      'SELECT hash, timestamp, tool FROM nodes ORDER BY rowid DESC LIMIT 64',
    )
    .raw()
    .all();
  let newest: { hash: string; micros: number } | null = null;
  for (const [hash, timestamp, tool] of rows) {
    if (tool === MERGE_TOOL) continue;
    const micros = Date.parse(String(timestamp)) * 1000;
    if (Number.isFinite(micros) && (newest === null || micros > newest.micros))
      newest = { hash: String(hash), micros };
  }
  return newest;
}
