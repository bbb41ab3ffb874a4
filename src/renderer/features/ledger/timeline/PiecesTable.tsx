import type { LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import { formatCount, formatDateTime, formatMoney, type Zone } from '../../../ui/format.ts';
import { RowTable, type Column } from '../../costs/tables/RowTable.tsx';
import { openPiece } from './open.ts';
import { rowsOf, type Piece } from './pieces.ts';
import type { Span } from './span.ts';
import { recordWord } from './words.ts';

type Props = {
  readonly source: string;
  readonly timeline: LedgerTimeline;
  readonly span: Span;
  readonly zone: Zone;
};

/** Rows of the table at most: pieces are joined where there are more. */
const MOST_ROWS = 200;

const money = (label: string, of: (piece: Piece) => number, strong = false): Column<Piece> => ({
  key: label,
  label,
  width: 'minmax(calc(var(--ui) * 6.4), 1fr)',
  end: true,
  strong,
  renderCell: (piece) => formatMoney(of(piece)),
});
const counts = (label: string, of: (piece: Piece) => number): Column<Piece> => ({
  key: label,
  label,
  width: 'calc(var(--ui) * 4.4)',
  end: true,
  renderCell: (piece) => (of(piece) === 0 ? <span className="lt-none">–</span> : formatCount(of(piece))),
});

const record: Column<Piece> = {
  key: 'record',
  label: 'Chain',
  width: 'minmax(calc(var(--ui) * 9), 1fr)',
  renderCell: (piece) => (piece.record === null ? '' : recordWord(piece.record)),
};

/** The figures of the picture as a table: for who cannot see it, and for who wants the numbers. */
export function PiecesTable({ source, timeline, span, zone }: Props) {
  const rows = rowsOf(timeline, span, MOST_ROWS);
  // what never happened has no column
  const some = (of: (piece: Piece) => number) => rows.some((piece) => of(piece) > 0);
  const rare = [
    { label: 'Released', of: (piece: Piece) => piece.releases },
    { label: 'Denied', of: (piece: Piece) => piece.denials },
    { label: 'Overruns', of: (piece: Piece) => piece.overruns },
    { label: 'Findings', of: (piece: Piece) => piece.findings },
    { label: 'Gaps', of: (piece: Piece) => piece.missing },
  ];
  const proved = timeline.proved !== null;
  const wrong = rows.some(({ record: is }) => is !== null && is.is !== 'verified');
  return (
    <div className="lt-table">
      <RowTable
        id="ledger-pieces"
        label="Money over time"
        columns={[
          {
            key: 'from',
            label: 'From',
            width: 'minmax(calc(var(--ui) * 11.2), 1.4fr)',
            renderCell: (piece) => formatDateTime(piece.from, zone),
          },
          money('Unspent', (piece) => piece.unspent, true),
          ...(proved ? [money('Proved', (piece) => piece.provedUnspent ?? piece.unspent)] : []),
          money('Available', (piece) => piece.available),
          money('Lowest', (piece) => piece.lowest),
          money('Spent', (piece) => piece.spent),
          counts('Settled', (piece) => piece.commits),
          ...rare.filter(({ of }) => some(of)).map(({ label, of }) => counts(label, of)),
          ...(wrong ? [record] : []),
        ]}
        rows={rows}
        keyOf={(piece) => String(piece.from)}
        open={(piece) => () => openPiece(source, piece)}
        none="No entry in this time"
      />
    </div>
  );
}
