/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { Copy, History, Undo2, Waypoints } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Operation } from '../../../contract/operations.ts';
import { copyText } from '../../app/capabilities.ts';
import { refreshOperations } from '../../app/operations.ts';
import { openAction } from '../../state/action-form.ts';
import { useOperations } from '../../state/operations.ts';
import { revealCall } from '../../state/selection.ts';
import { useSettings } from '../../state/settings.ts';
import { openGraph } from '../../state/tabs.ts';
import { toastFailure } from '../../state/toasts.ts';
import { announce } from '../../ui/announce.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatDateTime, formatDateTimeExact, type Zone } from '../../ui/format.ts';
import { RowGrid, useRowGrid } from '../../ui/grid/RowGrid.tsx';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { MiddleText } from '../../ui/middle/MiddleText.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { Changes } from '../actions/Changes.tsx';
import { changeWords } from '../actions/words.ts';
import { FilterBar } from './FilterBar.tsx';
import { canUndo, changedWords, filterOperations, madeWords, stateWords, undoNote } from './words.ts';
import '../problems/problems.css';
import './operations.css';

const SCOPE = { name: 'operations', label: 'Operations' };

/** Everything Vekscope wrote to a repository, newest first, each with what it changed and Undo. */
export function OperationsPane({ source }: { readonly source: string }) {
  const { list, error } = useOperations(source);
  useEffect(() => void refreshOperations(source), [source]);
  if (list === null) {
    if (error === null) return <SkeletonRows rows={4} label="Reading operations" />;
    return (
      <FailureState
        error={error}
        actions={
          <Button size="small" onClick={() => void refreshOperations(source)}>
            Read again
          </Button>
        }
      />
    );
  }
  if (list.length === 0) {
    return (
      <EmptyState icon={History} title="Nothing was written yet">
        <p>
          Forks, branches, tags and merges that you make with Vekscope are listed here, with what they changed
          and a way back.
        </p>
      </EmptyState>
    );
  }
  return <Operations source={source} list={list} />;
}

type OperationsProps = { readonly source: string; readonly list: readonly Operation[] };

const undo = (source: string, { id, title }: Operation): void =>
  openAction(source, { kind: 'undo', operation: id, title });

function Operations({ source, list }: OperationsProps) {
  const zone = useSettings((state) => state.time);
  const [filter, setFilter] = useState('');
  const rows = useMemo(() => filterOperations(list, filter), [list, filter]);
  const undoRow = (operation: Operation | undefined) => {
    if (operation === undefined) return;
    if (canUndo(operation)) undo(source, operation);
    else announce(undoNote(operation) ?? 'It is undone already.');
  };
  const grid = useRowGrid({
    scope: SCOPE,
    count: rows.length,
    keyOf: (index) => rows[index]?.id ?? index,
    keys: (index) => [{ keys: 'Enter', label: 'Undo the operation', run: () => undoRow(rows[index]) }],
    menuLabel: 'What you can do with an operation',
  });
  const current = rows[grid.at];
  const entries = (): readonly MenuEntry[] => (current === undefined ? [] : operationMenu(source, current));
  return (
    <section className="pane" aria-label="Operations">
      <FilterBar
        placeholder="Filter by words, ref or hash"
        value={filter}
        onChange={setFilter}
        shown={rows.length}
        total={list.length}
      />
      <div className="op-split">
        <RowGrid
          grid={grid}
          id="operation"
          label="Operations, newest first"
          className="op-grid"
          none="No operation holds these words."
          entries={entries}
          head={
            <>
              <span role="columnheader">Operation</span>
              <span role="columnheader">State</span>
              <span role="columnheader">Changed</span>
              <span role="columnheader" className="op-time">
                Time
              </span>
            </>
          }
        >
          {(index) => {
            const operation = rows[index];
            return operation === undefined ? null : <Cells operation={operation} zone={zone} />;
          }}
        </RowGrid>
        {current !== undefined && <Detail source={source} operation={current} />}
      </div>
    </section>
  );
}

function Cells({ operation, zone }: { readonly operation: Operation; readonly zone: Zone }) {
  const { words, tone } = stateWords(operation.state);
  return (
    <>
      <span role="gridcell" className="pane-cell truncate" title={visibleText(operation.title)}>
        <MiddleText text={operation.title} tail={14} />
      </span>
      <span role="gridcell" className="pane-cell truncate">
        {operation.own ? (
          <Badge tone={tone}>{words}</Badge>
        ) : (
          <Badge tone="warn">not by this installation</Badge>
        )}
      </span>
      <span role="gridcell" className="pane-cell pane-where truncate">
        <bdi>{visibleText(changedWords(operation))}</bdi>
      </span>
      <span role="gridcell" className="pane-cell op-time">
        <time
          dateTime={new Date(operation.atMicros / 1000).toISOString()}
          title={formatDateTimeExact(operation.atMicros, zone)}
        >
          {formatDateTime(operation.atMicros, zone)}
        </time>
      </span>
    </>
  );
}

function operationMenu(source: string, operation: Operation): readonly MenuEntry[] {
  const call = operation.refs.find(({ after }) => after !== null)?.after ?? null;
  return [
    {
      label: 'Undo…',
      icon: Undo2,
      keys: 'Enter',
      run: () => undo(source, operation),
      blocked: canUndo(operation) ? null : (undoNote(operation) ?? 'It is undone already'),
    },
    {
      label: 'Show its call in the graph',
      icon: Waypoints,
      run: () => show(source, call ?? ''),
      blocked: call === null ? 'It left no ref behind' : null,
    },
    {
      label: 'Copy what it changed',
      icon: Copy,
      run: () => void copied(`${operation.title}: ${changeWords(operation.refs, operation.head)}`),
    },
  ];
}

async function copied(text: string): Promise<void> {
  const answer = await copyText(text);
  if (!answer.ok) toastFailure(answer.error);
}

function show(source: string, hash: string): void {
  openGraph(source);
  revealCall(source, hash);
}

type DetailProps = { readonly source: string; readonly operation: Operation };

/** What one operation wrote, exactly, and the way back. */
function Detail({ source, operation }: DetailProps) {
  const zone = useSettings((state) => state.time);
  const { words } = stateWords(operation.state);
  const note = undoNote(operation);
  const made = madeWords(operation);
  const nothing = operation.refs.length === 0 && operation.head === null;
  return (
    <section className="op-detail" aria-label="What it wrote">
      <h3>
        <bdi>{visibleText(operation.title)}</bdi>
      </h3>
      <p className="op-state">
        {words}, {formatDateTime(operation.atMicros, zone)}
      </p>
      {nothing ? <p>It changed nothing.</p> : <Changes refs={operation.refs} head={operation.head} />}
      {made !== null && <p className="op-state">{made}</p>}
      {note !== null && <p className="op-note">{note}</p>}
      {canUndo(operation) && (
        <Button size="small" icon={Undo2} onClick={() => undo(source, operation)}>
          Undo…
        </Button>
      )}
    </section>
  );
}
