import { GENESIS } from '../chain/entry-hash.ts';
import type { ChainBreak } from '../chain/verdict.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board, type Draft } from './board.ts';
import { tellClosed } from './closed.ts';
import { nameOf, placeOf, type Facts } from './facts.ts';
import { contentText, tellContent } from './gap-words.ts';
import { goneEntries } from './gone.ts';
import { insertRebuilt, lackingOf, likelyMissing, provedMissing, type Lacking } from './missing.ts';
import type { Prices, Rebuilt } from './records.ts';
import type { StreamAlignment } from './stream.ts';
import { endsWithoutEntry, tailOf, tellTail } from './tail.ts';
import { LOCK_SECONDS } from './times.ts';
import { capital, entriesText } from './words.ts';

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
  const gaps = gapsOf(look, facts, unlinked).filter((gap) => !tellRenumbered(facts, gap, board));
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

/** First entries with numbers that AEX never gives, where the chain holds: they stand in place of those that are missing. */
function tellRenumbered(facts: Facts, { linked, next }: Gap, board: Board): boolean {
  const first = facts.jumpSeq[0] ?? 1;
  const count = placeOf(facts, next);
  if (!linked || first >= 1 || facts.jumpSeq[1] !== next || count !== next - 1) return false;
  const one = count === 1;
  board.add(`entry:${first}`, {
    kind: 'entries-reordered',
    severity: 'error',
    seq: first,
    agent: nameOf(facts, facts.agent[0]!),
    message: `${one ? 'The first entry has' : `The first ${count} entries have`} the ${one ? 'number' : 'numbers from'} ${first}${one ? '' : ' on'}, where AEX begins at 1: ${one ? 'its number was' : 'their numbers were'} changed, which no hash covers. Nothing is missing, and the chain holds.`,
    expected: 'number 1',
    found: `number ${first}`,
    sure: 'proved',
    because: [witness('hash', `entry ${next}`, 'names the entry before it', true, next)],
  });
  return true;
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
  const it = count === 1 ? 'It was' : 'They were';
  const what = contentText(made);
  const how = proved
    ? ` ${it} ${what}: with that the chain closes again, which proves it.`
    : made.length > 0
      ? ` By the other records ${it.toLowerCase()} ${what}.`
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
    message: `${which} ${verb} missing: ${count === 1 ? 'it was' : 'they were'} removed.${how}${closed}${linked}`,
    expected: made.length > 0 ? what : entriesText(gap.from, last),
    found: 'nothing',
    sure: 'proved',
    ...(gap.count === null ? {} : { range: { from: gap.from, to: last } }),
    gone: goneEntries(made, gap.count === null ? null : gap.from, proved ? gap.prev : null),
  });
  draft.because.push(
    gap.linked
      ? witness(
          'sequence',
          `entry ${gap.next}`,
          `follows the number ${gap.from - 1}; AEX leaves no number out`,
          true,
          gap.next,
        )
      : witness(
          'hash',
          `entry ${gap.next}`,
          `names ${gap.target.slice(0, 12)}… as the entry before it, which no entry has`,
          true,
          gap.next,
        ),
  );
  tellContent(draft, made, proved);
  insertRebuilt(facts, at, made.slice(0, count), gap.from);
  return { from: gap.from, to: gap.next, draft, inserted: Math.min(made.length, count) };
}
