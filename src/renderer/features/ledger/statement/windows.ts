import type { LedgerLine, LedgerSums, LedgerWindow } from '../../../../contract/ledger.ts';
import type { Range } from '../../graph/window.ts';

/** Lines that are fetched and kept together. */
export const CHUNK_LINES = 100;
/** Lines of one request: the contract allows as many. */
export const REQUEST_LINES = 400;
/** Chunks kept of one answer: 10,000 lines, some MB. The ones read longest ago give way. */
const KEEP_CHUNKS = 100;

/** What is known of the lines of one question at one state of the ledger. Lines of two states are never mixed. */
export type Known = {
  readonly key: string;
  readonly total: number;
  readonly revision: number;
  readonly sums: LedgerSums | null;
  readonly problems: LedgerWindow['problems'];
  readonly chunks: ReadonlyMap<number, readonly LedgerLine[]>;
};

/** Knows nothing but what one window says. `start` of it stands at the beginning of a chunk. */
export const knownOf = (key: string, window: LedgerWindow): Known =>
  withWindow(
    {
      key,
      total: window.total,
      revision: window.revision,
      sums: window.sums,
      problems: window.problems,
      chunks: new Map(),
    },
    window,
  );

/** With the lines of a window added, as whole chunks. */
export function withWindow(known: Known, window: LedgerWindow): Known {
  const chunks = new Map(known.chunks);
  for (let at = 0; at < window.lines.length; at += CHUNK_LINES) {
    const lines = window.lines.slice(at, at + CHUNK_LINES);
    const index = (window.start + at) / CHUNK_LINES;
    const whole = lines.length === CHUNK_LINES || index * CHUNK_LINES + lines.length === known.total;
    if (!whole || !Number.isInteger(index)) continue;
    chunks.delete(index);
    chunks.set(index, lines);
  }
  for (const index of chunks.keys()) {
    if (chunks.size <= KEEP_CHUNKS) break;
    chunks.delete(index);
  }
  return { ...known, sums: window.sums ?? known.sums, chunks };
}

/** A line by where it stands, or null where it was not read yet. */
export const lineAt = (known: Known, at: number): LedgerLine | null =>
  known.chunks.get(Math.floor(at / CHUNK_LINES))?.[at % CHUNK_LINES] ?? null;

/** What makes a line the same line while others come and go. */
export function lineId(line: LedgerLine): string {
  switch (line.line) {
    case 'entry':
      return entryId(line.entry.seq);
    case 'group':
      return groupId(line.group.executionId);
    case 'day':
      return `day ${line.day.day}`;
    case 'gone':
      return goneId(line.gone.from);
    default:
      return line satisfies never;
  }
}

/** The gap whose first missing entry is this one. */
export const goneId = (from: number): string => `gone ${from}`;
export const entryId = (seq: number): string => `entry ${seq}`;
export const groupId = (execution: string): string => `group ${execution}`;

/** The entry by which the engine finds a line; null: a day has none, and an unfolded group stands above its entries. */
export function seqOfLine(line: LedgerLine): number | null {
  if (line.line === 'entry') return line.entry.seq;
  if (line.line === 'gone' && line.gone.to >= line.gone.from) return line.gone.from;
  return line.line === 'group' && !line.group.isOpen ? line.group.lastSeq : null;
}

/** Where a line stands among those that were read, or null. */
export function placeOf(known: Known, id: string): number | null {
  for (const [index, lines] of known.chunks) {
    const at = lines.findIndex((line) => lineId(line) === id);
    if (at >= 0) return index * CHUNK_LINES + at;
  }
  return null;
}

/** Where to read from so that a range is known; null when all of it is. */
export function missing(known: Known, { start, end }: Range): number | null {
  for (let index = Math.floor(start / CHUNK_LINES); index * CHUNK_LINES < end; index += 1) {
    if (!known.chunks.has(index)) return index * CHUNK_LINES;
  }
  return null;
}

/** The beginning of the request whose window has a line with some lines before it. */
export const requestFrom = (at: number): number =>
  Math.max(0, Math.floor(at / CHUNK_LINES) - 1) * CHUNK_LINES;
