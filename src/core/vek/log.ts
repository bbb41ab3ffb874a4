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
  const what = head.state === 'missing' ? 'is missing' : `can’t be read: ${head.reason}`;
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
  const records = logEach(s, options);
  return records.ok ? ok(Array.from(records.value)) : records;
}

/** The same, one record at a time: nothing but a negative n's oldest records is held in memory. */
export function logEach(s: VekLook, options: LogOptions = {}): Result<Iterable<NodeRecord>> {
  const branch = options.branch === undefined ? currentBranch(s) : ok(options.branch);
  if (!branch.ok) return branch;
  const n = options.n ?? 20;
  const tip = n === 0 ? null : s.ref(branch.value);
  if (tip === null) return ok([]);
  const chain = firstParents(s, tip);
  if (n === 'all') return ok(chain);
  return ok(n > 0 ? first(chain, n) : allButLast(chain, -n));
}

function* first(records: Iterable<NodeRecord>, count: number): Generator<NodeRecord> {
  let given = 0;
  for (const record of records) {
    yield record;
    given += 1;
    if (given >= count) return;
  }
}

function* allButLast(records: Iterable<NodeRecord>, count: number): Generator<NodeRecord> {
  const held: NodeRecord[] = [];
  let at = 0;
  for (const record of records) {
    if (held.length < count) {
      held.push(record);
      continue;
    }
    yield held[at]!;
    held[at] = record;
    at = (at + 1) % count;
  }
}
