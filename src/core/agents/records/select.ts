import type { RecordSort } from '../../../contract/records.ts';
import type { AgentMatches, Matches } from './match.ts';

/** A row of one agent. */
export type RowAt = { readonly agent: number; readonly row: number };

/** Sorting so many at once is quicker than to part them first. */
const SMALL = 4096;
const BUCKETS = 4096;

/**
 * The matches from place `start` on in an order, without sorting all of them: they are parted by value until a part
 * is small. Equal ones stand in the order of the tables, latest first but for `oldest`; those without a value last.
 */
export function selectRows(
  matches: Pick<Matches, 'agents' | 'total'>,
  sort: RecordSort,
  start: number,
  count: number,
): readonly RowAt[] {
  const keys = keysOf(matches, sort);
  const end = Math.min(start + count, matches.total);
  if (start >= end) return [];
  const tie = sort === 'oldest' ? 1 : -1;
  const all = new Uint32Array(matches.total);
  for (let i = 0; i < all.length; i++) all[i] = tie === 1 ? i : all.length - 1 - i;
  const { part, before } = narrow(keys, all, start, end, 0);
  const order = (a: number, b: number): number => compare(keys[a]!, keys[b]!) || (a - b) * tie;
  return Array.from(part.sort(order).subarray(start - before, end - before), placesOf(matches.agents));
}

/** The place of one row in an order; -1 where it is not among the matches. */
export function rankOf(
  matches: Pick<Matches, 'agents' | 'total'>,
  sort: RecordSort,
  { agent, row }: RowAt,
): number {
  const rows = matches.agents[agent]?.rows;
  const at = rows === undefined ? -1 : find(rows, row);
  if (at === -1) return -1;
  let position = at;
  for (let i = 0; i < agent; i++) position += matches.agents[i]!.rows.length;
  const keys = keysOf(matches, sort);
  const key = keys[position]!;
  let rank = 0;
  for (let i = 0; i < keys.length; i++) {
    const value = keys[i]!;
    if (value < key || (value === key && (sort === 'oldest' ? i < position : i > position))) rank += 1;
  }
  return rank;
}

function find(rows: Uint32Array, row: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (rows[middle] === row) return middle;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Turns a position among all matches into the row it stands for. */
function placesOf(agents: readonly AgentMatches[]): (position: number) => RowAt {
  const starts: number[] = [];
  let sum = 0;
  for (const { rows } of agents) {
    starts.push(sum);
    sum += rows.length;
  }
  return (position) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return { agent: low, row: agents[low]!.rows[position - starts[low]!]! };
  };
}

const made = new WeakMap<object, { sort: RecordSort; keys: Float64Array }>();

/** A number for each match by which the smallest comes first; without a value: infinite. */
function keysOf(matches: Pick<Matches, 'agents' | 'total'>, sort: RecordSort): Float64Array {
  const known = made.get(matches);
  if (known?.sort === sort) return known.keys;
  const keys = new Float64Array(matches.total);
  let n = 0;
  for (const { records, rows } of matches.agents) {
    const { micros, costNanos, inputTokens, outputTokens, latencyMs } = records;
    const values = sort === 'cost' ? costNanos : sort === 'latency' ? latencyMs : micros;
    if (sort === 'tokens')
      for (let i = 0; i < rows.length; i++) keys[n++] = -(inputTokens[rows[i]!]! + outputTokens[rows[i]!]!);
    else {
      const sign = sort === 'oldest' ? 1 : -1;
      for (let i = 0; i < rows.length; i++) {
        const value = values[rows[i]!]! * sign;
        keys[n++] = Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
      }
    }
  }
  made.set(matches, { sort, keys });
  return keys;
}

/** The part of some positions that holds the places from `start` to `end`, and how many stand before it. */
function narrow(
  keys: Float64Array,
  positions: Uint32Array,
  start: number,
  end: number,
  before: number,
): { readonly part: Uint32Array; readonly before: number } {
  if (positions.length <= SMALL) return { part: positions, before };
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < positions.length; i++) {
    const key = keys[positions[i]!]!;
    if (key < least) least = key;
    if (key > most && key !== Number.POSITIVE_INFINITY) most = key;
  }
  // all equal: they stand in the order of their ties already
  if (most <= least) return sameKeys(keys, positions, least, start, end, before);
  const scale = (BUCKETS - 2) / (most - least);
  const bucketOf = (key: number): number =>
    key === Number.POSITIVE_INFINITY ? BUCKETS - 1 : Math.floor((key - least) * scale);
  const sizes = new Uint32Array(BUCKETS);
  for (let i = 0; i < positions.length; i++) sizes[bucketOf(keys[positions[i]!]!)]! += 1;
  let first = 0;
  let at = before;
  while (at + sizes[first]! <= start) at += sizes[first++]!;
  let last = first;
  let size = sizes[first]!;
  while (at + size < end) size += sizes[++last]!;
  if (size === positions.length) return { part: positions, before };
  const part = new Uint32Array(size);
  let n = 0;
  for (let i = 0; i < positions.length; i++) {
    const bucket = bucketOf(keys[positions[i]!]!);
    if (bucket >= first && bucket <= last) part[n++] = positions[i]!;
  }
  return narrow(keys, part, start, end, at);
}

/** Of positions that are equal but for those without a value, which come last. */
function sameKeys(
  keys: Float64Array,
  positions: Uint32Array,
  key: number,
  start: number,
  end: number,
  before: number,
): { readonly part: Uint32Array; readonly before: number } {
  const equal = positions.filter((position) => keys[position] === key);
  const split = before + equal.length;
  const from = Math.max(0, start - before);
  if (end <= split) return { part: equal.slice(from, end - before), before: before + from };
  const rest = positions.filter((position) => keys[position] !== key);
  if (start >= split) return { part: rest.slice(start - split, end - split), before: start };
  const part = new Uint32Array(end - start);
  part.set(equal.subarray(from));
  part.set(rest.subarray(0, end - split), equal.length - from);
  return { part, before: start };
}
