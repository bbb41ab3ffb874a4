import type { ReactNode } from 'react';
import type { CostReport } from '../../../../contract/costs.ts';
import type { Sum } from '../../../../contract/records.ts';
import { openRuns } from '../../../state/agents.ts';
import { formatCount, formatMoney } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Money } from '../../runs/Figure.tsx';
import { tokenWords } from '../chart/axis.ts';
import { RowTable, type Column } from './RowTable.tsx';

type Row = {
  readonly key: string;
  /** null: it is not counted in records */
  readonly lines: number | null;
  readonly tokens: number;
  readonly costMicros: number | null;
  readonly query: string;
  readonly note: ReactNode;
};

const COLUMNS: readonly Column<Row>[] = [
  { key: 'what', label: 'Spending', width: 'minmax(64px, 0.28fr)', renderCell: ({ key }) => key },
  { key: 'note', label: 'What it means', width: 'minmax(120px, 1fr)', renderCell: ({ note }) => note },
  {
    key: 'lines',
    label: 'Records',
    width: 'calc(var(--ui) * 4.1)',
    end: true,
    renderCell: ({ lines }) => (lines === null ? '' : formatCount(lines)),
  },
  {
    key: 'tokens',
    label: 'Tokens',
    wide: true,
    width: 'calc(var(--ui) * 3.9)',
    end: true,
    renderCell: ({ tokens }) => (tokens === 0 ? '' : tokenWords(tokens)),
  },
  {
    key: 'cost',
    label: 'Cost',
    width: 'calc(var(--ui) * 6.4)',
    end: true,
    strong: true,
    renderCell: ({ costMicros }) => (costMicros === null ? '' : <Money micros={costMicros} />),
  },
];

/** Spending of a kind of its own: helpers, what failed or was blocked, the judge, and what the cache saved. */
export function Special({ source, report }: { readonly source: string; readonly report: CostReport }) {
  const { helpers, failed, blocked, judge, cache } = report;
  const rows: readonly Row[] = [
    row('Helpers', helpers, helperWords(helpers)),
    {
      key: 'Cache',
      lines: null,
      tokens: cache.hit,
      costMicros: null,
      query: cache.query,
      note:
        cache.hitPercent === null
          ? 'No cacheable tokens.'
          : `${cache.hitPercent.toFixed(1)}% of ${tokenWords(cache.hit + cache.miss)} cacheable tokens came from it and saved ≈ ${formatMoney(cache.savedMicros)} (estimate: nine tenths of the input price, priced models only).`,
    },
    row('Failed', failed, 'Status error: paid for, and no result.'),
    row('Blocked', blocked, 'Met a lock, or an embedding was refused.'),
    row('Judge', judge, 'Judging proposals; it has a budget of its own and no cap counts it.'),
  ];
  return (
    <RowTable
      id="cost-special"
      label="Spending of its own kind"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ key }) => key}
      open={({ query, lines, tokens }) =>
        (lines ?? 0) === 0 && tokens === 0 ? null : () => openRuns(source, query)
      }
      none=""
      tall
    />
  );
}

function helperWords(helpers: CostReport['helpers']): string {
  if (helpers.lines === 0) return 'None of these days.';
  const ratio = helpers.ratio === null ? '' : `, ${helpers.ratio.toFixed(1)} times the price`;
  return `On ${visibleText(helpers.mainModel)} they would have cost ≈ ${formatMoney(helpers.wouldCostMicros)}${ratio}: saved ≈ ${formatMoney(helpers.savedMicros)} (estimate). ${visibleText(helpers.mainModelWhy)}`;
}

const row = (key: string, sum: Sum & { readonly query: string }, note: ReactNode): Row => ({
  key,
  lines: sum.lines,
  tokens: sum.inputTokens + sum.outputTokens,
  costMicros: sum.costMicros,
  query: sum.query,
  note,
});
