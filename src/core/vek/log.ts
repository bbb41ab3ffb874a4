import type { NodeRecord } from '../../contract/vek.ts';
import { fail, ok, type Result } from '../result.ts';
import { readHead } from './head.ts';
import type { VekLook } from './store.ts';
import { firstParents } from './walk.ts';

/** `n`: how many (20 unless told), by the rules of a Python slice. `branch`: any ref name; HEAD's unless told. */
export type LogOptions = { readonly n?: number | 'all'; readonly branch?: string };

/** The branch HEAD names. Fails where HEAD is missing or unreadable, as the real tool does. */
export function currentBranch(s: VekLook): Result<string> {
  const head = readHead(s.paths);
  if (head.state === 'branch') return ok(head.branch);
  const what = head.state === 'missing' ? 'is missing' : `can't be read: ${head.reason}`;
  return fail(
    head.state === 'missing' ? 'not-found' : 'unreadable',
    `The file HEAD ${what}, so there is no current branch.`,
    'Name a branch, or switch to one to write HEAD anew.',
  );
}

/**
 * The chain of first parents of a branch, newest first, as vek's log (formats/vek.md §6): empty for an unborn or
 * unknown branch, ends at a missing parent, and where a cycle would begin. n = 0 is empty, a negative n leaves out
 * the oldest.
 */
export function log(s: VekLook, options: LogOptions = {}): Result<NodeRecord[]> {
  const branch = options.branch === undefined ? currentBranch(s) : ok(options.branch);
  if (!branch.ok) return branch;
  const n = options.n ?? 20;
  const records: NodeRecord[] = [];
  const tip = n === 0 ? null : s.ref(branch.value);
  if (tip === null) return ok(records);
  for (const record of firstParents(s, tip)) {
    records.push(record);
    if (typeof n === 'number' && n > 0 && records.length >= n) break;
  }
  if (typeof n === 'number' && n < 0) records.splice(Math.max(0, records.length + n));
  return ok(records);
}
