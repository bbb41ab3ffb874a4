import type { ChainBreak } from '../chain/verdict.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { nameOf, placeOf, reorder, seqAt, type Facts } from './facts.ts';
import { shown, stepName } from './words.ts';

/** Entries that are put one on where another one is taken back to its place. */
const MAX_BETWEEN = 50_000;

/**
 * An entry that was given a number behind all others: its own is missing, and the chain names it there. It is put back to
 * its place. Gives the numbers of breaks that this explains.
 */
export function takeMovedBack(
  look: LedgerLook,
  facts: Facts,
  open: readonly ChainBreak[],
  board: Board,
): ReadonlySet<number> {
  const explained = new Set<number>();
  const byHash = `${look.select('event_log', ['seq', 'prev_hash', 'event_hash'])} WHERE event_hash = ? LIMIT 1`;
  const one = open.find(({ linked, fits, before, seq }) => !linked && fits && seq - (before ?? 0) > 1);
  if (one === undefined) return explained;
  const row = look.db.prepare<[string], readonly unknown[]>(byHash).raw().get(one.storedPrev);
  const [seq, prev] = row ?? [];
  const last = facts.count - 1;
  const from = placeOf(facts, one.seq);
  if (seq !== seqAt(facts, last) || prev !== one.beforeHash || from >= last || last - from > MAX_BETWEEN)
    return explained;
  const truth = (one.before ?? 0) + 1;
  tell(facts, last, { seq, truth, next: one.seq }, board);
  const order = [last, ...Array.from({ length: last - from }, (_, i) => from + i)];
  reorder(facts, from, order);
  for (const number of [one.seq, seq]) {
    const jump = facts.jumpSeq.indexOf(number as number);
    if (jump >= 0) {
      facts.jumpSeq.splice(jump, 1);
      facts.jumpAt.splice(jump, 1);
    }
  }
  return explained.add(one.seq).add(seq as number);
}

function tell(
  facts: Facts,
  at: number,
  { seq, truth, next }: { readonly seq: unknown; readonly truth: number; readonly next: number },
  board: Board,
): void {
  const agent = nameOf(facts, facts.agent[at]!);
  const whose = agent === null ? '' : `, ${shown(agent)}`;
  board.add(`entry:${truth}`, {
    kind: 'entries-reordered',
    severity: 'error',
    seq: truth,
    agent,
    message: `Entry ${truth} (${stepName(facts.kind[at]!)}${whose}) has the number ${String(seq)} now, behind all others: entry ${next} names it as the one before it, and it names entry ${truth - 1}. Its content fits its hash; only its number was changed, which no hash covers.`,
    expected: `number ${truth}`,
    found: `number ${String(seq)}`,
    sure: 'proved',
    because: [
      witness('hash', `entry ${next}`, `names entry ${String(seq)} as the one before it`, true, next),
      witness('sequence', `the number ${truth}`, 'is missing', true),
    ],
  });
}
