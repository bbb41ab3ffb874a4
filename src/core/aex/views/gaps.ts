import type { GoneRow } from '../../../contract/ledger-chain.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import type { LedgerView } from '../../../contract/ledger.ts';
import type { LedgerColumns } from '../columns.ts';
import { LINE, lineKind, lineOf, lineRow } from './line.ts';
import { isByTime } from './by-time.ts';

/** The entries that a check misses, in the order of their places. */
export function gapsOf(findings: readonly LedgerFinding[]): readonly GoneRow[] {
  return findings
    .flatMap((finding): GoneRow[] => {
      const { kind, seq, executionId, agent, expected, range, gone = [] } = finding;
      if (seq === null || (kind !== 'entry-missing' && kind !== 'tail-missing')) return [];
      const from = range?.from ?? seq;
      const to = range?.to ?? seq - 1;
      return [
        {
          from,
          to,
          count: range === undefined ? Math.max(1, gone.length) : to - from + 1,
          entries: gone,
          finding: { kind, seq, executionId, agent, expected },
        },
      ];
    })
    .toSorted((a, b) => a.from - b.from);
}

/** The gaps that a view has a line for: none where it leaves entries out, or is in another order than that of entries. */
export function gapsIn(gaps: readonly GoneRow[], { query, sort, agent }: LedgerView): readonly GoneRow[] {
  if (!isByTime(sort) || query.trim() !== '') return [];
  return agent === null ? gaps : gaps.filter((gone) => isGapOf(gone, agent));
}

/** Whether entries of an agent (null: of any) are missing there, or may be. */
export const isGapOf = ({ entries }: GoneRow, agent: string | null): boolean =>
  agent === null || entries.length === 0 || entries.some((one) => one.agent === agent);

/** The lines with one for each gap where its entries stood. */
export function withGaps(
  { seq }: LedgerColumns,
  lines: Uint32Array,
  gaps: readonly GoneRow[],
  oldest: boolean,
): Uint32Array {
  if (gaps.length === 0) return lines;
  const made = new Uint32Array(lines.length + gaps.length);
  let n = 0;
  let next = oldest ? 0 : gaps.length - 1;
  const isNext = (row: number): boolean => {
    const gap = gaps[next];
    if (gap === undefined) return false;
    return oldest ? seq[row]! >= gap.from : seq[row]! < gap.from;
  };
  for (const code of lines) {
    const kind = lineKind(code);
    while (kind !== LINE.day && isNext(lineRow(code))) {
      made[n++] = lineOf(LINE.gone, next);
      next += oldest ? 1 : -1;
    }
    made[n++] = code;
  }
  for (; next >= 0 && next < gaps.length; next += oldest ? 1 : -1) made[n++] = lineOf(LINE.gone, next);
  return made;
}
