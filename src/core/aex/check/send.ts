import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { LedgerInvariant } from '../../../contract/ledger-report.ts';
import { buffersOf, readBeside, type Beside } from '../cross/beside.ts';
import { buffersOfSpan, emptySpan, type EntrySpan } from '../cross/entry-span.ts';
import { wordList } from '../cross/word-list.ts';
import type { LedgerLook } from '../store.ts';
import { noteBroken } from './breaks.ts';
import { checkRules } from './invariants.ts';
import { spanReader } from './read-span.ts';
import { CONTROL, type Shared } from './shared.ts';
import { rowsAtMost, spanOf, takeSpan } from './spans.ts';

type Message =
  | { readonly beside: Beside; readonly rules: readonly LedgerInvariant[] }
  | { readonly index: number; readonly span: EntrySpan }
  | { readonly words: readonly string[] };

/** Sends what stands beside the entries, and what the invariants say of it, to the thread that puts everything together. */
export function sendBeside(look: LedgerLook, port: MessagePort): void {
  const beside = readBeside(look);
  port.postMessage({ beside, rules: checkRules(look) } satisfies Message, buffersOf(beside));
}

/** Reads spans from the last one on until none is left, and sends them. */
export function sendSpans(look: LedgerLook, shared: Shared, port: MessagePort): void {
  const words = wordList();
  const read = spanReader(look, words);
  const size = rowsAtMost(look, shared);
  for (let index = takeSpan(shared, 'back'); index !== null; index = takeSpan(shared, 'back')) {
    const numbers = spanOf(shared, index);
    if (numbers === null) continue;
    const span = emptySpan(size);
    read(span, numbers, (seq) => noteBroken(shared, seq));
    Atomics.add(shared.control, CONTROL.read, span.count);
    port.postMessage({ index, span } satisfies Message, buffersOfSpan(span));
  }
  port.postMessage({ words: words.texts } satisfies Message);
}

/** What the other thread read: spans by their place among all, and the words that their numbers mean. */
export type Received = {
  readonly beside: Beside | null;
  /** invariants that need no chain */
  readonly rules: readonly LedgerInvariant[] | null;
  readonly spans: Map<number, EntrySpan>;
  readonly words: readonly string[];
};

/** Everything that was sent until now. */
export function receiveAll(port: MessagePort): Received {
  let beside: Beside | null = null;
  let rules: readonly LedgerInvariant[] | null = null;
  let words: readonly string[] = [];
  const spans = new Map<number, EntrySpan>();
  for (;;) {
    const message = receiveMessageOnPort(port)?.message as Message | undefined;
    if (message === undefined) return { beside, rules, spans, words };
    if ('beside' in message) ({ beside, rules } = message);
    else if ('words' in message) ({ words } = message);
    else spans.set(message.index, message.span);
  }
}
