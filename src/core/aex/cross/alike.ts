import type { LedgerFindingKind } from '../../../contract/ledger-report.ts';
import { addWitness, witness, type Board, type Draft } from './board.ts';
import { listed, shortId, shown } from './words.ts';

/** Findings of one record each, of which many alike come from one statement on a table. */
const JOINED: ReadonlySet<LedgerFindingKind> = new Set([
  'row-missing',
  'execution-differs',
  'reservation-differs',
  'stream-differs',
  'time-differs',
  'entry-respelled',
]);
/** From so many on, the same of one table is told once. */
const MANY = 8;
/** Records that are named in the text of such a finding. */
const NAMED = 6;

/**
 * Makes one finding of many that say the same of one record each: the same columns of one table, or rows that are gone from
 * it. And one of entries in which the same was changed, or of the entries of a call whose times were changed together.
 */
export function joinAlike(board: Board): void {
  const groups = Map.groupBy(board.keyed(), ([key, draft]) => groupOf(key, draft));
  for (const [name, group] of groups) {
    if (name !== null && group.length >= MANY) join(board, group);
  }
  const calls = Map.groupBy(board.keyed(), ([key, { kind, executionId }]) =>
    kind === 'time-differs' && key.startsWith('entry:') ? executionId : null,
  );
  joinExchanged(board);
  const changed = Map.groupBy(board.keyed(), ([, { kind, expected, found }]) =>
    kind === 'entry-altered' || (JOINED.has(kind) && expected?.startsWith('model ') === true)
      ? `${kind} ${expected} → ${found}`
      : null,
  );
  for (const [what, group] of changed)
    if (what !== null && group.length > 1 && group[0]![1].expected !== null) join(board, group);
  for (const [id, group] of calls) if (id !== null && group.length > 1) join(board, group);
}

/** Two calls of which each was given the agent of the other, in the same records: one exchange. */
function joinExchanged(board: Board): void {
  const open = board.keyed().filter(([, one]) => /^agent [^,]*$/.test(one.expected ?? ''));
  for (const [i, [key, one]] of open.entries()) {
    if (board.get(key) === undefined) continue;
    const others = open
      .slice(i + 1)
      .filter(
        ([name, two]) =>
          board.get(name) !== undefined &&
          two.kind === one.kind &&
          two.executionId !== one.executionId &&
          two.expected === one.found &&
          two.found === one.expected,
      );
    if (others.length !== 1) continue;
    const [first, second] = [one, others[0]![1]].toSorted(
      (a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity),
    ) as [Draft, Draft];
    first.message = `${first.message} ${nameOf(second)} was given the agent of this one: ${second.found} instead of ${second.expected}. The two were exchanged.`;
    for (const said of [
      witness(
        'neighbours',
        nameOf(second),
        `${second.found} instead of ${second.expected}`,
        false,
        second.seq,
      ),
      ...second.because,
    ])
      addWitness(first, said);
    board.delete(second === one ? key : others[0]![0]);
  }
}

/** The table and columns that a finding is about; null: it stays for itself. */
function groupOf(key: string, { kind, severity, expected, sure }: Draft): string | null {
  if (!JOINED.has(kind) || severity === 'notice') return null;
  const table = key.slice(0, key.indexOf(':'));
  const columns =
    kind === 'row-missing'
      ? (expected ?? '').replaceAll(/^rows? .*|\d+/g, '')
      : [...(expected ?? '').matchAll(/(?:^|, )([a-z]+(?: [a-z]+)?) /g)].map((one) => one[1]).join();
  return `${kind} ${severity} ${sure} ${table} ${columns}`;
}

function join(board: Board, group: readonly (readonly [string, Draft])[]): void {
  const [[, first], ...others] = group.toSorted(
    ([, a], [, b]) => (a.seq ?? Infinity) - (b.seq ?? Infinity),
  ) as [readonly [string, Draft], ...(readonly [string, Draft])[]];
  const agents = new Set(group.map(([, { agent }]) => agent));
  const names = others.slice(0, NAMED).map(([, draft]) => nameOf(draft));
  const more = others.length - names.length;
  const rest = more > 0 ? [...names, `${more} more`] : names;
  const whose = agents.size === 1 && first.agent !== null ? ` All are of ${shown(first.agent)}.` : '';
  first.message = `${first.message} The same is so of ${others.length === 1 ? 'one other' : `${others.length} others`}: ${listed(rest)}.${whose}`;
  if (agents.size > 1) first.agent = null;
  for (const [key, draft] of others) {
    const says =
      draft.found === null || draft.found === 'none' ? draft.kind.replaceAll('-', ' ') : draft.found;
    addWitness(first, witness('neighbours', nameOf(draft), `${says}, as here`, false, draft.seq));
    board.delete(key);
  }
}

function nameOf({ seq, executionId }: Draft): string {
  if (seq !== null) return `entry ${seq}`;
  return executionId === null ? 'a row' : `execution ${shortId(executionId)}`;
}
