import type { CostReport } from '../../../../contract/costs.ts';
import { openRuns } from '../../../state/agents.ts';
import { formatCount } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Money } from '../../runs/Figure.tsx';
import { tokenWords } from '../chart/axis.ts';
import { RowTable, type Column } from './RowTable.tsx';

type Row = CostReport['unpriced'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'model',
    label: 'Model',
    width: 'minmax(0, 1fr)',
    renderCell: ({ model }) => <bdi title={visibleText(model)}>{visibleText(model)}</bdi>,
  },
  {
    key: 'lines',
    label: 'Records',
    width: 'calc(var(--ui) * 4.1)',
    end: true,
    renderCell: ({ lines }) => formatCount(lines),
  },
  {
    key: 'tokens',
    label: 'Tokens',
    width: 'calc(var(--ui) * 3.9)',
    end: true,
    renderCell: (row) => tokenWords(row.inputTokens + row.outputTokens),
  },
  {
    key: 'cost',
    label: 'Logged',
    width: 'calc(var(--ui) * 6.4)',
    end: true,
    strong: true,
    renderCell: ({ costMicros }) => <Money micros={costMicros} />,
  },
];

/** Models that the price table does not have, with what was logged for them. */
export function Unpriced({ source, report }: { readonly source: string; readonly report: CostReport }) {
  return (
    <RowTable
      id="cost-unpriced"
      label="Models without a price"
      columns={COLUMNS}
      rows={report.unpriced}
      keyOf={({ model }) => model}
      open={({ query }) =>
        () =>
          openRuns(source, query)
        }
      most={8}
      none="Every model of these days has a price."
    />
  );
}
