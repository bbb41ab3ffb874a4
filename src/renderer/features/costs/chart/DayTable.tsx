import { openRuns } from '../../../state/agents.ts';
import { formatCount } from '../../../ui/format.ts';
import { Money } from '../../runs/Figure.tsx';
import { shortDayInFull } from '../ranges.ts';
import { RowTable, type Column } from '../tables/RowTable.tsx';
import { binWords, type Bin, type Step } from './bins.ts';
import { costIn, seriesWords, type Series } from './series.ts';

type Props = {
  readonly source: string;
  readonly bins: readonly Bin[];
  readonly series: readonly Series[];
  readonly step: Step;
  readonly queryOf: (bin: Bin) => string | null;
};

/** The figures of the chart as a table, newest first: for who cannot see it, and for who wants the numbers. */
export function DayTable({ source, bins, series, step, queryOf }: Props) {
  const columns: readonly Column<Bin>[] = [
    {
      key: 'day',
      label: step === 'day' ? 'Day' : 'Days',
      width: 'minmax(calc(var(--ui) * 10.4), 1.4fr)',
      renderCell: (bin) => (step === 'day' ? shortDayInFull(bin.from) : binWords(bin, step)),
    },
    {
      key: 'lines',
      label: 'Records',
      width: 'calc(var(--ui) * 4.1)',
      end: true,
      renderCell: (bin) => formatCount(bin.lines),
    },
    {
      key: 'cost',
      label: 'Cost',
      width: 'calc(var(--ui) * 6.4)',
      end: true,
      strong: true,
      renderCell: (bin) => <Money micros={bin.costMicros} />,
    },
    ...series.map((one) => ({
      key: `s${one.lane}`,
      label: seriesWords(one),
      width: 'minmax(calc(var(--ui) * 5.6), 1fr)',
      end: true,
      renderCell: (bin: Bin) => {
        const cost = costIn(bin, one);
        return cost === 0 ? <span className="ck-none">–</span> : <Money micros={cost} />;
      },
    })),
  ];
  return (
    <div className="ck-table">
      <RowTable
        id="cost-days"
        label={`Cost per ${step}`}
        columns={columns}
        rows={bins.toReversed()}
        keyOf={(bin) => bin.from}
        open={(bin) => {
          const query = queryOf(bin);
          return query === null ? null : () => openRuns(source, query);
        }}
        none="No days"
      />
    </div>
  );
}
