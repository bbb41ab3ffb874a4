import type { Draft } from './board.ts';
import type { CallContext } from './call.ts';
import { placeAt } from './erased.ts';
import { seqAt } from './facts.ts';
import { entriesText, listed, shortId } from './words.ts';

/** Records that say where removed entries stood. */
type Hint = { readonly place: number; readonly text: string; readonly key: string | null };

const MAX_HINTS = 12;

/**
 * SQLite numbered more entries than there are, and nothing at the end of the log lacks them: they were removed somewhere
 * else, and what stood behind them was numbered anew. Places them by what has no entry now.
 */
export function tellElsewhere(context: CallContext): void {
  const { facts, gaps, board } = context;
  const story = gaps.find(
    ({ to, inserted, draft }) => to === null && inserted === 0 && draft === board.get('tail'),
  );
  const range = story?.draft.range;
  if (story === undefined || range === undefined || facts.count === 0) return;
  const { draft } = story;
  const count = range.to - range.from + 1;
  const numbered = `SQLite numbered ${count === 1 ? 'one entry' : `${count} entries`} more than there ${count === 1 ? 'is' : 'are'}`;
  const hints = hintsOf(context).toSorted((a, b) => a.place - b.place);
  const first = hints[0];
  if (first === undefined || first.place >= facts.count) {
    draft.message = `${numbered}: the log ends at entry ${range.from - 1}, and nothing says what else stood there. ${count === 1 ? 'It was' : 'They were'} cut off at the end, or removed elsewhere and the rest numbered and hashed anew: the chain shows neither.`;
    return;
  }
  const seq = seqAt(facts, first.place);
  delete draft.range;
  delete draft.gone;
  for (const { key } of hints) if (key !== null) board.delete(key);
  place(draft, seq, context);
  draft.message = `${count === 1 ? 'An entry is' : `${count} entries are`} missing: ${count === 1 ? 'it was' : 'they were'} removed, and what stood behind ${count === 1 ? 'it' : 'them'} was numbered and hashed anew, so that the chain shows nothing. ${numbered}. By ${listed(hints.slice(0, 4).map(({ text }) => text))} ${count === 1 ? 'it' : 'they'} stood at about entry ${seq}. The hashes prove nothing from there on.`;
  draft.expected = `${range.to} entries`;
  draft.found = entriesText(1, range.from - 1);
}

function place(draft: Draft, seq: number, { lone }: CallContext): void {
  draft.kind = 'entry-missing';
  draft.seq = seq;
  draft.since = seq;
  draft.sure = 'proved';
  if (lone.length !== 1) return;
  draft.executionId = lone[0]!.id;
  draft.agent = lone[0]!.agent;
}

function hintsOf({ facts, alignment, lone, board }: CallContext): Hint[] {
  const hints: Hint[] = [];
  for (const { id, began } of lone.slice(0, MAX_HINTS)) {
    hints.push({
      place: placeAt(facts, began),
      text: `execution ${shortId(id)} (without an entry)`,
      key: null,
    });
  }
  for (const { row, before } of alignment.extra.slice(0, MAX_HINTS)) {
    hints.push({
      place: before,
      text: `row ${row.id} of the older event stream (without an entry)`,
      key: null,
    });
  }
  for (const { from, to, before } of alignment.idGaps.slice(0, MAX_HINTS)) {
    const key = `hole:${from}`;
    if (board.get(key)?.seq !== null) continue;
    const rows =
      to - from === 1
        ? `row ${from} of the older event stream`
        : `rows ${from} to ${to - 1} of the older event stream`;
    hints.push({ place: before, text: `${rows} (missing as well)`, key });
  }
  return hints;
}
