import type { LedgerLook } from '../store.ts';
import { readCallFacts, type CallFacts } from './call-facts.ts';
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

/** The memory of the columns, for moving them to another thread. */
export function buffersOf({ calls, stream }: Beside): ArrayBuffer[] {
  return [...Object.values(calls ?? {}), ...Object.values(stream ?? {})].flatMap((column) =>
    typeof column === 'number' ? [] : [column.buffer],
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
