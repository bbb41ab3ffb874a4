/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { ArrowDown, ArrowUp, ListFilter, Shield, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Integrity } from '../../../contract/integrity.ts';
import { checkEverything } from '../../app/check.ts';
import { refreshIntegrity, useIntegrity } from '../../app/integrity.ts';
import { useCheck } from '../../state/check.ts';
import { selectFinding } from '../../state/integrity.ts';
import { revealCall } from '../../state/selection.ts';
import { openGraph, openIntegrity } from '../../state/tabs.ts';
import { useOverview, useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { RowGrid, useRowGrid } from '../../ui/grid/RowGrid.tsx';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { findingActions } from '../integrity/actions.ts';
import { KindIcon } from '../integrity/kind-icon.tsx';
import { keyed, partOf } from '../integrity/rows.ts';
import { problemRows, shownProblems, type ProblemRow, type Sort, type SortColumn } from './list.ts';
import './problems.css';

const SCOPE = { name: 'problems', label: 'Problems' };

/** What is wrong with a repository, below the views: one line each, the way to its call and to the integrity view. */
export function ProblemsPane({ source }: { readonly source: string }) {
  const { value, error } = useIntegrity(source);
  if (value === null) {
    if (error === null) return <SkeletonRows rows={4} label="Reading problems" />;
    return (
      <FailureState
        error={error}
        actions={
          <Button size="small" onClick={() => void refreshIntegrity(source)}>
            Read again
          </Button>
        }
      />
    );
  }
  if (value.findings.length === 0) return <NoProblems source={source} value={value} />;
  return <Problems source={source} value={value} />;
}

type PaneProps = { readonly source: string; readonly value: Integrity };

function NoProblems({ source, value: { check } }: PaneProps) {
  const running = useCheck(source).running !== null;
  const sound = check !== null && !check.stale;
  return (
    <EmptyState
      icon={sound ? ShieldCheck : ShieldQuestion}
      title={
        sound
          ? 'No problems: every hash and link holds'
          : check === null
            ? 'Not checked yet'
            : 'No problems at the last check'
      }
      actions={
        <>
          {!sound && (
            <Button size="small" disabled={running} onClick={() => void checkEverything(source)}>
              {running ? 'Checking' : 'Check everything'}
            </Button>
          )}
          <Button size="small" onClick={() => openIntegrity(source)}>
            Open Integrity
          </Button>
        </>
      }
    >
      <p>
        {sound
          ? 'Integrity lists what was checked.'
          : check === null
            ? 'Opening reads only what it shows. A check recomputes every hash.'
            : 'The repository has changed since the last check.'}
      </p>
    </EmptyState>
  );
}

function Problems({ source, value }: PaneProps) {
  const overview = useOverview(source).value;
  const path = useSource(source)?.path ?? '';
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<Sort>({ column: 'severity', down: false });
  const all = useMemo(() => problemRows(keyed(value.findings)), [value]);
  const rows = useMemo(() => shownProblems(all, filter, sort), [all, filter, sort]);
  const count = countWords(value, rows.length, all.length);
  const open = (row: ProblemRow | undefined) => {
    if (row === undefined) return;
    const { kind, hash } = row.finding;
    if (hash !== null && row.finding.tool !== null && !kind.startsWith('object')) {
      openGraph(source);
      revealCall(source, hash);
    } else explain(row);
  };
  const explain = (row: ProblemRow | undefined) => {
    if (row !== undefined) selectFinding(source, row.key);
    openIntegrity(source);
  };
  const grid = useRowGrid({
    scope: SCOPE,
    count: rows.length,
    keyOf: (index) => rows[index]?.key ?? index,
    keys: (index) => [
      { keys: 'Enter', label: 'Go to the call, or explain', run: () => open(rows[index]) },
      { keys: 'i', label: 'Explain in Integrity', run: () => explain(rows[index]) },
    ],
    menuLabel: 'What you can do about a problem',
  });
  const entries = (): readonly MenuEntry[] => {
    const row = rows[grid.at];
    if (row === undefined) return [];
    const { finding } = row;
    return [
      { label: 'Explain in Integrity', icon: Shield, keys: 'i', run: () => explain(row) },
      'separator',
      ...findingActions(finding, { source, path, overview, part: partOf(finding, value) }),
    ];
  };
  return (
    <section className="pane" aria-label="Problems">
      <div className="pane-bar">
        <TextField
          label="Filter problems"
          hideLabel
          placeholder="Filter by words, hash or branch"
          icon={ListFilter}
          value={filter}
          onChange={setFilter}
          className="pane-filter"
        />
        <Button size="small" look="quiet" icon={Shield} onClick={() => openIntegrity(source)}>
          Open Integrity
        </Button>
        <output className="pane-count">{count}</output>
      </div>
      <RowGrid
        grid={grid}
        id="problem"
        label="Problems"
        className="problems-grid"
        none="No problem holds these words."
        entries={entries}
        onOpen={(index) => open(rows[index])}
        head={
          <>
            <SortHead column="severity" name="Problem" sort={sort} onSort={setSort} />
            <SortHead column="title" name="Record" sort={sort} onSort={setSort} />
            <SortHead column="branch" name="Branch" sort={sort} onSort={setSort} />
          </>
        }
      >
        {(index) => {
          const row = rows[index];
          return row === undefined ? null : <Cells row={row} />;
        }}
      </RowGrid>
    </section>
  );
}

/** `6 problems, 1 remark`; with a filter `2 of 7`; and what the list does not hold. */
function countWords({ kinds }: Integrity, shown: number, listed: number): string {
  const sum = (notice: boolean): number =>
    kinds.reduce((total, kind) => total + ((kind.severity === 'notice') === notice ? kind.count : 0), 0);
  const [problems, remarks] = [sum(false), sum(true)];
  const all = problems + remarks;
  if (shown < listed)
    return `${formatCount(shown)} of ${formatCount(listed)}${listed < all ? ' listed' : ''}`;
  const words = [
    ...(problems > 0 ? [formatCounted(problems, 'problem')] : []),
    ...(remarks > 0 ? [formatCounted(remarks, 'remark')] : []),
  ].join(', ');
  return listed < all ? `${words}; the first ${formatCount(listed)} listed` : words;
}

function Cells({ row: { finding, title, where } }: { readonly row: ProblemRow }) {
  return (
    <>
      <span role="gridcell" className="pane-cell pane-problem">
        <KindIcon kind={finding.kind} severity={finding.severity} size={14} />
        <span className="truncate">{title}</span>
      </span>
      <span role="gridcell" className="pane-cell pane-where truncate" title={finding.hash ?? undefined}>
        <bdi>{where}</bdi>
      </span>
      <span role="gridcell" className="pane-cell truncate">
        {finding.branch !== null && <bdi>{visibleText(finding.branch)}</bdi>}
      </span>
    </>
  );
}

type SortHeadProps = {
  readonly column: SortColumn;
  readonly name: string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
};

function SortHead({ column, name, sort, onSort }: SortHeadProps) {
  const here = sort.column === column;
  const Arrow = sort.down ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      aria-sort={here ? (sort.down ? 'descending' : 'ascending') : 'none'}
      className="pane-cell"
    >
      <button
        type="button"
        className="pane-sort"
        onClick={() => onSort({ column, down: here && !sort.down })}
      >
        {name}
        {here && <Arrow className="icon" size={12} aria-hidden />}
      </button>
    </span>
  );
}
