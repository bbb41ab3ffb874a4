import type { CostReport } from '../../../../contract/costs.ts';
import { openBadLines, openRuns } from '../../../state/agents.ts';
import { formatCount } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { RowTable, type Column } from './RowTable.tsx';

type Row = CostReport['leftOut'][number];

/** What is in no figure, and why. Records open as records, lines that are none as lines with their place. */
export function LeftOut({ source, report }: { readonly source: string; readonly report: CostReport }) {
  const columns: readonly Column<Row>[] = [
    { key: 'what', label: 'Why', width: 'minmax(0, 1fr)', renderCell: ({ what }) => visibleText(what) },
    {
      key: 'lines',
      label: 'Lines',
      width: 'calc(var(--ui) * 4.1)',
      end: true,
      strong: true,
      renderCell: (row) => formatCount(row.lines),
    },
  ];
  return (
    <RowTable
      id="cost-left-out"
      label="In no figure"
      columns={columns}
      rows={report.leftOut.filter((row) => row.lines > 0)}
      keyOf={({ what }) => what}
      open={({ query }) => (query === null ? () => openBadLines(source) : () => openRuns(source, query))}
      none="Every line of the logs is in the figures."
      tall
    />
  );
}
