import type { LedgerLine, LedgerSums, LedgerWindow } from '../../../../contract/ledger.ts';
import { rowAt, withRows } from '../../graph/row-chunks.ts';
import type { Known as KnownRows } from '../../table/model.ts';

/** What is known of the lines of one question at one state of the ledger. Lines of two states are never mixed. */
export type Known = KnownRows<LedgerLine> & {
  readonly revision: number;
  readonly sums: LedgerSums | null;
  readonly problems: LedgerWindow['problems'];
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

/** With the lines of a window added. */
export const withWindow = (known: Known, window: LedgerWindow): Known => ({
  ...known,
  sums: window.sums ?? known.sums,
  chunks: withRows(known.chunks, known.total, window.start, window.lines),
});

/** A line by where it stands, or null where it was not read yet. */
export const lineAt = (known: Known, at: number): LedgerLine | null => rowAt(known.chunks, at);

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

/** The same by the id of a line; null: of a day or a group. */
export function seqOfId(id: string): number | null {
  const seq = /^(?:entry|gone) (-?\d+)$/.exec(id)?.[1];
  return seq === undefined ? null : Number(seq);
}
