import type { EntryKind } from '../../../contract/ledger.ts';
import type { ReadEntry } from '../entry.ts';
import type { PayloadFields } from '../payload-scan.ts';
import { NONE } from '../columns.ts';
import {
  growEntries,
  growSettlements,
  KIND,
  nameNumber,
  noteNumber,
  writeValues,
  type Facts,
  type Transition,
} from './facts.ts';
import { fingerprint } from './id-table.ts';
import type { WordList } from './word-list.ts';

/**
 * Entries of one stretch as columns, read by whichever thread took it and put behind those before it with `addSpan`. Only
 * what is of the form of AEX stands in it; the place of every other entry is left out (`SKIPPED`) and has to be read again.
 */
export type EntrySpan = {
  count: number;
  seq: Float64Array<ArrayBuffer>;
  /** as in `Facts`, or `SKIPPED` */
  kind: Uint8Array<ArrayBuffer>;
  /** number of a word, 0: NULL */
  agent: Uint32Array<ArrayBuffer>;
  /** number of the execution it belongs to among those of this stretch, from 1; 0: none. One may have several numbers */
  call: Uint32Array<ArrayBuffer>;
  calls: number;
  /** four numbers of `fingerprint` for each of them */
  marks: Int32Array<ArrayBuffer>;
  seconds: Uint32Array<ArrayBuffer>;
  estimated: Float64Array<ArrayBuffer>;
  amount: Float64Array<ArrayBuffer>;
  /** as in `Facts`; places count from the beginning of this stretch */
  side: Uint32Array<ArrayBuffer>;
  settlements: number;
  prompt: Float64Array<ArrayBuffer>;
  completion: Float64Array<ArrayBuffer>;
  /** number of a word, 0: none */
  model: Uint32Array<ArrayBuffer>;
  readonly transitions: Transition[];
};

/** The kind of an entry that is left out. */
export const SKIPPED = 0xff;

export function emptySpan(size: number): EntrySpan {
  return {
    count: 0,
    seq: new Float64Array(size),
    kind: new Uint8Array(size),
    agent: new Uint32Array(size),
    call: new Uint32Array(size),
    calls: 0,
    marks: new Int32Array(size * 4),
    seconds: new Uint32Array(size),
    estimated: new Float64Array(size),
    amount: new Float64Array(size),
    side: new Uint32Array(size),
    settlements: 0,
    prompt: new Float64Array(size),
    completion: new Float64Array(size),
    model: new Uint32Array(size),
    transitions: [],
  };
}

/** Makes a span ready for another stretch. */
export function clearSpan(span: EntrySpan): void {
  span.count = 0;
  span.calls = 0;
  span.settlements = 0;
  span.transitions.length = 0;
}

/** Leaves the place of an entry for who reads it exactly. */
export function skipInSpan(span: EntrySpan, seq: number): void {
  const at = span.count++;
  span.seq[at] = seq;
  span.kind[at] = SKIPPED;
}

/** Makes room for the marks of another execution and gives its number. */
export function spanCall(span: EntrySpan): number {
  span.calls += 1;
  return span.calls;
}

/** Puts an entry behind the others whose row and payload were read without anything odd. `agent`: the number of its word. */
export function putInSpan(
  span: EntrySpan,
  words: WordList,
  entry: Pick<ReadEntry, 'seq' | 'executionId' | 'ts'>,
  agent: number | null,
  payload: Readonly<PayloadFields>,
  entryKind: EntryKind,
): void {
  const model = payload.model === null ? 0 : words.number(payload.model);
  if (agent === null || model === null) {
    skipInSpan(span, entry.seq);
    return;
  }
  const at = span.count++;
  span.seq[at] = entry.seq;
  span.agent[at] = agent;
  span.call[at] = 0;
  if (entry.executionId !== null && entry.executionId !== '') {
    const number = spanCall(span);
    fingerprint(entry.executionId, span.marks, (number - 1) * 4);
    span.call[at] = number;
  }
  writeValues(span, at, KIND[entryKind], entry.ts, payload, model);
}

/** Who is told of each entry of a span that is put behind the others, and who reads those that are left out. */
export type SpanTaker = {
  plain(agent: string, kind: number, estimated: number, amount: number): void;
  /** reads the entry exactly and adds it to the facts */
  skipped(seq: number): void;
};

/** Puts a span behind all entries that came before it; `words`: those of the thread that read it. */
export function addSpan(facts: Facts, span: EntrySpan, words: readonly string[], taker: SpanTaker): void {
  growEntries(facts, facts.count + span.count);
  const numbers = new Uint32Array(words.length);
  const numberOf = (word: number): number =>
    word === 0 ? 0 : numbers[word] === 0 ? (numbers[word] = nameNumber(facts, words[word]!)) : numbers[word]!;
  const calls = new Uint32Array(span.calls + 1).fill(NONE);
  const callOf = (call: number): number =>
    calls[call] === NONE ? (calls[call] = facts.ids.addMark(span.marks, (call - 1) * 4)) : calls[call]!;
  // Entries that are left out come back with settlements and transitions of their own.
  let settled = 0;
  let changed = 0;
  for (let i = 0; i < span.count; i++) {
    const kind = span.kind[i]!;
    if (kind === SKIPPED) {
      taker.skipped(span.seq[i]!);
      continue;
    }
    const at = facts.count++;
    noteNumber(facts, at, span.seq[i]!);
    const agent = span.agent[i]!;
    facts.kind[at] = kind;
    facts.agent[at] = numberOf(agent);
    facts.execution[at] = span.call[i] === 0 ? NONE : callOf(span.call[i]!);
    facts.seconds[at] = span.seconds[i]!;
    facts.estimated[at] = span.estimated[i]!;
    facts.amount[at] = span.amount[i]!;
    facts.flags[at] = 0;
    if (kind === KIND.commit) {
      const number = facts.settlements;
      growSettlements(facts, number + 1);
      facts.settlements = number + 1;
      facts.prompt[number] = span.prompt[settled]!;
      facts.completion[number] = span.completion[settled]!;
      facts.model[number] = numberOf(span.model[settled]!);
      facts.side[at] = number;
      settled += 1;
    } else if (kind === KIND.lifecycle) {
      facts.side[at] = facts.transitions.length;
      facts.transitions.push(span.transitions[changed++]!);
    } else facts.side[at] = span.side[i]!;
    if (agent !== 0) taker.plain(words[agent]!, kind, span.estimated[i]!, span.amount[i]!);
  }
}
