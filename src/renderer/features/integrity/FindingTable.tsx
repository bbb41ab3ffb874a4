/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useRef, type RefObject } from 'react';
import type { Finding } from '../../../contract/integrity.ts';
import { showInspector } from '../../app/shell/panes.ts';
import { selectFinding } from '../../state/integrity.ts';
import { formatCount } from '../../ui/format.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import { ContextMenu, openContextMenu, type MenuEntry } from '../../ui/menu/Menu.tsx';
import type { FindingAction } from './actions.ts';
import { FindingCells, GroupCells } from './FindingCells.tsx';
import type { FindingRow } from './rows.ts';
import type { FindingScene } from './words.ts';

const SCOPE = { name: 'findings', label: 'Integrity' };
const HEIGHTS = { finding: 72, member: 30, group: 56, rest: 30 } as const;

export type FindingTableProps = {
  readonly source: string;
  readonly rows: readonly FindingRow[];
  /** the key of the row that is selected */
  readonly selected: string | null;
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly scene: (finding: Finding) => FindingScene;
  readonly actions: (finding: Finding) => readonly FindingAction[];
  readonly onToggle: (kind: string) => void;
};

/** The findings, worst first: what is broken, what it means, what can be done. Only the rows in sight are drawn. */
export function FindingTable(props: FindingTableProps) {
  const { source, rows, scroll, actions, onToggle } = props;
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.key === props.selected),
  );
  const current = rows[at];
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    scrollMargin: body.current?.offsetTop ?? 0,
    scrollPaddingStart: 32,
    scrollPaddingEnd: 8,
    // the row with the keys stays, wherever the list is scrolled to
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), Math.min(at, range.count - 1)])].toSorted(
          (a, b) => a - b,
        ),
      [at],
    ),
  });

  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    selectFinding(source, row.key);
    virtual.scrollToIndex(rows.indexOf(row), { align: 'auto' });
  };
  const entries = (): readonly MenuEntry[] => {
    if (current === undefined || current.type === 'rest') return [];
    if (current.type === 'group') {
      const label = current.open ? 'Show less' : 'Show each of them';
      return [{ label, keys: 'ArrowRight', run: () => onToggle(current.group.kind) }];
    }
    const list = actions(current.finding);
    const details = { label: 'Show how it is known', run: explain };
    const shown = list.filter((action) => action.quiet !== true);
    const quiet = list.filter((action) => action.quiet === true);
    return [...shown, ...(shown.length > 0 ? (['separator'] as const) : []), ...quiet, 'separator', details];
  };
  const openMenu = () => {
    const element = grid.current?.querySelector(`[data-row="${at}"]`);
    if (element !== null && element !== undefined) openContextMenu(element);
  };
  const toggle = (open: boolean): void => {
    if (current?.type === 'group' && current.open !== open) onToggle(current.group.kind);
    else if (open) go(at + 1);
    else if (current?.type === 'rest' || (current?.type === 'finding' && current.member)) {
      const head = rows.findLastIndex((row, index) => index < at && row.type === 'group');
      go(head);
    }
  };
  useShortcuts(SCOPE, [
    { keys: 'ArrowDown', label: 'Next finding', run: () => go(at + 1) },
    { keys: 'ArrowUp', label: 'Previous finding', run: () => go(at - 1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => go(at + 8) },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => go(at - 8) },
    { keys: 'Home', label: 'First finding', run: () => go(0) },
    { keys: 'End', label: 'Last finding', run: () => go(rows.length - 1) },
    { keys: 'ArrowRight', label: 'Show each finding of a kind', run: () => toggle(true) },
    { keys: 'ArrowLeft', label: 'Show the kind as one row', run: () => toggle(false) },
    {
      keys: ['Enter', '.'],
      label: 'What you can do about a finding',
      run: () => (current?.type === 'group' ? onToggle(current.group.kind) : openMenu()),
    },
  ]);

  return (
    <ContextMenu entries={entries} className="in-area">
      <div
        ref={grid}
        role="treegrid"
        tabIndex={0}
        className="in-grid"
        aria-label="Findings, worst first"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={current === undefined ? undefined : rowId(source, at)}
        data-key-scope={SCOPE.name}
        data-key-default=""
      >
        <div role="row" aria-rowindex={1} className="in-colhead">
          <span role="columnheader">What is broken</span>
          <span role="columnheader">What it means</span>
          <span role="columnheader">What you can do</span>
        </div>
        <div ref={body} role="rowgroup" className="in-body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <Row
                key={item.key}
                {...props}
                row={row}
                index={item.index}
                active={item.index === at}
                measure={virtual.measureElement}
                top={item.start - virtual.options.scrollMargin}
                onPick={() => selectFinding(source, row.key)}
              />
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}

/** Shows how the selected finding is known, and goes there. */
function explain(): void {
  showInspector();
  // the menu gives the focus back first
  window.setTimeout(() => document.querySelector<HTMLElement>('.inspector-slot')?.focus(), 50);
}

const rowId = (source: string, index: number): string => `finding-${source}-${index}`;

function heightOf(row: FindingRow | undefined): number {
  if (row === undefined) return HEIGHTS.finding;
  if (row.type === 'finding') return row.member ? HEIGHTS.member : HEIGHTS.finding;
  return HEIGHTS[row.type];
}

type RowProps = FindingTableProps & {
  readonly row: FindingRow;
  readonly index: number;
  readonly active: boolean;
  readonly top: number;
  readonly measure: (element: Element | null) => void;
  readonly onPick: () => void;
};

function Row({ source, row, index, active, top, measure, onPick, scene, actions, onToggle }: RowProps) {
  const level = row.type === 'finding' && row.member ? 2 : 1;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the grid are in the window's registry
    <div
      ref={measure}
      id={rowId(source, index)}
      role="row"
      tabIndex={-1}
      data-index={index}
      data-row={index}
      className={`in-row in-row-${row.type} ${level === 2 ? 'in-row-member' : ''}`}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-selected={active}
      {...(row.type === 'group' ? { 'aria-expanded': row.open } : {})}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onPick}
      onContextMenu={onPick}
    >
      {row.type === 'group' && <GroupCells row={row} active={active} onToggle={onToggle} />}
      {row.type === 'finding' && (
        <FindingCells
          finding={row.finding}
          member={row.member}
          scene={scene(row.finding)}
          actions={actions(row.finding)}
          active={active}
        />
      )}
      {row.type === 'rest' && (
        <span role="gridcell" className="in-rest">
          {formatCount(row.count)} more are not listed here; the exported evidence holds them.
        </span>
      )}
    </div>
  );
}
