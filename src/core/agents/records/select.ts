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
  if (scratch.length < matches.total) scratch = new Uint32Array(matches.total);
  const all = scratch.subarray(0, matches.total);
  for (let i = 0; i < all.length; i++) all[i] = sort === 'oldest' ? i : all.length - 1 - i;
  return Array.from(ordered(keys, all, start, end), placesOf(matches.agents));
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

let scratch = new Uint32Array(0);

/** The keys of the last answer that was sorted: a window is usually followed by the next one of the same. */
let made: { readonly of: WeakRef<object>; readonly sort: RecordSort; readonly keys: Float64Array } | null =
  null;

/** A number for each match by which the smallest comes first; without a value: infinite. */
function keysOf(matches: Pick<Matches, 'agents' | 'total'>, sort: RecordSort): Float64Array {
  if (made?.sort === sort && made.of.deref() === matches) return made.keys;
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
  made = { of: new WeakRef(matches), sort, keys };
  return keys;
}

/** The positions at the places from `start` to `end` of an order, of some that stand in the order of their ties. */
function ordered(keys: Float64Array, positions: Uint32Array, start: number, end: number): Uint32Array {
  if (positions.length <= SMALL) return sorted(keys, positions).subarray(start, end);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < positions.length; i++) {
    const key = keys[positions[i]!]!;
    if (key < least) least = key;
    if (key > most && key !== Number.POSITIVE_INFINITY) most = key;
  }
  const none = least === Number.POSITIVE_INFINITY;
  if (none || (most === least && !keys.includes(Number.POSITIVE_INFINITY)))
    return positions.subarray(start, end);
  if (most - least === Number.POSITIVE_INFINITY) return sorted(keys, positions).subarray(start, end);
  const scale = most === least ? 0 : (BUCKETS - 2) / (most - least);
  const bucketOf = (key: number): number =>
    key === Number.POSITIVE_INFINITY ? BUCKETS - 1 : Math.floor((key - least) * scale);
  const sizes = new Uint32Array(BUCKETS);
  for (let i = 0; i < positions.length; i++) sizes[bucketOf(keys[positions[i]!]!)]! += 1;
  if (sizes.includes(positions.length)) return positions.subarray(start, end);

  const parts = new Map<number, { readonly from: number; readonly members: Uint32Array; filled: number }>();
  for (let bucket = 0, from = 0; bucket < BUCKETS && from < end; from += sizes[bucket++]!)
    if (sizes[bucket]! > 0 && from + sizes[bucket]! > start)
      parts.set(bucket, { from, members: new Uint32Array(sizes[bucket]!), filled: 0 });
  const wanted = new Uint8Array(BUCKETS);
  for (const bucket of parts.keys()) wanted[bucket] = 1;
  for (let i = 0; i < positions.length; i++) {
    const bucket = bucketOf(keys[positions[i]!]!);
    if (wanted[bucket] === 0) continue;
    const part = parts.get(bucket)!;
    part.members[part.filled++] = positions[i]!;
  }
  const out = new Uint32Array(end - start);
  let n = 0;
  for (const { from, members } of parts.values()) {
    const some = ordered(keys, members, Math.max(0, start - from), Math.min(members.length, end - from));
    out.set(some, n);
    n += some.length;
  }
  return out;
}

/** By key; equal ones stay in the order they have. */
function sorted(keys: Float64Array, positions: Uint32Array): Uint32Array {
  const places = Array.from(positions, (position, place) => ({ position, place }));
  places.sort((a, b) => compare(keys[a.position]!, keys[b.position]!) || a.place - b.place);
  return Uint32Array.from(places, ({ position }) => position);
}
