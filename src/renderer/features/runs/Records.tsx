import { ArrowDownWideNarrow, Copy, Download, FileWarning, SearchX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import { RECORD_SORTS } from '../../../contract/records.ts';
import { useAgentsOverview } from '../../app/agents.ts';
import { openBadLines, setRuns, useRuns, useSelectedRecord } from '../../state/agents.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount } from '../../ui/format.ts';
import { Menu } from '../../ui/menu/Menu.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { FilterField } from '../graph/filter/FilterField.tsx';
import { copyRecords, exportRecords } from './export.ts';
import { rowEntries } from './entries.ts';
import { recordLanguage } from './query/language.ts';
import { useValues } from './query/use-values.ts';
import { SumLine } from './SumLine.tsx';
import { recordsOf } from './table/models.ts';
import { RecordTable } from './table/RecordTable.tsx';
import { useTable } from '../table/use-table.ts';
import { useRunKeys } from './use-run-keys.ts';
import { SORT_WORDS } from './words.ts';

/** The records that a query lets through: the query, the rows, and the sum of all of them. */
export function Records({ source }: { readonly source: string }) {
  const { query, sort, reveal } = useRuns(source);
  const selected = useSelectedRecord(source);
  const model = useMemo(() => recordsOf(source), [source]);
  const state = useTable(model);
  const field = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [used, setUsed] = useState(false);
  const values = useValues(source, used);
  const language = useMemo(() => recordLanguage(values), [values]);
  const bad = useAgentsOverview(source).value?.badLines ?? 0;

  useEffect(() => model.refresh(), [model]);
  useEffect(() => model.show({ query, sort }), [model, query, sort]);
  useEffect(() => model.select(selected), [model, selected]);
  useEffect(() => {
    const id = model.get().selected;
    if (reveal > 0 && id !== null) void model.reveal(id);
  }, [model, reveal]);
  useRunKeys(source, model, field);

  const ask = (next: string) => setRuns(source, { query: next });
  const total = state.shown?.total ?? null;
  return (
    <section className="ru-view" aria-label="Run records" data-key-scope="runs">
      <div className="ru-bar" onFocus={() => setUsed(true)}>
        <FilterField
          filter={query}
          onFilter={ask}
          language={language}
          error={null}
          lead={null}
          onLeadRemoved={() => undefined}
          onLeave={() => grid.current?.focus()}
          fieldRef={field}
        />
        <Menu
          align="end"
          entries={() =>
            RECORD_SORTS.map((order) => ({
              label: SORT_WORDS[order],
              checked: order === sort,
              run: () => setRuns(source, { sort: order }),
            }))
          }
          trigger={
            <Button
              look="quiet"
              icon={ArrowDownWideNarrow}
              className="ru-bar-button"
              title="Order of the records"
            >
              {SORT_WORDS[sort]}
            </Button>
          }
        />
        <span className="ru-bar-end">
          {bad > 0 && (
            <Button
              look="quiet"
              icon={FileWarning}
              className="ru-bar-button ru-bad-button"
              title="Show the lines that could not be read"
              onClick={() => openBadLines(source)}
            >
              {formatCount(bad)} unreadable
            </Button>
          )}
          <Menu
            align="end"
            entries={() => [
              { label: 'Save as CSV…', icon: Download, run: () => void exportRecords(source, 'csv') },
              { label: 'Save as JSON…', icon: Download, run: () => void exportRecords(source, 'json') },
              {
                label: 'Save the lines as they stand (JSONL)…',
                icon: Download,
                run: () => void exportRecords(source, 'jsonl'),
              },
              'separator',
              { label: 'Copy as CSV', icon: Copy, run: () => void copyRecords(source) },
            ]}
            trigger={
              <Button
                look="quiet"
                icon={Download}
                className="ru-bar-button"
                title="Save or copy the records"
                disabled={total === 0}
              >
                Export
              </Button>
            }
          />
        </span>
      </div>
      {total === null ? (
        <NotYet error={state.error} onAgain={model.refresh} />
      ) : total === 0 && !state.busy ? (
        <None query={query} onAll={() => ask('')} />
      ) : (
        <RecordTable
          source={source}
          model={model}
          sort={sort}
          onSort={(next) => setRuns(source, { sort: next })}
          entries={(row) => rowEntries(source, row)}
          gridRef={grid}
        />
      )}
      {state.shown !== null && <SumLine sum={state.shown.sum} busy={state.busy} />}
    </section>
  );
}

type NotYetProps = {
  readonly error: Failure | null;
  readonly onAgain: () => void;
};

function NotYet({ error, onAgain }: NotYetProps) {
  if (error === null) return <SkeletonRows rows={16} label="Reading records" />;
  return (
    <FailureState
      error={error}
      actions={
        <Button size="small" onClick={onAgain}>
          Read again
        </Button>
      }
    />
  );
}

function None({ query, onAll }: { readonly query: string; readonly onAll: () => void }) {
  if (query.trim() === '') {
    return (
      <EmptyState icon={SearchX} title="No run was logged yet">
        <p>Records appear here as soon as an agent writes one.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No record fits the query"
      actions={
        <Button size="small" onClick={onAll}>
          Show all records
        </Button>
      }
    >
      <p>Records whose time can’t be read are only found with is:undated.</p>
    </EmptyState>
  );
}
