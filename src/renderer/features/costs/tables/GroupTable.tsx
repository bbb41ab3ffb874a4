import type { CostDimension, CostGroup } from '../../../../contract/costs.ts';
import { openRuns } from '../../../state/agents.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCount } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Money } from '../../runs/Figure.tsx';
import { sharePercent, tokenWords } from '../chart/axis.ts';
import { namesOf } from '../chart/names.ts';
import { Swatch } from '../chart/Readout.tsx';
import { laneOf, type Series } from '../chart/series.ts';
import { RowTable, type Column } from './RowTable.tsx';

/** What a group is called at the head of its table. */
export const GROUP_NOUN: Readonly<Record<CostDimension, string>> = {
  model: 'Model',
  agent: 'Agent',
  trigger: 'Trigger',
  primitive: 'Kind',
  status: 'Status',
  source: 'Cost source',
};

type Row = Omit<CostGroup, 'priced' | 'share'> & Partial<Pick<CostGroup, 'priced'>>;

type Props = {
  readonly id: string;
  readonly source: string;
  readonly by: CostDimension;
  readonly groups: readonly Row[];
  /** of all groups together */
  readonly wholeMicros: number;
  /** the colours of the chart, where its bars are of the same groups */
  readonly series: readonly Series[] | null;
};

/** Records, tokens, cost and share of each model, agent or trigger, dearest first. */
export function GroupTable({ id, source, by, groups, wholeMicros, series }: Props) {
  const name = namesOf(groups.map(({ key }) => key));
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      label: GROUP_NOUN[by],
      width: 'minmax(110px, 1fr)',
      renderCell: (row) => (
        <span className="ct-name">
          {series !== null && <Swatch lane={laneOf(series, row.key)} />}
          <bdi className="truncate" title={visibleText(row.key)}>
            {name(row.key)}
          </bdi>
          {row.priced === 'estimated' && (
            <Badge tone="warn" title="No price was known: the highest rates were logged">
              estimated
            </Badge>
          )}
          {row.priced === 'unpriced' && (
            <Badge tone="warn" title="The table has no price for this model">
              unpriced
            </Badge>
          )}
        </span>
      ),
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
      wide: true,
      width: 'calc(var(--ui) * 3.9)',
      end: true,
      renderCell: (row) => <Tokens row={row} />,
    },
    {
      key: 'cost',
      label: 'Cost',
      width: 'calc(var(--ui) * 6.4)',
      end: true,
      strong: true,
      renderCell: ({ costMicros }) => <Money micros={costMicros} />,
    },
    {
      key: 'share',
      label: 'Share',
      width: 'calc(var(--ui) * 3.8)',
      end: true,
      renderCell: ({ costMicros }) =>
        wholeMicros > 0 && costMicros > 0 ? sharePercent(costMicros / wholeMicros) : '',
    },
  ];
  return (
    <RowTable
      id={id}
      label={`By ${GROUP_NOUN[by].toLowerCase()}`}
      columns={columns}
      rows={groups.toSorted((a, b) => b.costMicros - a.costMicros || b.lines - a.lines)}
      keyOf={({ key }) => key}
      open={({ query }) =>
        () =>
          openRuns(source, query)
        }
      most={8}
      none="No records in these days."
    />
  );
}

function Tokens({ row: { inputTokens, outputTokens } }: { readonly row: Row }) {
  const all = inputTokens + outputTokens;
  if (all === 0) return '';
  return (
    <span title={`${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`}>{tokenWords(all)}</span>
  );
}
