import type { CostReport } from '../../../../contract/costs.ts';
import { openRuns } from '../../../state/agents.ts';
import { formatCount } from '../../../ui/format.ts';
import { Money } from '../../runs/Figure.tsx';
import { tokenWords } from '../chart/axis.ts';
import { monthYear } from '../ranges.ts';
import { RowTable, type Column } from './RowTable.tsx';

type Row = CostReport['months'][number];

/** The twelve months up to the day in question, newest first. */
export function Months({ source, report }: { readonly source: string; readonly report: CostReport }) {
  // months before the first record are no months without cost
  const months = report.months.toSorted((a, b) => (a.month < b.month ? 1 : -1));
  const most = Math.max(1, ...report.months.map(({ costMicros }) => costMicros));
  const columns: readonly Column<Row>[] = [
    {
      key: 'month',
      label: 'Month',
      width: 'calc(var(--ui) * 5.4)',
      renderCell: ({ month }) => monthYear(month),
    },
    {
      key: 'bar',
      label: 'Beside the dearest month',
      hideLabel: true,
      width: 'minmax(24px, 1fr)',
      renderCell: ({ costMicros }) => (
        <span className="ct-bar" aria-hidden style={{ width: `${(costMicros / most) * 100}%` }} />
      ),
    },
    {
      key: 'lines',
      label: 'Records',
      width: 'calc(var(--ui) * 4.1)',
      end: true,
      renderCell: ({ lines }) => (lines === 0 ? '' : formatCount(lines)),
    },
    {
      key: 'tokens',
      label: 'Tokens',
      wide: true,
      width: 'calc(var(--ui) * 3.9)',
      end: true,
      renderCell: (row) => (row.lines === 0 ? '' : tokenWords(row.inputTokens + row.outputTokens)),
    },
    {
      key: 'cost',
      label: 'Cost',
      width: 'calc(var(--ui) * 6.4)',
      end: true,
      strong: true,
      renderCell: ({ costMicros, lines }) => (lines === 0 ? '' : <Money micros={costMicros} />),
    },
  ];
  return (
    <RowTable
      id="cost-months"
      label="By month"
      columns={columns}
      rows={months.slice(0, months.findLastIndex(({ lines }) => lines > 0) + 1)}
      keyOf={({ month }) => month}
      open={({ lines, query }) => (lines === 0 ? null : () => openRuns(source, query))}
      most={12}
      none="No record in twelve months."
    />
  );
}
