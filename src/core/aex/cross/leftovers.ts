import { kindOf } from '../entry.ts';
import type { AccountRow } from '../rows.ts';
import { addWitness, witness, type Draft } from './board.ts';
import type { CallContext } from './call.ts';
import { KIND, nameOf, placeOf, SEEN, seqAt } from './facts.ts';
import type { GapStory } from './gaps.ts';
import { ACTIONS } from './stream-facts.ts';
import { sameAs } from './stream-likeness.ts';
import type { StreamRow } from './stream-rows.ts';
import { sequenceOf } from './tail.ts';
import { checkTwins } from './twins.ts';
import { kindName, listed, shown } from './words.ts';

/** Rows that lack their counterpart, listed one by one. */
const MAX_LISTED = 300;
/** Places by which the entry without a row may stand behind the hole in the rows. */
const SHIFTED = 300;
/** Entries for each row of the older stream, about, at most. */
const ENTRIES_A_ROW = 6;

/** Entries without a row in the older stream, and rows without an entry. */
export function checkStream(context: CallContext, accounts: readonly AccountRow[]): void {
  const { look, facts, alignment, board, gaps } = context;
  if (!alignment.readable || context.emptied.events) return;
  const counter = sequenceOf(look, 'events');
  const ends =
    counter !== null && counter > alignment.lastId
      ? [{ from: alignment.lastId + 1, to: counter + 1, before: facts.count }]
      : [];
  const holes = [...alignment.idGaps, ...ends];
  const taken = new Set<number>();
  for (const hole of holes.slice(0, MAX_LISTED)) {
    const count = hole.to - hole.from;
    // equal rows in a line leave open which of their entries lost its row
    const lost = alignment.lacking
      .filter(
        (at) =>
          !taken.has(at) &&
          at >= previous(holes, hole) &&
          at <= hole.before + SHIFTED + count * ENTRIES_A_ROW,
      )
      .sort((a, b) => Math.abs(a - hole.before) - Math.abs(b - hole.before))
      .slice(0, count);
    for (const at of lost) taken.add(at);
    const at = lost[0];
    const gap = at === undefined ? gapAt(context, hole) : undefined;
    if (gap !== undefined) {
      const rows = count === 1 ? `row ${hole.from}` : `rows ${hole.from} to ${hole.to - 1}`;
      addWitness(gap.draft, witness('stream', `${rows} of the older event stream`, 'missing as well', true));
      continue;
    }
    const which = count === 1 ? `Row ${hole.from}` : `Rows ${hole.from} to ${hole.to - 1}`;
    const about =
      at === undefined
        ? gaps.length > 0
          ? `the entries that ${count === 1 ? 'it was' : 'they were'} written with may be missing as well`
          : `no entry belongs to ${count === 1 ? 'it' : 'them'}, as none belongs to a refusal by a rate limit or to the deletion of an agent`
        : `by the entries ${count === 1 ? 'it was' : 'the first was'} that of entry ${seqAt(facts, at)}, a ${kindName(facts.kind[at]!)}`;
    board.add(`hole:${hole.from}`, {
      kind: 'row-missing',
      severity: 'error',
      seq: at === undefined ? null : seqAt(facts, at),
      agent: at === undefined ? null : nameOf(facts, facts.agent[at]!),
      message: `${which} of the older event stream ${count === 1 ? 'is' : 'are'} missing: ${about}. AEX removes no row. The entries are not affected.`,
      expected: which.toLowerCase(),
      found: 'nothing',
      sure: 'proved',
      because: [
        witness(
          'sequence',
          hole.before >= facts.count ? "SQLite's counter of events" : `row ${hole.to} of events`,
          'the numbers go on by one',
          false,
        ),
      ],
    });
  }
  const moved = tellElsewhere(context, taken);
  for (const at of alignment.lacking.slice(0, MAX_LISTED)) {
    if (taken.has(at) || (facts.flags[at]! & (SEEN.rebuilt | SEEN.broken)) !== 0) continue;
    const seq = seqAt(facts, at);
    const known = board.get(`entry:${seq}`);
    const said = witness(
      'stream',
      'the older event stream',
      `has no row for this ${kindName(facts.kind[at]!)}`,
      false,
      seq,
    );
    if (known !== undefined) {
      addWitness(known, said);
      continue;
    }
    board.add(`entry:${seq}`, {
      kind: 'row-missing',
      severity: 'error',
      seq,
      executionId: context.look.entry(seq)?.executionId ?? null,
      agent: nameOf(facts, facts.agent[at]!),
      message: `Entry ${seq}, a ${kindName(facts.kind[at]!)}, has no row in the older event stream. AEX writes both in one step: the row was removed, or the entry was put in or changed.`,
      expected: 'a row in events',
      found: 'none',
      sure: 'likely',
      because: [said],
    });
  }
  for (const { row, before } of alignment.extra.slice(0, MAX_LISTED)) {
    if (moved.has(row.id)) continue;
    const said = witness('stream', `row ${row.id} of events`, `${row.action} without an entry`, false);
    const open = gaps.at(-1)?.draft ?? brokenNear(context, before) ?? givenAgain(context, row);
    if (open !== undefined && open !== null) {
      addWitness(open, said);
      continue;
    }
    board.add(`stream:${row.id}`, {
      kind: 'row-missing',
      severity: 'error',
      agent: row.agent,
      message: `Row ${row.id} of the older event stream (${shown(row.action)} of ${shown(row.agent)}, ${row.timestamp ?? 'no time'}) has no entry. AEX writes both in one step: the entry was removed and the rest hashed and numbered anew, or the row was put in.`,
      expected: 'an entry',
      found: 'none',
      sure: 'likely',
      because: [said],
    });
  }
  checkTwins(context, accounts);
}

/** Rows that stand elsewhere than their entry does: one finding. Takes their entries; gives their numbers. */
function tellElsewhere({ facts, alignment, board }: CallContext, taken: Set<number>): ReadonlySet<number> {
  const rows = new Map<number, number>();
  for (const { row } of alignment.extra.slice(0, MAX_LISTED)) {
    const at = alignment.lacking
      .slice(0, MAX_LISTED)
      .find((place) => !taken.has(place) && sameAs(facts, place, row));
    if (at === undefined) continue;
    taken.add(at);
    rows.set(row.id, at);
  }
  const [first] = [...rows].toSorted(([, a], [, b]) => a - b);
  if (first === undefined) return new Set();
  const seq = seqAt(facts, first[1]);
  const said = [...rows].map(([id, at]) => `row ${id} is that of entry ${seqAt(facts, at)}`);
  board.add(`stream:${first[0]}`, {
    kind: 'stream-differs',
    severity: 'error',
    seq,
    agent: nameOf(facts, facts.agent[first[1]]!),
    message: `${rows.size === 1 ? 'A row of the older event stream stands' : `${rows.size} rows of the older event stream stand`} elsewhere than ${rows.size === 1 ? 'its entry does' : 'their entries do'}: ${listed(said.slice(0, 6))}${said.length > 6 ? `, and ${said.length - 6} more` : ''}. AEX writes both in one step, so their order is one: rows were moved. The entries are not affected.`,
    expected: 'rows in the order of the entries',
    found: listed(said.slice(0, 6)),
    sure: 'likely',
    because: [...rows].map(([id, at]) =>
      witness(
        'stream',
        `row ${id} of events`,
        `what entry ${seqAt(facts, at)} says`,
        false,
        seqAt(facts, at),
      ),
    ),
  });
  return new Set(rows.keys());
}

/** Places between a gap in the log and one in the rows that were written with it. */
const NEAR_GAP = 8;

/** Missing entries of which nothing is known that rows are missing with. */
function gapAt(
  { facts, gaps }: CallContext,
  { from, to, before }: { readonly from: number; readonly to: number; readonly before: number },
): GapStory | undefined {
  return gaps.find((gap) => {
    const missing = (gap.to ?? Infinity) - gap.from - gap.inserted;
    const at = gap.to === null ? facts.count : placeOf(facts, gap.to);
    return to - from <= missing && Math.abs(before - at) <= NEAR_GAP;
  });
}

function previous(
  holes: readonly { readonly from: number; readonly before: number }[],
  hole: { readonly from: number },
): number {
  let last = 0;
  for (const other of holes) if (other.from < hole.from) last = Math.max(last, other.before);
  return last;
}

/** A finding about an entry that can't stand where it is and says what a row does: both were put in. */
function givenAgain({ facts, board, look }: CallContext, row: StreamRow): Draft | undefined {
  return board.find((draft) => {
    if (draft.kind !== 'entry-unknown' || draft.seq === null || draft.agent !== row.agent) return false;
    const type = look.entry(draft.seq)?.type;
    if (type === undefined || KIND[kindOf(type)] !== ACTIONS.get(row.action)) return false;
    return type !== 'usage.commit' || facts.amount[placeOf(facts, draft.seq)] === row.cost;
  });
}

/** A finding about an entry without its true content near a place. */
function brokenNear(context: CallContext, place: number): ReturnType<CallContext['board']['get']> {
  const { facts, board } = context;
  for (let at = Math.max(0, place - 8); at < Math.min(facts.count, place + 8); at++) {
    if ((facts.flags[at]! & SEEN.broken) !== 0) return board.get(`entry:${seqAt(facts, at)}`);
  }
  return undefined;
}
