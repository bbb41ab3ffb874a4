import { FLAG, type LedgerColumns } from '../columns.ts';
import type { BalanceColumns } from '../views/balances.ts';
import { DENIED_KINDS, KIND, kindTable } from '../views/rows.ts';
import type { TimeSeries } from './spans.ts';

/** What a check says of each row: 1 where there is an error or warning, and what is so of it. */
export type RowsChecked = { readonly found: Uint8Array; readonly codes: Uint8Array };

/** Everything that pieces of time are added up from. */
export type Counted = {
  readonly columns: LedgerColumns;
  readonly series: TimeSeries;
  readonly balances: BalanceColumns;
  readonly checked: RowsChecked;
};

/** Sums of which there is one for each piece, and for each block of entries. */
const SUMS = ['cost', 'commits', 'releases', 'denials', 'overruns', 'findings'] as const;
type Sums = Record<(typeof SUMS)[number], number>;

/** Places of an order that are added up once for all questions. */
const BLOCK = 64;

/** Blocks of `BLOCK` places; the last one may not be full and is not kept. */
type Blocks = Readonly<Record<(typeof SUMS)[number], Float64Array>> & {
  readonly leastHeld: Float64Array;
  readonly mostHeld: Float64Array;
  readonly worst: Int16Array;
  readonly lowRow: Uint32Array;
  readonly highRow: Uint32Array;
};

type Kept = { readonly of: Counted; readonly blocks: Blocks };
const kept = new WeakMap<TimeSeries, Kept>();

/** What happened between two places of an order. Amounts of money held are what is spent and reserved. */
export class Tally implements Sums {
  leastHeld = 0;
  mostHeld = 0;
  cost = 0;
  commits = 0;
  releases = 0;
  denials = 0;
  overruns = 0;
  findings = 0;
  /** the highest of the codes; -1: no entry */
  worst = -1;
  lowRow = Number.POSITIVE_INFINITY;
  highRow = -1;
  readonly #of: Counted;
  readonly #denied = kindTable(...DENIED_KINDS);

  constructor(of: Counted) {
    this.#of = of;
  }

  /** Begins anew; `held`: what is held before the first entry. */
  begin(held: number): void {
    this.leastHeld = held;
    this.mostHeld = held;
    for (const key of SUMS) this[key] = 0;
    this.worst = -1;
    this.lowRow = Number.POSITIVE_INFINITY;
    this.highRow = -1;
  }

  /** Adds the places from one to another, the end excluded, whole blocks at once. */
  add(first: number, end: number): void {
    const from = Math.ceil(first / BLOCK);
    const to = Math.floor(end / BLOCK);
    if (to <= from) {
      for (let at = first; at < end; at++) this.#place(at);
      return;
    }
    for (let at = first; at < from * BLOCK; at++) this.#place(at);
    const blocks = blocksOf(this.#of);
    for (let block = from; block < to; block++) this.#block(blocks, block);
    for (let at = to * BLOCK; at < end; at++) this.#place(at);
  }

  /** Adds places one by one, for who makes the blocks. */
  addEach(first: number, end: number): void {
    for (let at = first; at < end; at++) this.#place(at);
  }

  #place(at: number): void {
    const { columns, series, balances, checked } = this.#of;
    const { kind, amount, flags } = columns;
    const row = series.rows[at]!;
    if (row < this.lowRow) this.lowRow = row;
    if (row > this.highRow) this.highRow = row;
    const stands = series.line === null ? row : series.line[at]!;
    const held = stands === -1 ? 0 : balances.spent[stands]! + balances.reserved[stands]!;
    if (held < this.leastHeld) this.leastHeld = held;
    if (held > this.mostHeld) this.mostHeld = held;
    const what = kind[row]!;
    if (what === KIND.commit) {
      this.commits += 1;
      this.cost += amount[row]! || 0;
    } else if (what === KIND.release) this.releases += 1;
    else this.denials += this.#denied[what]!;
    if ((flags[row]! & FLAG.overrun) !== 0) this.overruns += 1;
    this.findings += checked.found[row]!;
    if (checked.codes[row]! > this.worst) this.worst = checked.codes[row]!;
  }

  #block(blocks: Blocks, block: number): void {
    for (const key of SUMS) this[key] += blocks[key][block]!;
    if (blocks.leastHeld[block]! < this.leastHeld) this.leastHeld = blocks.leastHeld[block]!;
    if (blocks.mostHeld[block]! > this.mostHeld) this.mostHeld = blocks.mostHeld[block]!;
    if (blocks.worst[block]! > this.worst) this.worst = blocks.worst[block]!;
    if (blocks.lowRow[block]! < this.lowRow) this.lowRow = blocks.lowRow[block]!;
    if (blocks.highRow[block]! > this.highRow) this.highRow = blocks.highRow[block]!;
  }
}

/** The blocks of an order, kept until a check or the balances are others. */
function blocksOf(of: Counted): Blocks {
  const before = kept.get(of.series);
  if (before !== undefined && isSame(before.of, of)) return before.blocks;
  const count = Math.floor(of.series.rows.length / BLOCK);
  const blocks = {
    leastHeld: new Float64Array(count),
    mostHeld: new Float64Array(count),
    cost: new Float64Array(count),
    commits: new Float64Array(count),
    releases: new Float64Array(count),
    denials: new Float64Array(count),
    overruns: new Float64Array(count),
    findings: new Float64Array(count),
    worst: new Int16Array(count),
    lowRow: new Uint32Array(count),
    highRow: new Uint32Array(count),
  };
  const tally = new Tally(of);
  for (let block = 0; block < count; block++) {
    tally.begin(Number.NaN);
    tally.leastHeld = Number.POSITIVE_INFINITY;
    tally.mostHeld = Number.NEGATIVE_INFINITY;
    tally.addEach(block * BLOCK, (block + 1) * BLOCK);
    for (const key of SUMS) blocks[key][block] = tally[key];
    for (const key of ['leastHeld', 'mostHeld', 'worst', 'lowRow', 'highRow'] as const) {
      blocks[key][block] = tally[key];
    }
  }
  kept.set(of.series, { of, blocks });
  return blocks;
}

const isSame = (a: Counted, b: Counted): boolean =>
  a.columns === b.columns &&
  a.balances.spent === b.balances.spent &&
  a.balances.reserved === b.balances.reserved &&
  a.checked.found === b.checked.found &&
  a.checked.codes === b.checked.codes;
