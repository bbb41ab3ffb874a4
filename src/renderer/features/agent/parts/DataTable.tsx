/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useId, useMemo, useRef, type CSSProperties, type ReactNode } from 'react';
import { useSettings } from '../../../state/settings.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { useWidth } from '../../compare/calls/use-width.ts';
import { focusBox } from './focus-box.ts';
import { sorted, type SortBy } from './sort.ts';

export type Column<Row> = {
  readonly id: string;
  readonly label: string;
  /** a grid track, such as `minmax(120px, 1fr)` */
  readonly width: string;
  readonly end?: boolean;
  /** left out where the table is narrower than `wideFrom` */
  readonly extra?: boolean;
  /** what rows are ordered by; null goes last. Without it the column can't be sorted. */
  readonly by?: (row: Row) => string | number | null;
  readonly cell: (row: Row) => ReactNode;
};

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  /** Enter and a double click */
  readonly onOpen?: (key: string) => void;
  readonly sort: SortBy | null;
  readonly onSort: (sort: SortBy | null) => void;
  /** the width from which on every column is shown, in px; below, those that are `extra` are left out */
  readonly wideFrom: number;
  /** said in the place of rows */
  readonly none: string;
};

const SCOPE = { name: 'agent-table', label: 'Tables of an agent' };

/** A table of single lines that a press on a head sorts. The selection is kept by key while rows come and go. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, keyOf, selected, onSelect, onOpen, sort, onSort, wideFrom, none } = props;
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSettings((state) => state.uiSize);
  const width = useWidth(scroll);
  const wide = width === null || width >= (wideFrom * size) / 13;
  const columns = props.columns.filter(({ extra }) => wide || extra !== true);
  const rows = useMemo(() => {
    const by = props.columns.find((column) => column.id === sort?.column)?.by;
    return by === undefined || sort === null ? props.rows : sorted(props.rows, by, sort.falling);
  }, [props.rows, props.columns, sort]);
  const at = rows.findIndex((row) => keyOf(row) === selected);
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => size + 15,
    getItemKey: (index) => (rows[index] === undefined ? index : keyOf(rows[index])),
    overscan: 8,
    // the head lies over the rows, and they begin below it
    scrollMargin: size + 12,
    scrollPaddingStart: size + 12,
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), Math.max(0, at)])]
          .filter((index) => index < range.count)
          .toSorted((a, b) => a - b),
      [at],
    ),
  });
  useEffect(() => virtual.measure(), [virtual, size]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [virtual, at]);
  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row !== undefined) onSelect(keyOf(row));
  };
  useShortcuts(SCOPE, [
    { keys: 'ArrowDown', label: 'Next row', run: () => go(at + 1) },
    { keys: 'ArrowUp', label: 'Previous row', run: () => go(at - 1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => go(at + 8) },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => go(at - 8) },
    { keys: 'Home', label: 'First row', hidden: true, run: () => go(0) },
    { keys: 'End', label: 'Last row', hidden: true, run: () => go(rows.length - 1) },
    {
      keys: 'Enter',
      label: 'Open the row',
      when: () => onOpen !== undefined && at >= 0,
      run: () => selected !== null && onOpen?.(selected),
    },
  ]);
  const tracks = columns.map((column) => column.width).join(' ');
  const style = { '--ag-columns': tracks } as CSSProperties;
  return (
    <div
      ref={scroll}
      role="grid"
      tabIndex={0}
      className="ag-table"
      style={style}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-readonly="true"
      data-key-scope={SCOPE.name}
      {...(at >= 0 ? { 'aria-activedescendant': `${id}-${at}` } : {})}
    >
      <div role="row" aria-rowindex={1} className="ag-table-head">
        {columns.map((column) => (
          <Head key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      {rows.length === 0 && (
        <div role="row" className="ag-table-none">
          <span role="gridcell">{none}</span>
        </div>
      )}
      <div role="rowgroup" className="ag-table-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key, size: height }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the grid are in the window's registry
            <div
              key={key}
              id={`${id}-${index}`}
              role="row"
              tabIndex={-1}
              className="ag-table-row"
              aria-rowindex={index + 2}
              aria-selected={index === at}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)`, height }}
              onClick={(event) => {
                focusBox(event);
                onSelect(keyOf(row));
              }}
              onDoubleClick={() => onOpen?.(keyOf(row))}
            >
              {columns.map((column) => (
                <span key={column.id} role="gridcell" className={`truncate ${column.end ? 'ag-end' : ''}`}>
                  {column.cell(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

type HeadProps<Row> = {
  readonly column: Column<Row>;
  readonly sort: SortBy | null;
  readonly onSort: (sort: SortBy | null) => void;
};

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const here = sort?.column === column.id ? sort : null;
  const Arrow = here?.falling === true ? ArrowDown : ArrowUp;
  const end = column.end === true ? 'ag-end' : '';
  if (column.by === undefined) {
    return (
      <span role="columnheader" className={end}>
        {column.label}
      </span>
    );
  }
  return (
    <span
      role="columnheader"
      className={end}
      aria-sort={here === null ? 'none' : here.falling ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        className="ag-sort"
        onClick={() => onSort(next(column.id, column.end === true, here))}
      >
        {column.label}
        {here !== null && <Arrow className="icon" size={12} aria-hidden />}
      </button>
    </span>
  );
}

/** One way, the other way, then as it was. Figures begin with the largest. */
function next(column: string, figures: boolean, here: SortBy | null): SortBy | null {
  if (here === null) return { column, falling: figures };
  return here.falling === figures ? { column, falling: !figures } : null;
}
