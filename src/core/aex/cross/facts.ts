import { ENTRY_KINDS, type EntryKind } from '../../../contract/ledger.ts';
import { NONE, TYPE_KINDS } from '../columns.ts';
import { kindOf, type ReadEntry } from '../entry.ts';
import type { PayloadFields } from '../payload-scan.ts';
import { idTable, textMark, type IdTable } from './id-table.ts';
import { keptSeconds } from './times.ts';

/** Kinds of entries by their place in `ENTRY_KINDS`. */
export const KIND = Object.fromEntries(ENTRY_KINDS.map((kind, i) => [kind, i])) as Readonly<
  Record<EntryKind, number>
>;

/** Event types by kind, in the order of `KIND`; kinds without one of their own: ''. */
export const TYPES: readonly string[] = ENTRY_KINDS.map(
  (kind) => [...TYPE_KINDS].find(([, one]) => one === kind)?.[0] ?? '',
);

export type Transition = {
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
};

/**
 * What the entries say, as columns: 33 bytes an entry and 20 a settlement. `at` is the place of an entry in its order,
 * from 0; amounts are micro-dollars, NaN where there is none; times are seconds, 0 where the text is none.
 */
export type Facts = {
  count: number;
  kind: Uint8Array;
  /** number in `names`, 0: NULL */
  agent: Uint32Array;
  /** number in `ids`, or NONE */
  execution: Uint32Array;
  seconds: Uint32Array;
  estimated: Float64Array;
  /** cost of a settlement or tool run, what remained at a denial, status of a failure */
  amount: Float64Array;
  /** settlement: place in `prompt`, …; reserve: expiry in seconds; transition: place in `transitions`; else a mark of its text */
  side: Uint32Array;
  /** bits of `SEEN` */
  flags: Uint8Array;
  settlements: number;
  prompt: Float64Array;
  completion: Float64Array;
  model: Uint32Array;
  readonly transitions: Transition[];
  readonly ids: IdTable;
  /** what agents had spent before there were entries, by number */
  readonly opening: Map<number, number>;
  readonly names: string[];
  readonly numbers: Map<string, number>;
  /** numbers of names that were asked for last */
  readonly recent: Uint32Array;
  /** where the numbers of entries do not go on by one: place and number, the first entry included */
  readonly jumpAt: number[];
  readonly jumpSeq: number[];
  /** numbers of entries that were put in their true place: by place */
  readonly placed: Map<number, number>;
  /** places of entries whose row or payload is not of the form of AEX, the first ones, and of all how many */
  readonly odd: { readonly at: number; readonly says: string }[];
  oddCount: number;
};

export const SEEN = {
  /** the row of the older stream says the same */
  stream: 1,
  /** put in from what other records say: the log has no such entry */
  rebuilt: 4,
  /** taken as what its stored hash proves, not as what is stored */
  restored: 8,
  /** its stored content does not fit its hash */
  broken: 16,
} as const;

/** Odd entries that are kept with their words. */
const KEPT_ODD = 500;

export function emptyFacts(entries: number, executions: number): Facts {
  const size = Math.max(64, entries + 8);
  const settled = Math.max(64, executions + 8);
  return {
    count: 0,
    kind: new Uint8Array(size),
    agent: new Uint32Array(size),
    execution: new Uint32Array(size),
    seconds: new Uint32Array(size),
    estimated: new Float64Array(size),
    amount: new Float64Array(size),
    side: new Uint32Array(size),
    flags: new Uint8Array(size),
    settlements: 0,
    prompt: new Float64Array(settled),
    completion: new Float64Array(settled),
    model: new Uint32Array(settled),
    transitions: [],
    ids: idTable(executions),
    opening: new Map(),
    names: [''],
    numbers: new Map(),
    recent: new Uint32Array(RECENT_NAMES),
    jumpAt: [],
    jumpSeq: [],
    placed: new Map(),
    odd: [],
    oddCount: 0,
  };
}

/** Adds the next entry. `read`: bits of `READ`. */
export function addEntry(
  facts: Facts,
  entry: ReadEntry,
  payload: Readonly<PayloadFields>,
  read: number,
  kind: EntryKind = kindOf(entry.type),
): void {
  const at = facts.count;
  growEntries(facts, at + 1);
  facts.count = at + 1;
  noteNumber(facts, at, entry.seq);
  setEntry(facts, at, entry, payload, kind);
  facts.flags[at] = 0;
  if (entry.odd !== null || read !== 0) {
    facts.oddCount += 1;
    if (facts.odd.length < KEPT_ODD) facts.odd.push({ at, says: entry.odd ?? 'payload' });
  }
}

/** Keeps where numbers do not go on by one. */
export function noteNumber({ jumpAt, jumpSeq }: Facts, at: number, seq: number): void {
  const jumps = jumpAt.length;
  if (jumps > 0 && seq === jumpSeq[jumps - 1]! + at - jumpAt[jumps - 1]!) return;
  jumpAt.push(at);
  jumpSeq.push(seq);
}

/** Writes what an entry says to its place. */
export function setEntry(
  facts: Facts,
  at: number,
  entry: Pick<ReadEntry, 'type' | 'executionId' | 'agent' | 'ts'>,
  payload: Readonly<PayloadFields>,
  entryKind: EntryKind = kindOf(entry.type),
): void {
  facts.agent[at] = entry.agent === null ? 0 : nameNumber(facts, entry.agent);
  facts.execution[at] =
    entry.executionId === null || entry.executionId === '' ? NONE : facts.ids.add(entry.executionId);
  growSettlements(facts, facts.settlements + 1);
  const model = entryKind !== 'commit' || payload.model === null ? 0 : nameNumber(facts, payload.model);
  writeValues(facts, at, KIND[entryKind], entry.ts, payload, model);
}

type ValueColumns = Pick<Facts, 'kind' | 'seconds' | 'estimated' | 'amount' | 'side' | 'settlements'> &
  Pick<Facts, 'prompt' | 'completion' | 'model' | 'transitions'>;

/** Writes what an entry says of itself to its place; `model`: number of that of a settlement. There is room for one more. */
export function writeValues(
  columns: ValueColumns,
  at: number,
  kind: number,
  ts: string,
  payload: Readonly<PayloadFields>,
  model: number,
): void {
  columns.kind[at] = kind;
  columns.seconds[at] = keptSeconds(ts);
  columns.estimated[at] = payload.estimated ?? Number.NaN;
  columns.amount[at] = payload.cost ?? payload.remaining ?? payload.status ?? Number.NaN;
  if (kind === KIND.commit) {
    const number = columns.settlements++;
    columns.prompt[number] = payload.prompt ?? Number.NaN;
    columns.completion[number] = payload.completion ?? Number.NaN;
    columns.model[number] = model;
    columns.side[at] = number;
  } else if (kind === KIND.reserve) columns.side[at] = keptSeconds(payload.expiry);
  else if (kind === KIND.lifecycle) {
    columns.side[at] = columns.transitions.length;
    columns.transitions.push({ from: payload.from, to: payload.to, reason: payload.reason });
  } else {
    const text = payload.reason ?? payload.error ?? payload.tool ?? '';
    columns.side[at] = text === '' ? 0 : textMark(text);
  }
}

/** The number of an agent or model; never 0. */
export function nameNumber(facts: Facts, name: string): number {
  const { recent } = facts;
  const at = (name.charCodeAt(0) ^ (name.length << 3)) & (RECENT_NAMES - 1);
  const last = recent[at]!;
  if (last !== 0 && facts.names[last] === name) return last;
  let number = facts.numbers.get(name);
  if (number === undefined) {
    number = facts.names.length;
    facts.names.push(name);
    facts.numbers.set(name, number);
  }
  recent[at] = number;
  return number;
}

/** Names that are found again by their length and first letter. */
const RECENT_NAMES = 64;

/** An agent or model by its number. */
export function nameOf(facts: Facts, number: number): string | null {
  return number === 0 ? null : facts.names[number]!;
}

/** The number (seq) of the entry at a place. */
export function seqAt(facts: Facts, at: number): number {
  const placed = facts.placed.get(at);
  if (placed !== undefined) return placed;
  const jump = lastNotAbove(facts.jumpAt, at);
  return jump < 0 ? at + 1 : facts.jumpSeq[jump]! + at - facts.jumpAt[jump]!;
}

/** The place of an entry, or of the first one after it where there is none of that number. */
export function placeOf(facts: Facts, seq: number): number {
  const jump = lastNotAbove(facts.jumpSeq, seq);
  if (jump < 0) return 0;
  const at = facts.jumpAt[jump]! + seq - facts.jumpSeq[jump]!;
  return Math.min(at, facts.jumpAt[jump + 1] ?? facts.count);
}

function lastNotAbove(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const COLUMNS = ['kind', 'agent', 'execution', 'seconds', 'estimated', 'amount', 'side', 'flags'] as const;

/** Makes room for `count` entries in all. */
export function growEntries(facts: Facts, count: number): void {
  if (count <= facts.kind.length) return;
  facts.kind = larger(facts.kind, count, Uint8Array);
  facts.flags = larger(facts.flags, count, Uint8Array);
  facts.agent = larger(facts.agent, count, Uint32Array);
  facts.execution = larger(facts.execution, count, Uint32Array);
  facts.seconds = larger(facts.seconds, count, Uint32Array);
  facts.side = larger(facts.side, count, Uint32Array);
  facts.estimated = larger(facts.estimated, count, Float64Array);
  facts.amount = larger(facts.amount, count, Float64Array);
}

/** Makes room for `count` settlements in all. */
export function growSettlements(facts: Facts, count: number): void {
  if (count <= facts.prompt.length) return;
  facts.prompt = larger(facts.prompt, count, Float64Array);
  facts.completion = larger(facts.completion, count, Float64Array);
  facts.model = larger(facts.model, count, Uint32Array);
}

type Column = Uint8Array | Uint32Array | Float64Array;
function larger<T extends Column>(column: T, count: number, Kind: new (length: number) => T): T {
  const made = new Kind(Math.ceil(count * 1.5) + 64);
  made.set(column);
  return made;
}

/** Makes room for `count` entries before the place `at`; those behind keep their numbers. */
export function makeRoom(facts: Facts, at: number, count: number): void {
  growEntries(facts, facts.count + count);
  for (const name of COLUMNS) facts[name].copyWithin(at + count, at, facts.count);
  facts.count += count;
  const moved = [...facts.placed].map(([place, seq]): [number, number] => [
    place < at ? place : place + count,
    seq,
  ]);
  facts.placed.clear();
  for (const [place, seq] of moved) facts.placed.set(place, seq);
  for (let i = 0; i < facts.jumpAt.length; i++) if (facts.jumpAt[i]! >= at) facts.jumpAt[i]! += count;
  for (const [i, odd] of facts.odd.entries()) {
    if (odd.at >= at) facts.odd[i] = { ...odd, at: odd.at + count };
  }
}

/** Puts entries of a stretch in another order: `order[i]` is the place whose entry comes i-th, from `from` on. */
export function reorder(facts: Facts, from: number, order: readonly number[]): void {
  const seqs = order.map((at) => seqAt(facts, at));
  for (const name of COLUMNS) {
    const values = order.map((at) => facts[name][at]!);
    for (const [i, value] of values.entries()) facts[name][from + i] = value;
  }
  for (const [i, seq] of seqs.entries()) facts.placed.set(from + i, seq);
}
