import type { LedgerLook } from '../store.ts';
import { emptyCalls, put, SHAPE, type CallFacts } from './call-columns.ts';
import { readCallFacts } from './call-facts.ts';
import type { EntrySpan } from './entry-span.ts';
import type { Facts } from './facts.ts';
import { readStreamFacts, type StreamFacts } from './stream-facts.ts';
import { wordList } from './word-list.ts';

/**
 * What stands beside the entries, read once into columns: another thread may read it while the entries are read. null:
 * that table has to be read row by row.
 */
export type Beside = {
  readonly calls: CallFacts | null;
  readonly stream: StreamFacts | null;
  readonly words: readonly string[];
};

export function readBeside(look: LedgerLook): Beside {
  const words = wordList();
  const stream = readStreamFacts(look, words);
  const calls = readCallFacts(look, words);
  return { calls, stream, words: words.texts };
}

/** A part of the executions, and the words that its numbers mean; null: they have to be read row by row. */
export type CallPart = { readonly calls: CallFacts; readonly words: readonly string[] } | null;

/** What was read in parts, in the order of their rows, as if it had been read at once. */
export function joinBeside(
  stream: StreamFacts | null,
  words: readonly string[],
  parts: readonly CallPart[],
): Beside {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) return { calls: null, stream, words };
  const texts = [...words];
  const numbers = new Map(words.map((text, number) => [text, number]));
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? texts.push(text) - 1;
    numbers.set(text, number);
    return number;
  };
  const calls = emptyCalls(known.reduce((sum, part) => sum + part.calls.count, 0));
  for (const part of known) {
    const from = calls.count;
    put(calls, part.calls);
    const renumbered = part.words.map((text, number) => (number === 0 ? 0 : numberOf(text)));
    for (let i = from; i < calls.count; i++) {
      calls.agent[i] = renumbered[calls.agent[i]!]!;
      const route = calls.route[i]!;
      calls.route[i] =
        (calls.shape[i]! & SHAPE.tool) === 0
          ? renumbered[Math.floor(route / 8)]! * 8 + (route % 8)
          : renumbered[route]!;
    }
  }
  return { calls, stream, words: texts };
}

/** The memory of columns, for moving them to another thread. */
export function buffersOf(columns: CallFacts | StreamFacts | EntrySpan | null): ArrayBuffer[] {
  return Object.values(columns ?? {}).flatMap((column) =>
    ArrayBuffer.isView(column) ? [column.buffer] : [],
  );
}

/**
 * What a look of the same moment or a later one read, cut to the rows that this look has; null where rows of this look
 * are not among them. Rows that changed in between differ from the entries and are read again from this look.
 */
export function besideOf(look: LedgerLook, beside: Beside): Beside | null {
  const calls = cut(look, 'executions', 'rowid', beside.calls, beside.calls?.rowid);
  const stream = cut(look, 'events', 'id', beside.stream, beside.stream?.id);
  return calls === undefined || stream === undefined ? null : { ...beside, calls, stream };
}

function cut<T extends { readonly count: number }>(
  look: LedgerLook,
  table: 'executions' | 'events',
  key: string,
  facts: T | null,
  keys: Uint32Array | undefined,
): T | null | undefined {
  if (facts === null || keys === undefined) return null;
  const ask = (what: string): number =>
    look.db.prepare<[], number>(`SELECT ${what} FROM ${table}`).pluck().get() ?? 0;
  // In one query SQLite would go through all rows for the count.
  const rows = ask('count(*)');
  const last = ask(`max("${key}")`);
  let { count } = facts;
  while (count > 0 && keys[count - 1]! > last) count -= 1;
  return count === rows ? { ...facts, count } : undefined;
}

/** The numbers that words have among the names of the entries; −1: no entry names it. */
export function namesOf(facts: Facts, words: readonly string[]): Int32Array {
  const numbers = new Int32Array(words.length);
  for (let i = 1; i < words.length; i++) numbers[i] = facts.numbers.get(words[i]!) ?? -1;
  return numbers;
}
