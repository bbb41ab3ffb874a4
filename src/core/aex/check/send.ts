import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { buffersOf } from '../cross/beside.ts';
import { emptySpan, type EntrySpan } from '../cross/entry-span.ts';
import { wordList } from '../cross/word-list.ts';
import type { LedgerLook } from '../store.ts';
import { noteBroken } from './breaks.ts';
import { spanReader } from './read-span.ts';
import { CONTROL, type Shared } from './shared.ts';
import { rowsAtMost, spanOf, takeSpan } from './spans.ts';
import { buffersOfResult, doTask, takeTask, type TaskResult } from './tasks.ts';

type Message =
  | { readonly result: TaskResult }
  | { readonly index: number; readonly span: EntrySpan }
  | { readonly words: readonly string[] };

/** Does tasks until none is left, and sends what they come to. */
export function sendResults(look: LedgerLook, shared: Shared, port: MessagePort, fileBytes: number): void {
  for (let task = takeTask(shared); task !== null; task = takeTask(shared)) {
    const result = doTask(look, shared, task, fileBytes);
    port.postMessage({ result } satisfies Message, buffersOfResult(result));
  }
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
    port.postMessage({ index, span } satisfies Message, buffersOf(span));
  }
  port.postMessage({ words: words.texts } satisfies Message);
}

/** What another thread read: spans by their place among all, with the words that their numbers mean. */
export type Received = {
  readonly results: readonly TaskResult[];
  readonly spans: ReadonlyMap<number, EntrySpan>;
  readonly words: readonly string[];
};

/** Everything that was sent until now. */
export function receiveAll(port: MessagePort): Received {
  let words: readonly string[] = [];
  const results: TaskResult[] = [];
  const spans = new Map<number, EntrySpan>();
  for (;;) {
    const message = receiveMessageOnPort(port)?.message as Message | undefined;
    if (message === undefined) return { results, spans, words };
    if ('result' in message) results.push(message.result);
    else if ('words' in message) ({ words } = message);
    else spans.set(message.index, message.span);
  }
}
