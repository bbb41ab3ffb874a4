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
import type { Inbox } from './send.ts';
import { CONTROL, waitFor, type Shared } from './shared.ts';
import { rowsAtMost, spanOf, SPANS, takeSpan } from './spans.ts';

export type Gathered = {
  readonly cross: CrossCheck;
  /** entries, without those that another thread saw and this look has not */
  readonly count: number;
  verdict(): ReplayVerdict;
};

/** Other threads, where there are any: what they sent, and `tick`, which is called now and then. */
type Beside = { readonly inbox: Inbox; readonly others: number; readonly tick: () => void };

/**
 * Reads spans until none is left, and gives them and those of other threads to cross-checks and replay in the order of
 * entries, each as soon as all before it are there.
 */
export function gather(
  look: LedgerLook,
  cross: CrossCheck,
  shared: Shared,
  { inbox, others, tick }: Beside,
): Gathered {
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
  const own = new Map<number, EntrySpan>();
  const free: EntrySpan[] = [];
  let next = 0;
  /** Puts what is there behind the others; whether all is. */
  const put = (words: readonly string[]): boolean => {
    inbox.look();
    for (; next < SPANS; next++) {
      const mine = own.get(next);
      const sent = mine === undefined ? inbox.span(next) : { span: mine, words };
      if (sent === null && spanOf(shared, next) !== null) return false;
      if (sent !== null) {
        cross.span(sent.span, sent.words, taker);
        count += sent.span.count;
      }
      if (mine !== undefined) {
        free.push(mine);
        own.delete(next);
      }
    }
    return true;
  };
  const words = wordList();
  const read = spanReader(look, words);
  const size = rowsAtMost(look, shared);
  for (let index = takeSpan(shared); index !== null; index = takeSpan(shared)) {
    const numbers = spanOf(shared, index);
    if (numbers === null) continue;
    const span = free.pop() ?? emptySpan(size);
    clearSpan(span);
    read(span, numbers, (seq) => noteBroken(shared, seq));
    Atomics.add(shared.control, CONTROL.read, span.count);
    own.set(index, span);
    put(words.texts);
    tick();
  }
  for (;;) {
    const seen = Atomics.load(shared.control, CONTROL.sent);
    const ended = Atomics.load(shared.control, CONTROL.ended);
    if (put(words.texts) && ended >= others) break;
    waitFor(shared, CONTROL.sent, seen + 1, tick);
  }
  return { cross, count, verdict: () => replay.verdict(look) };
}
