/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select can not hold rows of which only some are drawn */
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useMemo, useRef, type ReactNode } from 'react';
import { useSettings } from '../../../state/settings.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { focusBox } from './focus-box.ts';

type Props<Item> = {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** the key of the item that is shown */
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  /** a heading that stands before the first item of each group */
  readonly groupOf?: (item: Item) => string;
  /** two lines an item */
  readonly tall?: boolean;
  readonly none: string;
  /** the list takes the focus when its view opens */
  readonly first?: boolean;
  /** it was asked for just now, so it takes the focus from wherever it is */
  readonly takes?: boolean;
  readonly children: (item: Item) => ReactNode;
};

type Row<Item> = { readonly head: string } | { readonly item: Item; readonly at: number };

const SCOPE = { name: 'agent-list', label: 'Lists of an agent' };

/** A list beside what it shows. Arrows choose; only rows in sight are drawn. */
export function RowList<Item>(props: Props<Item>) {
  const {
    label,
    items,
    keyOf,
    selected,
    onSelect,
    groupOf,
    tall = false,
    none,
    first = false,
    takes = false,
    children,
  } = props;
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSettings((state) => state.uiSize);
  const rows = useMemo(() => withHeads(items, groupOf), [items, groupOf]);
  const at = items.findIndex((item) => keyOf(item) === selected);
  const rowAt = rows.findIndex((row) => 'item' in row && row.at === at);
  const heights = { head: size + 19, item: tall ? 2 * size + 20 : size + 15 };
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => ('head' in rows[index]! ? heights.head : heights.item),
    overscan: 8,
    paddingEnd: 8,
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), Math.max(0, rowAt)])]
          .filter((index) => index < range.count)
          .toSorted((a, b) => a - b),
      [rowAt],
    ),
  });
  useEffect(() => virtual.measure(), [virtual, rows, size]);
  useEffect(() => {
    if (rowAt >= 0) virtual.scrollToIndex(rowAt, { align: 'auto' });
  }, [virtual, rowAt]);
  // what had the focus went with the page before; whoever walks along the outline stays in it
  useEffect(() => {
    if (takes || (first && document.activeElement === document.body))
      scroll.current?.focus({ preventScroll: true });
  }, [first, takes]);
  const go = (index: number) => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (item !== undefined) onSelect(keyOf(item));
  };
  useShortcuts(SCOPE, [
    { keys: 'ArrowDown', label: 'Next', run: () => go(at + 1) },
    { keys: 'ArrowUp', label: 'Previous', run: () => go(at - 1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => go(at + 8) },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => go(at - 8) },
    { keys: 'Home', label: 'First', hidden: true, run: () => go(0) },
    { keys: 'End', label: 'Last', hidden: true, run: () => go(items.length - 1) },
  ]);
  return (
    <div
      ref={scroll}
      role="listbox"
      tabIndex={0}
      className="ag-list"
      aria-label={label}
      data-key-scope={SCOPE.name}
      {...(first ? { 'data-key-default': '' } : {})}
      {...(at >= 0 ? { 'aria-activedescendant': `${id}-${at}` } : {})}
    >
      {items.length === 0 && (
        <div role="option" aria-selected={false} tabIndex={-1} className="ag-list-none">
          {none}
        </div>
      )}
      <div role="presentation" className="ag-list-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size: height }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const style = { transform: `translateY(${start}px)`, height };
          if ('head' in row) {
            return (
              <div key={`head ${row.head}`} role="presentation" className="ag-list-head" style={style}>
                {row.head}
              </div>
            );
          }
          const key = keyOf(row.item);
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the list are in the window's registry
            <div
              key={key}
              id={`${id}-${row.at}`}
              role="option"
              tabIndex={-1}
              aria-selected={row.at === at}
              className={`ag-list-row ${tall ? 'ag-list-tall' : ''}`}
              style={style}
              onClick={(event) => {
                focusBox(event);
                onSelect(key);
              }}
            >
              {children(row.item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function withHeads<Item>(
  items: readonly Item[],
  groupOf: ((item: Item) => string) | undefined,
): readonly Row<Item>[] {
  const rows: Row<Item>[] = [];
  let group: string | null = null;
  for (const [at, item] of items.entries()) {
    const head = groupOf?.(item) ?? null;
    if (head !== null && head !== group) rows.push({ head });
    group = head;
    rows.push({ item, at });
  }
  return rows;
}
