import { NO_DAY } from '../records/table.ts';
import type { AgentRecords, TextColumn } from '../records/table.ts';
import type { Span } from './days.ts';
import { digestOf, rowsOfSpan } from './digest.ts';
import { addSum, nothing } from './sums.ts';
import type { Adding } from './sums.ts';

/** More cells than this are kept by name, so that a log with a million models takes no memory for pairs it lacks. */
const DENSE = 1 << 20;

/** Sums by a text and the day, in columns: `place` gives the number of a pair. */
export class Cells {
  readonly #days: number;
  readonly #places: Map<number, number> | null;
  #used = 0;
  lines: Float64Array;
  input: Float64Array;
  output: Float64Array;
  nanos: Float64Array;

  constructor(texts: number, days: number) {
    this.#days = days;
    const dense = texts * days <= DENSE;
    this.#places = dense ? null : new Map();
    const size = dense ? texts * days : 1024;
    this.lines = new Float64Array(size);
    this.input = new Float64Array(size);
    this.output = new Float64Array(size);
    this.nanos = new Float64Array(size);
  }

  /** The place of a pair; made where it is not there yet. */
  place(text: number, day: number): number {
    const key = text * this.#days + day;
    if (this.#places === null) return key;
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#used++;
      this.#places.set(key, place);
      if (place >= this.lines.length) this.#grow();
    }
    return place;
  }

  /** Every pair that has lines. */
  *entries(): Generator<{ readonly text: number; readonly day: number; readonly sum: Adding }> {
    const keys: Iterable<readonly [number, number]> = this.#places ?? denseKeys(this.lines.length);
    for (const [key, place] of keys) {
      if (this.lines[place] === 0) continue;
      const sum = {
        lines: this.lines[place]!,
        input: this.input[place]!,
        output: this.output[place]!,
        nanos: this.nanos[place]!,
      };
      yield { text: Math.floor(key / this.#days), day: key % this.#days, sum };
    }
  }

  #grow(): void {
    for (const name of ['lines', 'input', 'output', 'nanos'] as const) {
      const wider = new Float64Array(this[name].length * 2);
      wider.set(this[name]);
      this[name] = wider;
    }
  }
}

function* denseKeys(length: number): Generator<readonly [number, number]> {
  for (let at = 0; at < length; at++) yield [at, at];
}

/** The dated records of a window by a column and the day (an index into `days` of the digest). `without`: flags to leave out. */
export function cellsOf(records: AgentRecords, column: TextColumn | null, span: Span, without = 0): Cells {
  const digest = digestOf(records);
  const cells = new Cells(column?.names.length ?? 1, digest.days.length);
  const slots = new Map([...digest.days].map((day, slot) => [day, slot]));
  const { day, flags, costNanos, inputTokens, outputTokens } = records;
  const ids = column?.ids ?? null;
  const { from, to } = rowsOfSpan(digest, span);
  let before = NO_DAY;
  let slot = 0;
  for (let row = from; row < to; row++) {
    const at = day[row]!;
    if (at === NO_DAY || at < span.from || at > span.to || (flags[row]! & without) !== 0) continue;
    if (at !== before) {
      before = at;
      slot = slots.get(at)!;
    }
    const cell = cells.place(ids === null ? 0 : ids[row]!, slot);
    cells.lines[cell]! += 1;
    cells.input[cell]! += inputTokens[row]!;
    cells.output[cell]! += outputTokens[row]!;
    cells.nanos[cell]! += costNanos[row]!;
  }
  return cells;
}

/** Adds a sum to the one of a key. */
export function addTo<K>(sums: Map<K, Adding>, key: K, more: Adding): void {
  let sum = sums.get(key);
  if (sum === undefined) sums.set(key, (sum = nothing()));
  addSum(sum, more);
}
