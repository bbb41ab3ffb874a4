import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { seqAt, type Facts } from './facts.ts';
import { contentText, tellContent } from './gap-words.ts';
import type { GapStory } from './gaps.ts';
import { goneEntries } from './gone.ts';
import { insertRebuilt, likelyMissing, stepsSeen, type Lacking } from './missing.ts';
import { SEQUENCE } from './put-in.ts';
import type { StreamAlignment } from './stream.ts';
import { LOCK_SECONDS } from './times.ts';
import { capital, entriesText } from './words.ts';

/** Executions that are open by their entries and are looked up. */
const MAX_OPEN = 500;

/** Whether an execution and its reservation are both settled, and no entry says so. */
export function endsWithoutEntry(look: LedgerLook, facts: Facts): boolean {
  const seen = stepsSeen(facts);
  const told = new Set<number>();
  for (let at = facts.count - 1; at >= 0 && told.size < MAX_OPEN; at--) {
    const n = facts.execution[at]!;
    if (n === NONE || told.has(n) || (seen[n]! & 4) !== 0) continue;
    told.add(n);
    const id = look.entry(seqAt(facts, at))?.executionId;
    if (typeof id === 'string' && ended(look, id)) return true;
  }
  return false;
}

function ended(look: LedgerLook, id: string): boolean {
  const state = look.execution(id)?.state;
  return (state === 'COMMITTED' || state === 'RELEASED') && look.reservation(id)?.state === state;
}

const surelyEnded = (look: LedgerLook, one: Lacking): boolean =>
  one.executionId === null ||
  one.steps.length > 1 ||
  ended(look, one.executionId) ||
  look.execution(one.executionId)?.state !== 'RELEASED';

export type Tail = { readonly last: number; readonly counter: number | null };

/** The end of the log against the counter that SQLite keeps; null: they agree. */
export function tailOf(look: LedgerLook, facts: Facts): Tail | null {
  const counter = sequenceOf(look, 'event_log');
  const last = facts.count === 0 ? 0 : facts.jumpSeq.at(-1)! + facts.count - 1 - facts.jumpAt.at(-1)!;
  return counter === last || (counter === null && last === 0) ? null : { last, counter };
}

/** The highest number that an autoincrement column ever gave; null: SQLite has no counter for it. */
export function sequenceOf(look: LedgerLook, table: 'event_log' | 'events'): number | null {
  try {
    const value = look.db.prepare('SELECT max(seq) FROM sqlite_sequence WHERE name = ?').pluck().get(table);
    return typeof value === 'number' ? value : null;
  } catch {
    return null;
  }
}

export function tellTail(
  look: LedgerLook,
  facts: Facts,
  tail: Tail | null,
  lacking: readonly Lacking[],
  alignment: StreamAlignment,
  board: Board,
): GapStory | null {
  const lastAt = facts.count - 1;
  const last = tail?.last ?? (facts.count === 0 ? 0 : facts.jumpSeq.at(-1)! + lastAt - facts.jumpAt.at(-1)!);
  const counted = tail?.counter === null || tail === null ? null : tail.counter - tail.last;
  const end = lastAt < 0 ? 0 : facts.seconds[lastAt]! - LOCK_SECONDS;
  const atEnd = lacking.filter(
    (one) =>
      one.taken < one.steps.length && one.seconds >= end && (counted !== null || surelyEnded(look, one)),
  );
  const extra = alignment.extra.filter(({ before }) => before > lastAt);
  if (counted !== null && counted < 0) {
    board.add(SEQUENCE, {
      kind: 'entry-unknown',
      severity: 'error',
      seq: last,
      message: `SQLite counted ${tail!.counter} entries, and entry ${last} is there. The counter was set back, or entries were put in another way than AEX does.`,
      expected: `a counter of at least ${last}`,
      found: String(tail!.counter),
      sure: 'proved',
    });
    return null;
  }
  const rowsSay = atEnd.reduce((sum, one) => sum + one.steps.length - one.taken, 0);
  if ((counted ?? 0) === 0 && rowsSay === 0) {
    if (tail !== null && tail.counter === null && facts.count > 0 && look.how.salvaged === false) {
      board.add('sequence', {
        kind: 'row-missing',
        severity: 'error',
        seq: last,
        message:
          'SQLite keeps a counter of the entries it ever numbered, and that counter is gone. AEX never removes it.',
        expected: `counter ${last}`,
        found: 'nothing',
        sure: 'likely',
      });
    }
    return null;
  }
  const count = counted !== null && counted > 0 ? counted : rowsSay;
  const made = likelyMissing(count, lacking, end, Infinity);
  const source = counted !== null && counted > 0 ? 'SQLite numbered' : 'other records call for';
  const which =
    last === 0 && count > 1 ? `All ${count} entries` : capital(entriesText(last + 1, last + count));
  const draft = board.add('tail', {
    kind: 'tail-missing',
    severity: 'error',
    seq: last + 1,
    executionId: made[0]?.executionId ?? null,
    agent: made[0]?.agent ?? null,
    message: `${which} ${count === 1 ? 'was' : 'were'} removed: ${last === 0 ? 'the log is empty' : `the log ends at entry ${last}`}, and ${source} ${count}${last === 0 ? '' : ' more'}.${made.length > 0 ? ` By the other records ${count === 1 ? 'it was' : 'they were'} ${contentText(made)}.` : ''} The chain can't show a cut at its end.`,
    expected: `entries up to ${last + count}`,
    found: `entries up to ${last}`,
    sure: counted !== null && counted > 0 ? 'proved' : 'likely',
    range: { from: last + 1, to: last + count },
    gone: goneEntries(made, last + 1, null),
  });
  if (counted !== null && counted > 0) {
    draft.because.push(
      witness('sequence', "SQLite's counter of event_log", `${tail!.counter} entries were numbered`, true),
    );
  }
  for (const { row } of extra.slice(0, 12)) {
    draft.because.push(witness('stream', `row ${row.id} of events`, `${row.action} without an entry`, true));
  }
  tellContent(draft, made, false);
  insertRebuilt(facts, facts.count, made, last + 1);
  return { from: last + 1, to: null, draft, inserted: made.length };
}
