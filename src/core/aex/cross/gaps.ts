import { GENESIS } from '../chain/entry-hash.ts';
import type { ChainBreak } from '../chain/verdict.ts';
import { kindOf } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board, type Draft } from './board.ts';
import { NONE } from '../columns.ts';
import { tellClosed } from './closed.ts';
import { KIND, placeOf, seqAt, type Facts } from './facts.ts';
import {
  insertRebuilt,
  lackingOf,
  likelyMissing,
  provedMissing,
  stepsSeen,
  type Lacking,
} from './missing.ts';
import type { Prices, Rebuilt } from './records.ts';
import type { StreamAlignment } from './stream.ts';
import { LOCK_SECONDS } from './times.ts';
import { entriesText, kindName, shortId } from './words.ts';

/** Entries that are not there any more. `to`: the entry behind them, null at the end. */
export type GapStory = {
  readonly from: number;
  readonly to: number | null;
  readonly draft: Draft;
  readonly inserted: number;
};

/** What is known of a gap before it is looked into. */
type Gap = {
  /** number of the first missing entry */
  readonly from: number;
  /** how many numbers are missing; null: none is, the numbers were closed up */
  readonly count: number | null;
  readonly next: number;
  readonly prev: string;
  readonly target: string;
  readonly linked: boolean;
};

const MAX_GAPS = 200;

/** Tells of numbers that are missing, and of breaks that removed entries explain; puts these where they stood. */
export function tellGaps(
  look: LedgerLook,
  facts: Facts,
  unlinked: readonly ChainBreak[],
  alignment: StreamAlignment,
  prices: Prices | null,
  board: Board,
): GapStory[] {
  const gaps = gapsOf(look, facts, unlinked);
  const tail = tailOf(look, facts);
  const suspicious =
    gaps.length > 0 || tail !== null || alignment.extra.length > 0 || endsWithoutEntry(look, facts);
  if (!suspicious) return [];
  const lacking = lackingOf(look, facts, alignment, prices);
  const stories: GapStory[] = [];
  for (const gap of gaps.slice(0, MAX_GAPS)) {
    const story = tellGap(facts, gap, lacking, board);
    if (story !== null) stories.push(story);
  }
  const story = tellTail(look, facts, tail, lacking, alignment, board);
  if (story !== null) stories.push(story);
  else {
    for (const { from, draft, inserted } of tellClosed(look, facts, lacking, alignment, board))
      stories.push({ from, to: null, draft, inserted });
  }
  return stories;
}

function gapsOf(look: LedgerLook, facts: Facts, unlinked: readonly ChainBreak[]): Gap[] {
  const gaps: Gap[] = [];
  const breaks = new Map(unlinked.map((one) => [one.seq, one]));
  for (const [i, at] of facts.jumpAt.entries()) {
    const seq = facts.jumpSeq[i]!;
    const before = i === 0 ? 0 : facts.jumpSeq[i - 1]! + at - facts.jumpAt[i - 1]! - 1;
    if (seq <= before + 1 || gaps.length >= MAX_GAPS) continue;
    const broken = breaks.get(seq);
    const stored = broken === undefined ? look.entry(seq) : null;
    gaps.push({
      from: before + 1,
      count: seq - before - 1,
      next: seq,
      prev: broken?.beforeHash ?? stored?.prevHash ?? GENESIS,
      target: broken?.storedPrev ?? stored?.prevHash ?? '',
      linked: broken === undefined,
    });
  }
  const known = new Set(gaps.map(({ next }) => next));
  for (const one of unlinked) {
    if (known.has(one.seq) || gaps.length >= MAX_GAPS) continue;
    gaps.push({
      from: one.seq,
      count: null,
      next: one.seq,
      prev: one.beforeHash,
      target: one.storedPrev,
      linked: false,
    });
  }
  return gaps;
}

function tellGap(facts: Facts, gap: Gap, lacking: readonly Lacking[], board: Board): GapStory | null {
  const at = placeOf(facts, gap.next);
  let made: readonly Rebuilt[] | null = null;
  let proved = false;
  if (!gap.linked) {
    for (const count of gap.count === null ? [1, 2, 3] : [gap.count]) {
      made ??= provedMissing(gap.prev, gap.target, count, lacking);
    }
    proved = made !== null;
  }
  // without missing numbers only a proof tells a removed entry from a replaced one
  if (gap.count === null && made === null) return null;
  if (made === null) {
    const from = at === 0 ? 0 : facts.seconds[at - 1]! - LOCK_SECONDS;
    const to = at < facts.count ? facts.seconds[at]! + LOCK_SECONDS : Infinity;
    made = likelyMissing(gap.count ?? 0, lacking, from, to);
  }
  const count = gap.count ?? made.length;
  const last = gap.from + count - 1;
  const which =
    gap.count === null
      ? `${count === 1 ? 'An entry' : `${count} entries`} before entry ${gap.next}`
      : capital(entriesText(gap.from, last));
  const verb = count === 1 ? 'is' : 'are';
  const what = contentText(made);
  const how = proved
    ? ` It was ${what}: with that the chain closes again, which proves it.`
    : made.length > 0
      ? ` By the other records it was ${what}.`
      : ' The other records do not say what stood there.';
  const linked = gap.linked
    ? ` The hashes fit across the gap, so everything from entry ${gap.next} on was hashed anew after the removal.`
    : ` Entry ${gap.next} still names the hash of what stood before it.`;
  const closed = gap.count === null ? ' The numbers were closed up.' : '';
  const draft = board.add(`gap:${gap.from}`, {
    kind: 'entry-missing',
    severity: 'error',
    seq: gap.from,
    executionId: made[0]?.executionId ?? null,
    agent: made[0]?.agent ?? null,
    message: `${which} ${verb} missing: ${count === 1 ? 'it was' : 'they were'} removed.${closed}${linked}${how} The record is incomplete from entry ${gap.from} on.`,
    expected: made.length > 0 ? what : entriesText(gap.from, last),
    found: 'nothing',
    sure: 'proved',
  });
  draft.because.push(
    gap.linked
      ? witness(
          'sequence',
          `entry ${gap.next}`,
          `follows the number ${gap.from - 1}; AEX leaves no number out`,
          false,
          gap.next,
        )
      : witness(
          'hash',
          `entry ${gap.next}`,
          `names ${gap.target.slice(0, 12)}… as the entry before it, which no entry has`,
          false,
          gap.next,
        ),
  );
  tellContent(draft, made, proved);
  insertRebuilt(facts, at, made.slice(0, count), gap.from);
  return { from: gap.from, to: gap.next, draft, inserted: Math.min(made.length, count) };
}

/** Executions that are open by their entries and are looked up. */
const MAX_OPEN = 500;

/** Whether an execution and its reservation are both settled, and no entry says so. */
function endsWithoutEntry(look: LedgerLook, facts: Facts): boolean {
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

type Tail = { readonly last: number; readonly counter: number | null };

/** The end of the log against the counter that SQLite keeps; null: they agree. */
function tailOf(look: LedgerLook, facts: Facts): Tail | null {
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

function tellTail(
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
    board.add('sequence', {
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
  const draft = board.add('tail', {
    kind: 'tail-missing',
    severity: 'error',
    seq: last + 1,
    executionId: made[0]?.executionId ?? null,
    agent: made[0]?.agent ?? null,
    message: `The log ends at entry ${last}, but ${count === 1 ? 'one more was' : `${count} more were`} written: ${capital(entriesText(last + 1, last + count))} ${count === 1 ? 'was' : 'were'} removed. The chain itself can't show a cut at its end.${made.length > 0 ? ` By the other records ${count === 1 ? 'it was' : 'they were'} ${contentText(made)}.` : ''} The record is incomplete from entry ${last + 1} on.`,
    expected: `entries up to ${last + count}`,
    found: `entries up to ${last}`,
    sure: counted !== null && counted > 0 ? 'proved' : 'likely',
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

function contentText(made: readonly Rebuilt[]): string {
  const names = made.slice(0, 5).map((one) => {
    const id = one.executionId === null ? '' : ` of execution ${shortId(one.executionId)}`;
    return `the ${kindName(KIND[kindOf(one.type)])}${id}`;
  });
  return made.length > 5 ? `${names.join(', ')} and ${made.length - 5} more` : names.join(', ');
}

function tellContent(draft: Draft, made: readonly Rebuilt[], proved: boolean): void {
  for (const one of made.slice(0, 12)) {
    const kind = kindName(KIND[kindOf(one.type)]);
    const where =
      one.executionId === null ? 'the older event stream' : `execution ${shortId(one.executionId)}`;
    const says = proved ? `its ${kind} closes the chain again` : `has no entry for its ${kind}`;
    draft.because.push(witness(proved ? 'hash' : 'execution', where, says, true));
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
