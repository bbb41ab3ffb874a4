import type { RefChange } from '../../contract/operations.ts';
import type { VekLook } from './store.ts';

/** What refs let go of and what they keep, as the parameters of the queries below. */
type Tips = { readonly changed: string; readonly kept: string; readonly left: string };

/** The tips that changes leave and keep; null where every tip that is left stays the tip of some ref. */
function tipsOf(s: VekLook, changes: readonly RefChange[]): Tips | null {
  const changed = new Set(changes.map((change) => change.name));
  const afters = changes.flatMap((change) => change.after ?? []);
  const kept = new Set(afters);
  for (const ref of s.refs()) if (!changed.has(ref.name)) kept.add(ref.hash);
  const left = changes.flatMap((change) => change.before ?? []).filter((hash) => !kept.has(hash));
  if (left.length === 0) return null;
  return { changed: JSON.stringify([...changed]), kept: JSON.stringify(afters), left: JSON.stringify(left) };
}

function step(set: string, column: string, unless: string): string {
  return `UNION SELECT nodes.${column} FROM ${set} JOIN nodes ON nodes.hash = ${set}.h WHERE nodes.${column} IS NOT NULL${unless}`;
}

/** `kept` holds every hash that refs reach after the changes, `gone` those that only the refs that go reach. */
function reachQuery(s: VekLook): string {
  const steps = (set: string, unless: (column: string) => string): string =>
    (s.schema.hasMergeParent ? ['parent_hash', 'merge_parent'] : ['parent_hash'])
      .map((column) => step(set, column, unless(column)))
      .join(' ');
  return `WITH RECURSIVE
    kept(h) AS MATERIALIZED (
      SELECT hash FROM refs WHERE name NOT IN (SELECT value FROM json_each(@changed))
      UNION SELECT value FROM json_each(@kept)
      ${steps('kept', () => '')}),
    gone(h) AS MATERIALIZED (
      SELECT value FROM json_each(@left) WHERE value NOT IN (SELECT h FROM kept)
      ${steps('gone', (column) => ` AND nodes.${column} NOT IN (SELECT h FROM kept)`)})`;
}

const OBJECTS_OF = (set: string): string =>
  `SELECT input_hash AS o FROM nodes WHERE hash IN (SELECT h FROM ${set}) UNION SELECT output_hash FROM nodes WHERE hash IN (SELECT h FROM ${set})`;

/** How many calls and objects nothing would reach after these changes; null when everything stays reachable. */
export function countUnreachable(
  s: VekLook,
  changes: readonly RefChange[],
): { nodes: number; objects: number } | null {
  const tips = tipsOf(s, changes);
  if (tips === null) return null;
  const reach = reachQuery(s);
  const nodes = s.db
    .prepare<[Tips], number>(`${reach} SELECT count(*) FROM gone JOIN nodes ON nodes.hash = gone.h`)
    .pluck()
    .get(tips)!;
  if (nodes === 0) return null;
  const objects = s.db
    .prepare<[Tips], number>(
      `${reach} SELECT count(*) FROM objects WHERE hash IN (${OBJECTS_OF('gone')}) AND hash NOT IN (${OBJECTS_OF('kept')})`,
    )
    .pluck()
    .get(tips)!;
  return { nodes, objects };
}

/**
 * Walks what nothing would reach after these changes, without holding it in memory: the hashes of its nodes, then
 * those of all objects they use. False when there is none.
 */
export function walkUnreachable(
  s: VekLook,
  changes: readonly RefChange[],
  onNode: (hash: string) => void,
  onObject: (hash: string) => void,
): boolean {
  const tips = tipsOf(s, changes);
  if (tips === null) return false;
  const reach = reachQuery(s);
  const each = (query: string, visit: (hash: string) => void): number => {
    let count = 0;
    for (const hash of s.db.prepare<[Tips], unknown>(`${reach} ${query}`).pluck().iterate(tips)) {
      if (typeof hash !== 'string') continue;
      visit(hash);
      count++;
    }
    return count;
  };
  if (each('SELECT nodes.hash FROM gone JOIN nodes ON nodes.hash = gone.h', onNode) === 0) return false;
  each(OBJECTS_OF('gone'), onObject);
  return true;
}
