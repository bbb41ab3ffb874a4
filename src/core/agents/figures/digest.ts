import { FLAG, NO_DAY } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';

/** What is added up for one day, in columns beside `days`. */
type Columns = {
  readonly lines: Float64Array;
  readonly input: Float64Array;
  readonly output: Float64Array;
  readonly nanos: Float64Array;
};

/** Reliability counts of the primary runs of a day (formats/atomic-agents.md §8). */
type PrimaryColumns = {
  readonly runs: Float64Array;
  readonly error: Float64Array;
  readonly blocked: Float64Array;
  readonly inflight: Float64Array;
  readonly principal: Float64Array;
  readonly skipped: Float64Array;
};

/** Everything about the records of one agent that reports ask by the day, from one pass over its columns. */
export type Digest = {
  readonly agent: string;
  /** the days that have records, rising; a log may hold days that lie centuries apart */
  readonly days: Int32Array;
  readonly all: Columns;
  /** delegated runs whose own line was found, at the coordinator (§4) */
  readonly resolvedMirrors: Columns;
  readonly primary: PrimaryColumns;
  readonly undated: number;
  /** the first row of each day, and the one after its last; rows of other days may stand between */
  readonly rowFrom: Uint32Array;
  readonly rowTo: Uint32Array;
  /** the latest row of each day by time, of primary runs and of all; -1: none */
  readonly lastPrimary: Int32Array;
  readonly lastRecord: Int32Array;
};

const columns = (days: number): Columns => ({
  lines: new Float64Array(days),
  input: new Float64Array(days),
  output: new Float64Array(days),
  nanos: new Float64Array(days),
});

const kept = new WeakMap<AgentRecords, { readonly count: number; readonly digest: Digest }>();

/** The digest of an agent, made once for a state of its records. */
export function digestOf(records: AgentRecords): Digest {
  const known = kept.get(records);
  if (known !== undefined && known.count === records.count) return known.digest;
  const digest = makeDigest(records);
  kept.set(records, { count: records.count, digest });
  return digest;
}

const STATUS = { error: 1, lock_busy: 2, in_flight: 3, principal_not_verified: 4, skipped: 5, deduped: 5 };

function makeDigest(records: AgentRecords): Digest {
  const { count, day, flags, costNanos, inputTokens, outputTokens, micros } = records;
  const seen = new Set<number>();
  let before = NO_DAY;
  for (let row = 0; row < count; row++) {
    const at = day[row]!;
    if (at === before || at === NO_DAY) continue;
    seen.add(at);
    before = at;
  }
  const listed = Int32Array.from(seen).sort();
  const slots = new Map([...listed].map((at, slot) => [at, slot]));
  const days = listed.length;
  const all = columns(days);
  const mirrors = columns(days);
  const primary: PrimaryColumns = {
    runs: new Float64Array(days),
    error: new Float64Array(days),
    blocked: new Float64Array(days),
    inflight: new Float64Array(days),
    principal: new Float64Array(days),
    skipped: new Float64Array(days),
  };
  const kinds = records.status.names.map((name) => STATUS[name as keyof typeof STATUS] ?? 0);
  const status = records.status.ids;
  let undated = 0;
  const rowFrom = new Uint32Array(days).fill(count);
  const rowTo = new Uint32Array(days);
  const lastPrimary = new Int32Array(days).fill(-1);
  const lastRecord = new Int32Array(days).fill(-1);
  let slot = 0;
  before = NO_DAY;
  for (let row = 0; row < count; row++) {
    const at = day[row]!;
    if (at === NO_DAY) {
      undated++;
      continue;
    }
    if (at !== before) {
      slot = slots.get(at)!;
      before = at;
    }
    const flag = flags[row]!;
    if (row < rowFrom[slot]!) rowFrom[slot] = row;
    rowTo[slot] = row + 1;
    all.lines[slot]! += 1;
    all.input[slot]! += inputTokens[row]!;
    all.output[slot]! += outputTokens[row]!;
    all.nanos[slot]! += costNanos[row]!;
    if ((flag & FLAG.resolved) !== 0) {
      mirrors.lines[slot]! += 1;
      mirrors.input[slot]! += inputTokens[row]!;
      mirrors.output[slot]! += outputTokens[row]!;
      mirrors.nanos[slot]! += costNanos[row]!;
    }
    if (lastRecord[slot]! < 0 || micros[row]! >= micros[lastRecord[slot]!]!) lastRecord[slot] = row;
    if ((flag & FLAG.primary) === 0) continue;
    if (lastPrimary[slot]! < 0 || micros[row]! >= micros[lastPrimary[slot]!]!) lastPrimary[slot] = row;
    const kind = kinds[status[row]!]!;
    primary.runs[slot]! += 1;
    if (kind === 1) primary.error[slot]! += 1;
    if (kind === 2 || (flag & FLAG.embedBlocked) !== 0) primary.blocked[slot]! += 1;
    if (kind === 3) primary.inflight[slot]! += 1;
    if (kind === 4) primary.principal[slot]! += 1;
    if (kind === 5) primary.skipped[slot]! += 1;
  }
  const digest = { agent: records.agent, days: listed, all, resolvedMirrors: mirrors, primary };
  return { ...digest, undated, rowFrom, rowTo, lastPrimary, lastRecord };
}

/** The sum of a column over the days of a window. */
export function sumOver(
  digest: Digest,
  column: Float64Array,
  span: { readonly from: number; readonly to: number },
): number {
  let sum = 0;
  for (let slot = slotFrom(digest, span.from); slot < digest.days.length; slot++) {
    if (digest.days[slot]! > span.to) break;
    sum += column[slot]!;
  }
  return sum;
}

/** The first column of a day or of one after it. */
export function slotFrom(digest: Digest, day: number): number {
  let low = 0;
  let high = digest.days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (digest.days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The latest row up to a day, that day included; -1: none. */
export function lastUntil(records: AgentRecords, rows: Int32Array, days: Int32Array, day: number): number {
  let last = -1;
  for (let slot = 0; slot < days.length && days[slot]! <= day; slot++) {
    const row = rows[slot]!;
    if (row >= 0 && (last < 0 || records.micros[row]! >= records.micros[last]!)) last = row;
  }
  return last;
}

/** The rows between which all records of a window stand. */
export function rowsOfSpan(
  digest: Digest,
  span: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (let slot = slotFrom(digest, span.from); slot < digest.days.length; slot++) {
    if (digest.days[slot]! > span.to) break;
    from = Math.min(from, digest.rowFrom[slot]!);
    to = Math.max(to, digest.rowTo[slot]!);
  }
  return to === 0 ? { from: 0, to: 0 } : { from, to };
}
