import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync, type BigIntStats } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { BadLine } from '../../../contract/records.ts';
import { limits } from '../../storage/limits.ts';
import type { Columns, Draft, Pools } from './columns.ts';
import type { ListedLog } from './log-listing.ts';
import { corruptsGuardrail, draftOf } from './record-draft.ts';
import { scanRecord } from './scan.ts';

/** A line that is no record, within its log. */
export type BadSpot = Omit<BadLine, 'agent' | 'path'>;

/** What the last line without an end is; it may still grow. */
type Tail = {
  readonly record: boolean;
  readonly nonEmpty: number;
  readonly corrupt: number;
  readonly bad: BadSpot | null;
};

/** What is known of one log. Counts are of ended lines; those of the last one stand in `tail`. */
export type LogState = {
  readonly path: string;
  readonly day: number;
  readonly month: string | null;
  /** changes whenever the file did: inode, size, times */
  stamp: string;
  inode: string;
  bytes: number;
  /** milliseconds of the last write */
  modified: number;
  /** its first row, and the row behind its last */
  from: number;
  to: number;
  /** where the last line begins that has no end yet, or the end of the file */
  lineEnd: number;
  lines: number;
  nonEmpty: number;
  corrupt: number;
  bad: BadSpot[];
  badCounts: Record<BadLine['kind'], number>;
  tail: Tail | null;
  /** checksums of the first bytes, and of those before `lineEnd` */
  head: { readonly length: number; readonly crc: number };
  foot: { readonly length: number; readonly crc: number };
  /** It was written to so shortly before it was read that a later write can have the same stamp: checksum of all. */
  racy: number | null;
  unreadable: string | null;
};

/** Where the rows of a log go. `draft` is used again for each row. */
export type Sink = { readonly columns: Columns; readonly pools: Pools; readonly draft: Draft; file: number };

const WINDOW = 4096;
/** Clocks of file systems may be this coarse. */
const RACY_MS = 100;
const LF = 10;

export const noBadLines = (): Record<BadLine['kind'], number> => ({
  'not-json': 0,
  'not-object': 0,
  torn: 0,
  'being-written': 0,
  'not-utf8': 0,
  'too-long': 0,
});

export function newLogState(log: ListedLog): LogState {
  return {
    path: log.path,
    day: log.day,
    month: log.month,
    stamp: '',
    inode: '',
    bytes: 0,
    modified: 0,
    from: 0,
    to: 0,
    lineEnd: 0,
    lines: 0,
    nonEmpty: 0,
    corrupt: 0,
    bad: [],
    badCounts: noBadLines(),
    tail: null,
    head: { length: 0, crc: 0 },
    foot: { length: 0, crc: 0 },
    racy: null,
    unreadable: log.refused,
  };
}

export const stampOf = (stat: BigIntStats): string =>
  `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;

/** One buffer for all logs that a thread reads. */
let buffer = Buffer.allocUnsafeSlow(0);

/** Gives the buffer back after a large read. */
export function dropBuffer(): void {
  buffer = Buffer.allocUnsafeSlow(0);
}

/** What is to be done with a log whose stamp is no longer the one that was read. */
export type Change = 'same' | 'grown' | 'anew';

/** Whether a log has only grown since it was read: its first bytes and those before the old end are still the same. */
export function changeOf(absolute: string, state: LogState, stat: BigIntStats): Change {
  const size = Number(stat.size);
  if (state.unreadable !== null || state.inode !== `${stat.dev}:${stat.ino}`) return 'anew';
  const stamped = stampOf(stat) === state.stamp;
  if (stamped && state.racy === null) return 'same';
  if (size < state.lineEnd) return 'anew';
  const file = openSync(absolute, 'r');
  try {
    if (stamped) return checksum(file, 0, size) === state.racy ? 'same' : 'anew';
    if (size < state.bytes) return 'anew';
    if (checksum(file, 0, state.head.length) !== state.head.crc) return 'anew';
    const { length } = state.foot;
    if (checksum(file, state.lineEnd - length, state.lineEnd) !== state.foot.crc) return 'anew';
    return size === state.bytes && state.tail === null ? 'anew' : 'grown';
  } finally {
    closeSync(file);
  }
}

function checksum(file: number, from: number, to: number): number {
  let crc = 0;
  const part = Buffer.allocUnsafe(Math.min(1 << 20, Math.max(1, to - from)));
  for (let at = from; at < to;) {
    const read = readSync(file, part, 0, Math.min(part.length, to - at), at);
    if (read === 0) return -1;
    crc = crc32(part.subarray(0, read), crc);
    at += read;
  }
  return crc;
}

/**
 * Reads a log from where `state` ends, puts its records into the sink and brings `state` up to date. A record that
 * stood in the last, unended line must have been taken out of the sink before. Throws what the system says.
 */
export function readLog(absolute: string, state: LogState, sink: Sink): void {
  const file = openSync(absolute, 'r');
  try {
    const stat = fstatSync(file, { bigint: true });
    if (!stat.isFile()) throw new Error('It is not a file.');
    const size = Number(stat.size);
    const start = state.lineEnd;
    const first = state.head.length;
    const end = readParts(file, start, size, state, sink);
    if (first < WINDOW) {
      const length = Math.min(WINDOW, end);
      state.head = { length, crc: checksum(file, 0, length) };
    }
    const length = Math.min(WINDOW, state.lineEnd);
    state.foot = { length, crc: checksum(file, state.lineEnd - length, state.lineEnd) };
    state.bytes = end;
    state.stamp = end === size ? stampOf(stat) : '';
    state.inode = `${stat.dev}:${stat.ino}`;
    state.modified = Number(stat.mtimeMs);
    state.racy = Math.abs(Date.now() - state.modified) < RACY_MS ? checksum(file, 0, size) : null;
    state.unreadable = null;
  } finally {
    closeSync(file);
  }
}

/** Returns where the file really ended. */
function readParts(file: number, start: number, size: number, state: LogState, sink: Sink): number {
  const wanted = Math.min(size - start + 1, 1 << 20);
  if (buffer.length < wanted) buffer = Buffer.allocUnsafeSlow(Math.max(wanted, 1 << 18));
  state.tail = null;
  let held = 0;
  let at = start;
  let skipping = 0;
  for (;;) {
    const read = at < size ? readSync(file, buffer, held, Math.min(buffer.length - held, size - at), at) : 0;
    at += read;
    const filled = held + read;
    if (read === 0) {
      if (skipping > 0) endTooLong(state, skipping + filled, false);
      else if (filled > 0) endTail(buffer, filled, state, sink);
      return at;
    }
    let from = 0;
    if (skipping > 0) {
      const lf = buffer.subarray(0, filled).indexOf(LF);
      if (lf === -1) {
        skipping += filled;
        held = 0;
        continue;
      }
      endTooLong(state, skipping + lf, true);
      skipping = 0;
      from = lf + 1;
    }
    const used = readLines(buffer, from, filled, at - filled, state, sink);
    held = filled - used;
    if (held > limits.agentLineBytes) {
      skipping = held;
      held = 0;
    } else if (held === buffer.length) {
      const larger = Buffer.allocUnsafeSlow(buffer.length * 2);
      buffer.copy(larger, 0, used, filled);
      buffer = larger;
    } else if (used > 0) buffer.copyWithin(0, used, filled);
  }
}

/** All ended lines within `[from, to)`. `base` is the offset of the buffer's first byte. Returns how far it came. */
function readLines(
  bytes: Buffer,
  from: number,
  to: number,
  base: number,
  state: LogState,
  sink: Sink,
): number {
  const { draft, pools, columns } = sink;
  let at = from;
  while (at < to) {
    let next = scanRecord(bytes, at, to, state.day, pools, draft);
    if (next !== -1) {
      state.nonEmpty += 1;
      draft.file = sink.file;
      draft.offset = base + at;
      draft.length = next - at - 1;
      if (corruptsGuardrail(pools, draft)) state.corrupt += 1;
      columns.push(draft);
    } else {
      const lf = bytes.indexOf(LF, at);
      if (lf === -1 || lf >= to) break;
      readLine(bytes, at, lf, base, state, sink);
      next = lf + 1;
    }
    state.lines += 1;
    state.lineEnd = base + next;
    at = next;
  }
  return at;
}

/** One ended line that needs the slow way. */
function readLine(bytes: Buffer, from: number, to: number, base: number, state: LogState, sink: Sink): void {
  const taken = takeLine(bytes, from, to, state.day, sink);
  if (taken === 'blank') return;
  state.nonEmpty += 1;
  if (taken === null) {
    push(sink, base + from, to - from);
    if (corruptsGuardrail(sink.pools, sink.draft)) state.corrupt += 1;
    return;
  }
  state.corrupt += 1;
  addBad(state, { ...taken, line: state.lines + 1, offset: base + from, bytes: to - from });
}

/** The last line, which has no end: a record where it is a whole object, else torn or being written. */
function endTail(bytes: Buffer, length: number, state: LogState, sink: Sink): void {
  const taken = takeLine(bytes, 0, length, state.day, sink);
  if (taken === 'blank') {
    state.tail = { record: false, nonEmpty: 0, corrupt: 0, bad: null };
    return;
  }
  if (taken === null) {
    push(sink, state.lineEnd, length);
    const corrupt = corruptsGuardrail(sink.pools, sink.draft) ? 1 : 0;
    state.tail = { record: true, nonEmpty: 1, corrupt, bad: null };
    return;
  }
  const spot = { line: state.lines + 1, offset: state.lineEnd, bytes: length };
  state.tail = {
    record: false,
    nonEmpty: 1,
    corrupt: 1,
    bad: { ...taken, kind: 'torn', why: `The last line has no end: ${taken.why}`, ...spot },
  };
}

function endTooLong(state: LogState, bytes: number, ended: boolean): void {
  const spot: BadSpot = {
    kind: 'too-long',
    why: `The line is longer than ${limits.agentLineBytes / 1024 / 1024} MB.`,
    text: '',
    line: state.lines + 1,
    offset: state.lineEnd,
    bytes,
  };
  if (!ended) {
    state.tail = { record: false, nonEmpty: 1, corrupt: 1, bad: spot };
    return;
  }
  state.nonEmpty += 1;
  state.corrupt += 1;
  addBad(state, spot);
  state.lines += 1;
  state.lineEnd += bytes + 1;
}

function push(sink: Sink, offset: number, length: number): void {
  sink.draft.file = sink.file;
  sink.draft.offset = offset;
  sink.draft.length = length;
  sink.columns.push(sink.draft);
}

function addBad(state: LogState, spot: BadSpot): void {
  state.badCounts[spot.kind] += 1;
  if (state.bad.length < limits.agentBadLines) state.bad.push(spot);
}

type Refused = Pick<BadSpot, 'kind' | 'why' | 'text'>;

/** Null: the draft is filled. Python's blanks count as blank lines (§3). */
function takeLine(
  bytes: Buffer,
  from: number,
  to: number,
  fileDay: number,
  { pools, draft }: Sink,
): Refused | 'blank' | null {
  const line = bytes.subarray(from, to);
  const text = line.toString('utf8');
  if (text.trim() === '' && !text.includes('\ufeff')) return 'blank';
  const refused = (kind: BadLine['kind'], why: string): Refused => ({ kind, why, text: text.slice(0, 200) });
  if (to - from > limits.agentLineBytes)
    return refused('too-long', `The line is longer than ${limits.agentLineBytes / 1024 / 1024} MB.`);
  if (!isUtf8(line)) return refused('not-utf8', 'The line is not UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused('not-json', error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused('not-object', 'The line is JSON, and no object.');
  draftOf(value as Record<string, unknown>, fileDay, pools, draft);
  return null;
}
