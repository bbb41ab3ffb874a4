import type { RecordRow } from '../../../../contract/records.ts';
import { selectRecord } from '../../../state/agents.ts';
import { openRecordTab } from '../../../state/tabs.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { loggedTime } from '../../runs/days.ts';
import { Money, recordTitle } from '../../runs/Figure.tsx';
import { Swatch } from '../chart/Readout.tsx';
import { laneOf, type Series } from '../chart/series.ts';
import { RowTable, type Column } from './RowTable.tsx';

type Props = {
  readonly source: string;
  readonly rows: readonly RecordRow[];
  readonly fleet: boolean;
  /** the colour of a record, where the bars have one for it */
  readonly series: readonly Series[];
  readonly keyOf: (row: RecordRow) => string | null;
};

/** The records that cost most. Each opens in a tab of its own. */
export function TopRuns({ source, rows, fleet, series, keyOf }: Props) {
  const agent: Column<RecordRow> = {
    key: 'agent',
    label: 'Agent',
    width: 'minmax(48px, 0.4fr)',
    renderCell: (row) => <bdi title={visibleText(row.agent)}>{visibleText(row.agent)}</bdi>,
  };
  const columns: readonly Column<RecordRow>[] = [
    {
      key: 'run',
      label: 'Run',
      width: 'minmax(96px, 1fr)',
      renderCell: (row) => (
        <span className="ct-name" title={recordTitle(row)}>
          <Swatch lane={laneOf(series, keyOf(row))} />
          <bdi className="truncate">{recordTitle(row)}</bdi>
        </span>
      ),
    },
    ...(fleet ? [agent] : []),
    {
      key: 'when',
      label: 'When',
      width: 'calc(var(--ui) * 7.6)',
      end: true,
      renderCell: (row) => (
        <span title={row.ts ?? ''}>{row.ts === null ? '–' : loggedTime(row.ts).slice(0, -3)}</span>
      ),
    },
    {
      key: 'cost',
      label: 'Cost',
      width: 'calc(var(--ui) * 6.2)',
      end: true,
      strong: true,
      renderCell: (row) => <Money micros={row.costMicros} />,
    },
  ];
  return (
    <RowTable
      id="cost-top"
      label="Most expensive runs"
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      open={(row) => () => {
        selectRecord(source, row.id);
        openRecordTab(source, row.id, recordTitle(row));
      }}
      none="No run of these days has a cost."
    />
  );
}
