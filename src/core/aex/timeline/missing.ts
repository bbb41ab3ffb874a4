import type { GoneRow } from '../../../contract/ledger-chain.ts';
import type { TimelineMark } from '../../../contract/ledger-timeline.ts';
import type { LedgerColumns } from '../columns.ts';
import { rowFrom } from '../figures/proved.ts';
import { isGapOf } from '../views/gaps.ts';

type Window = { readonly from: number; readonly to: number };

/**
 * The places of a window where entries are missing: each stands half-way between the entries around it that have a time, at
 * the ends of the record at its edge. Of an agent those in which one of its entries was, or of which nothing is known.
 */
export function missingMarks(
  columns: LedgerColumns,
  drawnOf: Float64Array,
  gaps: readonly GoneRow[],
  agent: string | null,
  whole: Window,
  window: Window,
): readonly TimelineMark[] {
  const marks: TimelineMark[] = [];
  for (const gone of gaps) {
    if (!isGapOf(gone, agent)) continue;
    const behind = rowFrom(columns, gone.from);
    const before = dated(columns, drawnOf, behind - 1, -1);
    const after = dated(columns, drawnOf, behind, 1);
    const drawn =
      before === null ? (after ?? whole.from) : after === null ? whole.to - 1 : (before + after) / 2;
    if (drawn < window.from || drawn >= window.to) continue;
    marks.push({
      seq: gone.from,
      atMicros: drawn,
      drawnMicros: drawn,
      mark: 'missing',
      agent: gone.finding.agent,
      micro: null,
      text: '',
      gone,
    });
  }
  return marks.toSorted((a, b) => a.drawnMicros - b.drawnMicros);
}

/** Where the first entry that has a time is drawn, from a row on in one direction. */
function dated({ count }: LedgerColumns, drawnOf: Float64Array, from: number, step: 1 | -1): number | null {
  for (let row = from; row >= 0 && row < count; row += step) {
    if (!Number.isNaN(drawnOf[row]!)) return drawnOf[row]!;
  }
  return null;
}
