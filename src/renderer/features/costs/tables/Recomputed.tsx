import type { CostReport } from '../../../../contract/costs.ts';
import { withTerm } from '../../../../core/records/query.ts';
import { openRuns } from '../../../state/agents.ts';
import { formatCount, formatCounted, formatMoney } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Figure, Money } from '../../runs/Figure.tsx';
import { RowTable, type Column } from './RowTable.tsx';

type Row = CostReport['recomputed']['byModel'][number];

/** A difference of money with its sign. */
export const difference = (micros: number): string =>
  micros > 0 ? `+${formatMoney(micros)}` : formatMoney(micros);

/** The columns; the difference leads to the records that make it (all, where only roundings add up), the row to all that were compared. */
const columnsOf = (source: string, differing: string): readonly Column<Row>[] => [
  {
    key: 'model',
    label: 'Model',
    width: 'minmax(110px, 1fr)',
    renderCell: ({ model }) => (
      <bdi className="truncate" title={visibleText(model)}>
        {visibleText(model)}
      </bdi>
    ),
  },
  {
    key: 'lines',
    label: 'Records',
    width: 'calc(var(--ui) * 3.8)',
    end: true,
    renderCell: ({ lines }) => formatCount(lines),
  },
  {
    key: 'logged',
    label: 'Logged',
    width: 'calc(var(--ui) * 6.2)',
    end: true,
    strong: true,
    renderCell: (row) => <Money micros={row.loggedMicros} />,
  },
  {
    key: 'table',
    label: 'By today’s prices',
    wide: true,
    width: 'calc(var(--ui) * 7.2)',
    end: true,
    renderCell: (row) => <Money micros={row.recomputedMicros} />,
  },
  {
    key: 'apart',
    label: 'Difference',
    width: 'calc(var(--ui) * 6.6)',
    end: true,
    renderCell: ({ model, loggedMicros, recomputedMicros, differing: apart, query }) => (
      <Figure
        source={source}
        query={
          recomputedMicros === loggedMicros ? null : apart === 0 ? query : withTerm(differing, 'model', model)
        }
        label={`Show the records of ${visibleText(model)} that ${apart === 0 ? 'were compared' : 'differ'}`}
      >
        {difference(recomputedMicros - loggedMicros)}
      </Figure>
    ),
  },
];

/** What was logged against what today's price table gives (§5): a comparison only, every sum is of what was logged. */
export function Recomputed({ source, report }: { readonly source: string; readonly report: CostReport }) {
  const { loggedMicros, recomputedMicros, compared, differing, byModel } = report.recomputed;
  return (
    <>
      <p className="cx-lead">
        {compared === 0 ? (
          'No record of these days has a cost and a model with a price.'
        ) : (
          <>
            {formatCounted(compared, 'record')} with a priced model: {formatMoney(loggedMicros)} logged,{' '}
            {formatMoney(recomputedMicros)} by today’s prices.{' '}
            {differing.value === 0 ? (
              'Each agrees to the millionth.'
            ) : (
              <>
                <Figure source={source} query={differing.query} className="cx-link">
                  {formatCounted(differing.value, 'record')}
                </Figure>{' '}
                {differing.value === 1 ? 'differs' : 'differ'}: prices change, and a log keeps those of its
                day.
              </>
            )}
          </>
        )}
      </p>
      {byModel.length > 0 && (
        <RowTable
          id="cost-recomputed"
          label="Logged against recomputed cost, by model"
          columns={columnsOf(source, differing.query)}
          rows={byModel}
          keyOf={({ model }) => model}
          open={({ query }) =>
            () =>
              openRuns(source, query)
            }
          most={8}
          none=""
        />
      )}
    </>
  );
}
