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

/** A part of what stands beside the entries, or a span with the words that came with it. */
type Message =
  | { readonly result: TaskResult }
  | { readonly index: number; readonly span: EntrySpan; readonly words: readonly string[] };

/** Does tasks until none is left, and sends what they come to. */
export function sendResults(look: LedgerLook, shared: Shared, port: MessagePort, fileBytes: number): void {
  for (let task = takeTask(shared); task !== null; task = takeTask(shared)) {
    const result = doTask(look, shared, task, fileBytes);
    port.postMessage({ result } satisfies Message, buffersOfResult(result));
  }
}

/** Reads spans until none is left, and sends each. */
export function sendSpans(look: LedgerLook, shared: Shared, port: MessagePort): void {
  const words = wordList();
  const read = spanReader(look, words);
  const size = rowsAtMost(look, shared);
  let known = 0;
  for (let index = takeSpan(shared); index !== null; index = takeSpan(shared)) {
    const numbers = spanOf(shared, index);
    if (numbers === null) continue;
    const span = emptySpan(size);
    read(span, numbers, (seq) => noteBroken(shared, seq));
    Atomics.add(shared.control, CONTROL.read, span.count);
    const message: Message = { index, span, words: words.texts.slice(known) };
    known = words.texts.length;
    port.postMessage(message, buffersOf(span));
    tellSent(shared);
  }
}

/** Wakes the thread that puts everything together. */
export function tellSent({ control }: Shared): void {
  Atomics.add(control, CONTROL.sent, 1);
  Atomics.notify(control, CONTROL.sent);
}

/** A span with the words that its numbers mean. */
export type SentSpan = { readonly span: EntrySpan; readonly words: readonly string[] };

/** What other threads sent until now. */
export type Inbox = {
  /** takes what came since */
  look(): void;
  /** hands over a span, if it came */
  span(index: number): SentSpan | null;
  readonly results: TaskResult[];
};

export function inbox(ports: readonly MessagePort[]): Inbox {
  const spans = new Map<number, SentSpan>();
  const results: TaskResult[] = [];
  const words: string[][] = ports.map(() => []);
  const take = (port: MessagePort, known: string[]): boolean => {
    const message = receiveMessageOnPort(port)?.message as Message | undefined;
    if (message === undefined) return false;
    if ('result' in message) results.push(message.result);
    else {
      known.push(...message.words);
      spans.set(message.index, { span: message.span, words: known });
    }
    return true;
  };
  return {
    results,
    look: () => {
      for (const [i, port] of ports.entries()) while (take(port, words[i]!));
    },
    span: (index) => {
      const found = spans.get(index) ?? null;
      spans.delete(index);
      return found;
    },
  };
}
