import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Source } from '../../../contract/workspace.ts';
import { useSelection } from '../../state/selection.ts';
import { setDrawer } from '../../state/overlays.ts';
import { openGraph, tabId, useTabs } from '../../state/tabs.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { ContextMenu, openContextMenu } from '../../ui/menu/Menu.tsx';
import { goToCall, rowEntries } from './row-actions.ts';
import { paneRows, type Folds, type PaneRow } from './rows.ts';
import { TreeRow } from './TreeRow.tsx';

export type SourceTreeProps = {
  readonly sources: readonly Source[];
  readonly folds: Folds;
  readonly onFolds: (folds: Folds) => void;
};

/** The tree of sources. Arrows move and fold, Enter opens, `.` or the menu key shows the actions. */
export function SourceTree({ sources, folds, onFolds }: SourceTreeProps) {
  const overviews = useWorkspaceStore((state) => state.overviews);
  const rows = useMemo(
    () =>
      paneRows(
        sources,
        Object.fromEntries(Object.entries(overviews).map(([id, overview]) => [id, overview.value])),
        folds,
      ),
    [sources, overviews, folds],
  );
  const [focused, setFocused] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const menuRow = useRef<PaneRow | null>(null);
  const front = useTabs((state) => state.active);
  const selection = useSelection();

  const current = rows.find((row) => row.key === focused) ?? rows.find(isGraphInFront(front)) ?? rows[0];
  const focusRow = (row: PaneRow | undefined) => {
    if (row === undefined) return;
    setFocused(row.key);
    const index = rows.indexOf(row);
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[index]?.focus();
  };
  const fold = (row: PaneRow, open: boolean) => onFolds(folded(folds, row, open));
  const run = (row: PaneRow) => {
    setFocused(row.key);
    const opened = activate(row);
    if (opened) setDrawer(null);
    else onFolds(toggled(folds, row));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.indexOf(current);
    const element = event.target instanceof HTMLElement ? event.target : null;
    switch (event.key) {
      case 'ArrowDown':
        focusRow(rows[at + 1]);
        break;
      case 'ArrowUp':
        focusRow(rows[at - 1]);
        break;
      case 'Home':
        focusRow(rows[0]);
        break;
      case 'End':
        focusRow(rows.at(-1));
        break;
      case 'ArrowRight':
        if (isOpen(current) === false) fold(current, true);
        else if (isOpen(current) === true) focusRow(rows[at + 1]);
        break;
      case 'ArrowLeft':
        if (isOpen(current) === true) fold(current, false);
        else
          focusRow(rows.slice(0, at).findLast((row) => isOpen(row) !== null && depth(row) < depth(current)));
        break;
      case 'Enter':
      case ' ':
        run(current);
        break;
      case '.':
        if (element !== null) openContextMenu(element);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ContextMenu
      className="sources-scroll"
      entries={() => {
        const row = menuRow.current;
        if (row === null) return [];
        return rowEntries(row, overviews[row.source.id]?.value?.readOnlyReason ?? null);
      }}
    >
      <div
        ref={tree}
        role="tree"
        tabIndex={-1}
        aria-labelledby="sources-title"
        className="tree"
        onKeyDown={onKeyDown}
      >
        {rows.map((row) => (
          <TreeRow
            key={row.key}
            row={row}
            depth={depth(row)}
            focusable={row === current}
            selected={isGraphInFront(front)(row)}
            marked={selection !== null && tipOf(row) === selection.hash}
            onRun={run}
            onFocus={(reached) => setFocused(reached.key)}
            onMenu={(asked) => {
              menuRow.current = asked;
            }}
          />
        ))}
      </div>
    </ContextMenu>
  );
}

const isGraphInFront =
  (front: string | null) =>
  (row: PaneRow): boolean =>
    row.kind === 'graph' && front === tabId({ kind: 'graph', source: row.source.id });

const tipOf = (row: PaneRow): string | null =>
  row.kind === 'branch' ? row.branch.hash : row.kind === 'mark' ? row.mark.hash : null;

const depth = (row: PaneRow): number =>
  row.kind === 'source' ? 1 : row.kind === 'graph' || row.kind === 'marks' ? 2 : 3;

/** Whether a row is unfolded; null when it can't be. */
const isOpen = (row: PaneRow): boolean | null =>
  row.kind === 'source' || row.kind === 'marks' ? row.open : null;

/** Opens what the row stands for; false when a click only folds it. */
function activate(row: PaneRow): boolean {
  switch (row.kind) {
    case 'graph':
    case 'unborn':
      openGraph(row.source.id);
      return true;
    case 'branch':
      goToCall(row.source.id, row.branch.hash);
      return true;
    case 'mark':
      goToCall(row.source.id, row.mark.hash);
      return true;
    case 'source':
    case 'marks':
    case 'more':
      return false;
    default:
      return row satisfies never;
  }
}

const withKey = (set: ReadonlySet<string>, key: string, has: boolean): ReadonlySet<string> =>
  has ? new Set([...set, key]) : new Set([...set].filter((other) => other !== key));

function folded(folds: Folds, row: PaneRow, open: boolean): Folds {
  if (row.kind === 'source') return { ...folds, closed: withKey(folds.closed, row.source.id, !open) };
  if (row.kind === 'marks') return { ...folds, marksOpen: withKey(folds.marksOpen, row.source.id, open) };
  return folds;
}

function toggled(folds: Folds, row: PaneRow): Folds {
  if (row.kind === 'more') return { ...folds, all: withKey(folds.all, row.key, true) };
  return folded(folds, row, isOpen(row) === false);
}
