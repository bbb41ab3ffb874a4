import { createReplay } from '../chain/replay.ts';
import type { ReplayVerdict } from '../chain/verdict.ts';
import { clearSpan, emptySpan, type EntrySpan, type SpanTaker } from '../cross/entry-span.ts';
import { TYPES } from '../cross/facts.ts';
import { wordList } from '../cross/word-list.ts';
import type { LedgerLook } from '../store.ts';
import { noteBroken } from './breaks.ts';
import type { CrossCheck } from './cross-pieces.ts';
import { entryTaker } from './read-all.ts';
import { spanReader } from './read-span.ts';
import { CONTROL, type Shared } from './shared.ts';
import type { Received } from './send.ts';
import { rowsAtMost, spanOf, takeSpan } from './spans.ts';

export type Gathered = {
  readonly cross: CrossCheck;
  /** Puts the spans that other threads read behind those that were read here. */
  add(others: readonly Received[]): void;
  /** entries so far, without those that another thread saw and this look has not */
  count(): number;
  verdict(): ReplayVerdict;
};

/** Reads spans from the first one on until none is left, and gives them to cross-checks and replay in the order of entries. */
export function gather(look: LedgerLook, cross: CrossCheck, shared: Shared, tick: () => void): Gathered {
  const replay = createReplay();
  const take = entryTaker(cross, replay);
  let count = 0;
  const taker: SpanTaker = {
    plain: (agent, kind, estimated, amount) => replay.plain(agent, TYPES[kind]!, estimated, amount),
    skipped: (seq) => {
      const entry = look.entry(seq);
      if (entry === null) count -= 1;
      else take(entry);
    },
  };
  const put = (span: EntrySpan, words: readonly string[]): void => {
    cross.span(span, words, taker);
    count += span.count;
  };
  const words = wordList();
  const read = spanReader(look, words);
  const span = emptySpan(rowsAtMost(look, shared));
  for (let index = takeSpan(shared, 'front'); index !== null; index = takeSpan(shared, 'front')) {
    const numbers = spanOf(shared, index);
    if (numbers === null) continue;
    clearSpan(span);
    read(span, numbers, (seq) => noteBroken(shared, seq));
    Atomics.add(shared.control, CONTROL.read, span.count);
    put(span, words.texts);
    tick();
  }
  return {
    cross,
    add: (others) => {
      const all = others.flatMap(({ spans, words: its }) =>
        [...spans].map(([index, one]) => ({ index, one, its })),
      );
      for (const { one, its } of all.toSorted((a, b) => a.index - b.index)) put(one, its);
    },
    count: () => count,
    verdict: () => replay.verdict(look),
  };
}
