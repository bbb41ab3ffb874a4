import { ArrowDown, ArrowUp, ReceiptText, SearchX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type RefObject } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { LedgerOverview } from '../../../../contract/ledger.ts';
import { setLook, type LedgerLook } from '../../../state/ledgers.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { isByTime } from '../../../../core/aex/views/by-time.ts';
import { viewOf } from '../query/view.ts';
import { enterLines } from './enter.ts';
import { keyOfView, type StatementModel } from './model.ts';
import { lineOfSelection, missingOf } from './select.ts';
import { StatementBar } from './StatementBar.tsx';
import { StatementTable } from './StatementTable.tsx';
import { useTable } from '../../table/use-table.ts';
import { widthsOf } from './widths.ts';

type Props = {
  readonly source: string;
  readonly overview: LedgerOverview;
  readonly look: LedgerLook;
  readonly model: StatementModel;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
};

/** The entries of a view as a bank statement: filter bar, lines, and what came in while one looked elsewhere. */
export function Statement({ source, overview, look, model, fieldRef }: Props) {
  const state = useTable(model);
  const grid = useRef<HTMLDivElement>(null);
  const view = useMemo(() => viewOf(look), [look]);
  const { ready } = overview;
  const checkedAt = overview.report?.atMicros ?? null;
  useEffect(() => model.show(view), [model, view]);
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a check changes what is known of each line, and nothing in the store
  useEffect(() => model.refresh(), [model, ready, checkedAt]);
  useFollowSelection(model, look, keyOfView(view));
  const total = state.shown?.total ?? null;
  const count = overview.counts.events;
  return (
    <div className="lg-statement" data-vast={isVast(overview) || undefined} style={columnSigns(overview)}>
      <StatementBar
        source={source}
        look={look}
        sums={state.shown?.sums ?? null}
        all={count}
        checked={overview.report !== null && !overview.report.stale}
        fieldRef={fieldRef}
        onLeave={() => {
          grid.current?.focus();
          void enterLines(source, model);
        }}
      />
      {total === null ? (
        <NotYet error={state.error} onAgain={model.refresh} />
      ) : total === 0 && !state.busy ? (
        <None source={source} look={look} count={count} />
      ) : (
        <StatementTable
          source={source}
          model={model}
          look={look}
          overview={overview}
          gridRef={grid}
          over={<NewEntries model={model} sort={look.sort} />}
        />
      )}
    </div>
  );
}

/** From a million dollars on, amounts leave no room for what else is said elsewhere. */
const isVast = (overview: LedgerOverview): boolean =>
  widthsOf(overview).available > '-$999,999.000000'.length;

const columnSigns = (overview: LedgerOverview): CSSProperties => {
  const { available, change, agent } = widthsOf(overview);
  return {
    '--ls-signs-available': available,
    '--ls-signs-change': change,
    '--ls-signs-agent': agent,
  } as CSSProperties;
};

/** Brings what was selected elsewhere (a finding, the chart, another view) into sight, once its lines are there. */
function useFollowSelection(model: StatementModel, look: LedgerLook, key: string): void {
  const { selected } = look;
  const line = lineOfSelection(selected);
  const { shown } = useTable(model);
  const here = shown?.key === key;
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (!here || done.current === line) return;
    done.current = line;
    if (model.get().selected === line) return;
    model.select(line);
    const seq =
      selected?.kind === 'finding'
        ? missingOf(selected.key)
        : selected?.kind === 'entry'
          ? selected.seq
          : null;
    if (seq !== null) void model.reveal(seq);
  }, [model, here, line, selected]);
}

/** How many entries came in out of sight since the newest ones were last in sight; leads to them. */
function NewEntries({ model, sort }: { readonly model: StatementModel; readonly sort: LedgerLook['sort'] }) {
  const { scroll, shown } = useTable(model);
  const entries = shown?.sums?.entries ?? null;
  const atNewest =
    sort === 'oldest'
      ? scroll.offset + scroll.height >= scroll.total * scroll.rowHeight - 1
      : scroll.offset <= 0;
  const key = shown?.key ?? '';
  const [seen, setSeen] = useState<{ readonly key: string; readonly entries: number | null }>({
    key,
    entries,
  });
  if (
    (atNewest || seen.key !== key || seen.entries === null) &&
    (seen.key !== key || seen.entries !== entries)
  ) {
    setSeen({ key, entries });
  }
  const fresh = entries === null || seen.entries === null || seen.key !== key ? 0 : entries - seen.entries;
  if (fresh <= 0 || atNewest || !isByTime(sort)) return null;
  const end = sort === 'oldest';
  return (
    <Button
      size="small"
      icon={end ? ArrowDown : ArrowUp}
      className={`ls-new ${end ? 'ls-new-below' : ''}`}
      onClick={() =>
        model.setScroll((now) => ({
          ...now,
          offset: end ? Math.max(0, now.total * now.rowHeight - now.height) : 0,
        }))
      }
    >
      {formatCounted(fresh, 'new entry', 'new entries')}
    </Button>
  );
}

function NotYet({ error, onAgain }: { readonly error: Failure | null; readonly onAgain: () => void }) {
  if (error === null) return <SkeletonRows rows={16} label="Reading entries" />;
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

type NoneProps = { readonly source: string; readonly look: LedgerLook; readonly count: number };

function None({ source, look, count }: NoneProps) {
  if (count === 0) {
    return (
      <EmptyState icon={ReceiptText} title="Nothing was entered yet">
        <p>Entries appear here as soon as an agent asks for a call.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={
        look.query.trim() !== ''
          ? 'No entry fits the filter'
          : look.range !== null
            ? 'Nothing was entered in this time'
            : 'No entry of this agent'
      }
      actions={
        <Button size="small" onClick={() => setLook(source, { query: '', range: null, agent: null })}>
          Show all entries
        </Button>
      }
    >
      <p>
        {look.range === null
          ? 'The ledger has entries that it leaves out.'
          : 'The chart shows a part of the time; what lies outside of it is left out.'}
      </p>
    </EmptyState>
  );
}
