/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef, type ReactNode, type RefObject } from 'react';
import type { Scope, Shortcut } from '../keyboard.ts';
import { ContextMenu, openContextMenu, type MenuEntry } from '../menu/Menu.tsx';
import { useRowKeys, type RowKeys } from '../use-row-keys.ts';
import './grid.css';

/** The height of a row in px; the same stands in grid.css. */
const ROW = 28;
/** The height of the heads of the columns, which cover what is scrolled under them, in px. */
const HEAD = 24;

export type RowGridState = RowKeys & {
  readonly scope: Scope;
  readonly count: number;
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
};

type Rows = {
  readonly scope: Scope;
  readonly count: number;
  /** what makes a row the same row while others come and go */
  readonly keyOf: (index: number) => string | number;
  /** the keys that act on the row at `at`, beside its menu */
  readonly keys: (at: number) => readonly Shortcut[];
  readonly menuLabel: string;
};

/** Which row of a `RowGrid` the keys are on, and its keys. */
export function useRowGrid({ scope, count, keyOf, keys, menuLabel }: Rows): RowGridState {
  const scroll = useRef<HTMLDivElement>(null);
  const held = useRef(0);
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    getItemKey: keyOf,
    overscan: 8,
    scrollPaddingStart: HEAD,
    // the row with the keys stays, wherever the list is scrolled to
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), Math.min(held.current, range.count - 1)])].toSorted(
          (a, b) => a - b,
        ),
      [],
    ),
  });
  const openMenu = (index: number) => {
    const element = scroll.current?.querySelector(`[data-row="${index}"]`);
    if (element !== null && element !== undefined) openContextMenu(element);
  };
  const { at, go } = useRowKeys(
    scope,
    count,
    (index) => virtual.scrollToIndex(index, { align: 'auto' }),
    (index) => [...keys(index), { keys: '.', label: menuLabel, run: () => openMenu(index) }],
  );
  held.current = at;
  return { at, go, scope, count, scroll, virtual };
}

type Props = {
  readonly grid: RowGridState;
  /** begins the ids of the rows */
  readonly id: string;
  readonly label: string;
  /** names the widths of the columns: `--pane-columns` */
  readonly className: string;
  readonly head: ReactNode;
  /** what is said in the place of rows */
  readonly none: string;
  readonly entries: () => readonly MenuEntry[];
  readonly onOpen?: (index: number) => void;
  /** the cells of a row */
  readonly children: (index: number) => ReactNode;
};

/** A table of single lines with the keys on one of them. Only the rows in sight are drawn, and the one with the keys. */
export function RowGrid({ grid, id, label, className, head, none, entries, onOpen, children }: Props) {
  const { at, go, scope, count, scroll, virtual } = grid;
  return (
    <ContextMenu entries={entries} className="pane-area">
      <div
        ref={scroll}
        role="grid"
        tabIndex={0}
        className={`pane-grid ${className}`}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-readonly="true"
        data-key-scope={scope.name}
        {...(count > 0 ? { 'aria-activedescendant': `${id}-${at}` } : {})}
      >
        <div role="row" aria-rowindex={1} className="pane-head">
          {head}
        </div>
        {count === 0 && (
          <div role="row" className="pane-none">
            <span role="gridcell">{none}</span>
          </div>
        )}
        <div role="rowgroup" className="pane-body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the grid are in the window's registry
            <div
              key={key}
              id={`${id}-${index}`}
              role="row"
              tabIndex={-1}
              data-row={index}
              className="pane-row"
              aria-rowindex={index + 2}
              aria-selected={index === at}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => go(index)}
              onContextMenu={() => go(index)}
              onDoubleClick={() => onOpen?.(index)}
            >
              {children(index)}
            </div>
          ))}
        </div>
      </div>
    </ContextMenu>
  );
}
