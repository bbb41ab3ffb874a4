import { useMemo, useState } from 'react';
import type { EvalRow, EvalsPart } from '../../../../../contract/agent-parts.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { Button } from '../../../../ui/button/Button.tsx';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { Tabs } from '../../../../ui/tabs/Tabs.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { dayWords } from '../../../runs/days.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import type { SortBy } from '../../parts/sort.ts';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { EVAL_COLUMNS, rowKey } from './columns.tsx';
import { EvalFigures } from './EvalFigures.tsx';
import { EvalRowView } from './EvalRowView.tsx';
import { TrendChart } from './TrendChart.tsx';
import './evals.css';

type Tab = 'results' | 'cases';

/** What evals said: the trend, how many passed, and every result (§2.16). */
export function EvalsPage({ item }: { readonly item: string | null }) {
  return <PartGate part="evals">{(part) => <Evals part={part} item={item} />}</PartGate>;
}

function Evals({ part, item }: { readonly part: EvalsPart; readonly item: string | null }) {
  const { go } = useScene();
  const [tab, setTab] = useState<Tab>(part.rows.length === 0 && part.golden.length > 0 ? 'cases' : 'results');
  const [day, setDay] = useState<string | null>(null);
  const [failing, setFailing] = useState(false);
  const [sort, setSort] = useState<SortBy | null>({ column: 'ts', falling: true });
  const rows = useMemo(
    () =>
      part.rows.filter(
        (row) =>
          (day === null || row.day === day) &&
          (!failing || row.verdict !== 'pass' || row.hardFails.length > 0),
      ),
    [part.rows, day, failing],
  );
  const chosen = part.rows.find((row) => rowKey(row) === item) ?? null;
  return (
    <>
      <PageHead
        title="Evals"
        badges={part.badLines > 0 && <Badge tone="bad">{formatCounted(part.badLines, 'broken line')}</Badge>}
        note={[
          formatCounted(part.rows.length, 'result'),
          formatCounted(part.golden.length, 'golden case'),
          part.weights.length > 0
            ? `weights ${part.weights.map(({ name, weight }) => `${visibleText(name)} ${weight}`).join(', ')}`
            : null,
        ]
          .filter((word) => word !== null)
          .join(' · ')}
      />
      {part.rows.length > 0 && (
        <div className="ev-top">
          <EvalFigures part={part} onFailing={() => setFailing(true)} />
          {part.trend.length > 0 && <TrendChart part={part} onDay={setDay} />}
        </div>
      )}
      <Tabs<Tab>
        label="Evals"
        value={tab}
        onChange={setTab}
        items={[
          {
            id: 'results',
            label: 'Results',
            note: formatCount(part.rows.length),
            panel: (
              <div className="ag-column">
                <div className="ag-toolbar">
                  <Button size="small" pressed={failing} onClick={() => setFailing(!failing)}>
                    Not passed
                  </Button>
                  {day !== null && (
                    <Button size="small" pressed onClick={() => setDay(null)}>
                      {`${dayWords(day)} ×`}
                    </Button>
                  )}
                  <span className="ag-toolbar-count">
                    {formatCount(rows.length)} of {formatCount(part.rows.length)}
                  </span>
                </div>
                <Results
                  rows={rows}
                  chosen={chosen}
                  sort={sort}
                  onSort={setSort}
                  onSelect={(key) => go('evals', key)}
                />
              </div>
            ),
          },
          {
            id: 'cases',
            label: 'Golden cases',
            note: formatCount(part.golden.length),
            panel: <Golden part={part} />,
          },
        ]}
      />
    </>
  );
}

type ResultsProps = {
  readonly rows: readonly EvalRow[];
  readonly chosen: EvalRow | null;
  readonly sort: SortBy | null;
  readonly onSort: (sort: SortBy | null) => void;
  readonly onSelect: (key: string) => void;
};

function Results({ rows, chosen, sort, onSort, onSelect }: ResultsProps) {
  const table = (
    <DataTable
      label="Results of evals"
      columns={EVAL_COLUMNS}
      rows={rows}
      keyOf={rowKey}
      selected={chosen === null ? null : rowKey(chosen)}
      onSelect={onSelect}
      sort={sort}
      onSort={onSort}
      wideFrom={700}
      none="No result fits."
    />
  );
  if (chosen === null) return table;
  return (
    <Split id="evals" stacked list={table}>
      <EvalRowView row={chosen} />
    </Split>
  );
}

function Golden({ part }: { readonly part: EvalsPart }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll ag-part" tabIndex={0} aria-label="Golden cases">
      {part.golden.length === 0 && <p className="ag-quiet">There is no golden case.</p>}
      <ul className="ag-plain-list">
        {part.golden.map(({ path, category, lastVerdict }) => (
          <li key={path}>
            <span className="ev-category ag-muted">{visibleText(category)}</span>
            <FileLink path={path}>{path.split('/').at(-1)}</FileLink>
            {lastVerdict === null ? (
              <span className="ag-muted">never run</span>
            ) : (
              <Badge tone={lastVerdict === 'pass' ? 'ok' : 'bad'}>{visibleText(lastVerdict)}</Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
