import type { ChainBreak, ChainVerdict } from '../chain/verdict.ts';
import type { LedgerLook } from '../store.ts';
import { alteredStory, isUnknown, tellAltered } from './altered.ts';
import type { Beside } from './beside.ts';
import { witness, type Board, type Draft } from './board.ts';
import { isDeleted, tellDeleted } from './deleted.ts';
import { placeOf, reorder, seqAt, type Facts } from './facts.ts';
import { tellGaps, type GapStory } from './gaps.ts';
import { isWithoutExecution, tellLostExecutions } from './lost-executions.ts';
import { takeMovedBack } from './moved-entry.ts';
import { reorderedOf } from './order.ts';
import type { Prices } from './records.ts';
import { tellReplaced } from './replaced.ts';
import { alignStream, type StreamAlignment } from './stream.ts';

export type ChainStory = {
  /** agents whose executions a deletion took away, with the finding that says so */
  readonly deleted: ReadonlyMap<string, Draft>;
  readonly gaps: readonly GapStory[];
  /** something of the facts was put right, so that the older stream has to be put beside them again */
  readonly changed: boolean;
};

/** Breaks whose entries are looked at one by one. Beyond: they are listed without their true content. */
const MAX_LOOKED = 300;
/** Breaks for which every small amount is tried. */
const MAX_TRIED = 4;

/**
 * Why the chain is broken: each break becomes one finding, and where other records prove the true content, the facts
 * take it, so that nothing is told twice.
 */
export function diagnose(
  look: LedgerLook,
  facts: Facts,
  chain: ChainVerdict,
  beside: Beside,
  alignment: StreamAlignment,
  prices: Prices | null,
  board: Board,
): ChainStory {
  const partitioned = chain.breaks.some(({ partition }) => partition !== null);
  const deleted = tellDeleted(look, facts, chain, alignment, board);
  let changed = false;
  const explained = new Set<number>();
  let open = chain.breaks.filter(({ seq }) => {
    const at = placeOf(facts, seq);
    return !isDeleted(facts, at, deleted) || !brokenOnlyByContent(chain, seq);
  });
  const moved = partitioned ? new Set<number>() : takeMovedBack(look, facts, open, board);
  if (moved.size > 0) {
    open = open.filter(({ seq }) => !moved.has(seq));
    changed = true;
  }
  for (const stretch of partitioned ? [] : reorderedOf(look, open)) {
    tellReordered(facts, stretch, board);
    for (let seq = stretch.from; seq <= stretch.to + 1; seq++) explained.add(seq);
    const after = open.find(({ before }) => before === stretch.to);
    if (after !== undefined) explained.add(after.seq);
    changed = true;
  }
  open = open.filter((one) => !explained.has(one.seq) || (!one.fits && one.linked));
  const follows = new Map(chain.breaks.map((one) => [one.before, one]));
  let looked = 0;
  let tried = 0;
  const handled = new Set<number>();
  const lost: ChainBreak[] = [];
  for (const one of open) {
    if (one.fits || handled.has(one.seq) || isDeleted(facts, placeOf(facts, one.seq), deleted)) continue;
    looked += 1;
    const entry = looked <= MAX_LOOKED ? look.entry(one.seq) : null;
    const next = follows.get(one.seq);
    const without = isWithoutExecution(facts, placeOf(facts, one.seq));
    // of one that lost its execution no amount gives the hash: the execution was part of it
    const mayTry = (): boolean => !without && (tried += 1) <= MAX_TRIED;
    const story = entry === null ? null : alteredStory(look, entry, one, next, prices, mayTry);
    if (story !== null && isUnknown(story) && one.linked && without) lost.push(one);
    else changed = tellAltered(facts, entry, one, story, board) || changed;
    if (story !== null && next !== undefined && !next.linked && story.explainsNext) handled.add(next.seq);
  }
  tellLostExecutions(facts, lost, board);
  const unlinked = open.filter(
    (one) =>
      !one.linked &&
      !handled.has(one.seq) &&
      (one.fits || isDeleted(facts, placeOf(facts, one.seq), deleted)),
  );
  const aligned = changed ? alignStream(look, facts, beside) : alignment;
  const gaps = tellGaps(look, facts, unlinked, aligned, prices, board);
  changed ||= gaps.some(({ inserted }) => inserted > 0);
  for (const one of unlinked) {
    if (gaps.some(({ to }) => to === one.seq)) continue;
    looked += 1;
    changed = tellReplaced(look, facts, one, prices, looked <= MAX_LOOKED, board) || changed;
  }
  return { deleted, gaps, changed };
}

/** Whether nothing but the content of an entry is broken: its links hold. */
function brokenOnlyByContent(chain: ChainVerdict, seq: number): boolean {
  const own = chain.breaks.find((one) => one.seq === seq);
  return own !== undefined && own.linked;
}

function tellReordered(
  facts: Facts,
  stretch: { readonly from: number; readonly to: number; readonly order: readonly number[] },
  board: Board,
): void {
  const from = placeOf(facts, stretch.from);
  const places = stretch.order.map((seq) => placeOf(facts, seq));
  const wrong = places.flatMap((place, i) => (place === from + i ? [] : [seqAt(facts, from + i)]));
  const standing = Array.from({ length: places.length }, (_, i) => seqAt(facts, from + i));
  const names =
    wrong.length <= 6 ? wrong.join(', ') : `${wrong.slice(0, 5).join(', ')} and ${wrong.length - 5} more`;
  const draft = board.add(`entry:${wrong[0]}`, {
    kind: 'entries-reordered',
    severity: 'error',
    seq: wrong[0]!,
    message: `Entries ${names} do not stand in the order they were chained in: followed by their hashes, the order is ${stretch.order.slice(0, 12).join(', ')}${stretch.order.length > 12 ? ', …' : ''}. Every entry is there and its content fits its hash. The order from entry ${wrong[0]} to ${wrong[wrong.length - 1]} can't be trusted.`,
    expected: `order ${stretch.order.slice(0, 40).join(', ')}`,
    found: `order ${standing.slice(0, 40).join(', ')}`,
    sure: 'proved',
    range: { from: wrong[0]!, to: wrong[wrong.length - 1]! },
  });
  for (const seq of wrong.slice(0, 20)) {
    draft.because.push(
      witness('hash', `entry ${seq}`, 'names another predecessor than the one it stands behind', false, seq),
    );
  }
  reorder(facts, from, places);
}
