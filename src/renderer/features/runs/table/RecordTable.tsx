/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, type RefObject } from 'react';
import type { RecordRow, RecordSort } from '../../../../contract/records.ts';
import { selectRecord } from '../../../state/agents.ts';
import { rowHeight as rowsHeight, useSettings } from '../../../state/settings.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { ContextMenu, type MenuEntry } from '../../../ui/menu/Menu.tsx';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { scrollBy, wheelPixels } from '../../graph/scroll.ts';
import { Scrollbar } from '../../graph/Scrollbar.tsx';
import { scrollByTouch } from '../../graph/touch.ts';
import { mountedRows } from '../../graph/window.ts';
import { openRecord } from '../open.ts';
import { ariaSort, COLUMNS, nextSort, type Column } from './columns.ts';
import type { RecordsModel } from './model.ts';
import { RecordCells } from './RecordCells.tsx';
import { useTable } from '../../table/use-table.ts';
import { rowAt } from './windows.ts';
import './table.css';

type Props = {
  readonly source: string;
  readonly model: RecordsModel;
  readonly sort: RecordSort;
  readonly onSort: (sort: RecordSort) => void;
  readonly entries: (row: RecordRow) => readonly MenuEntry[];
  readonly gridRef: RefObject<HTMLDivElement | null>;
};

/** Records as single lines, of any number: only those in sight are read and drawn. One element has the focus. */
export function RecordTable({ source, model, sort, onSort, entries, gridRef }: Props) {
  const id = useId();
  const { shown, scroll, selected, selectedAt, busy, error } = useTable(model);
  const height = useSettings(rowsHeight);
  const menuRow = useRef<RecordRow | null>(null);
  useLayoutEffect(() => model.setRowHeight(height), [model, height]);
  useLayoutEffect(() => {
    const element = gridRef.current;
    if (element === null) return undefined;
    const measure = () => model.setHeight(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [model, gridRef]);
  useEffect(() => {
    const element = gridRef.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY === 0 || event.ctrlKey) return;
      event.preventDefault();
      model.setScroll((now) => scrollBy(now, wheelPixels(event.deltaY, event.deltaMode, now.height)));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    const stopTouch = scrollByTouch(element, (pixels) => model.setScroll((now) => scrollBy(now, pixels)));
    return () => {
      stopTouch();
      element.removeEventListener('wheel', onWheel);
    };
  }, [model, gridRef]);

  const mounted = shown === null ? { start: 0, end: 0 } : mountedRows({ ...scroll, total: shown.total });
  const active = selectedAt !== null && selectedAt >= mounted.start && selectedAt < mounted.end;
  const at = (target: EventTarget): RecordRow | null => {
    const row = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null;
    return row === null || row === undefined || shown === null ? null : rowAt(shown, Number(row));
  };
  const pick = (target: EventTarget) => {
    const row = at(target);
    if (row === null) return;
    model.select(row.id);
    selectRecord(source, row.id);
  };
  const indexes = Array.from({ length: mounted.end - mounted.start }, (_, index) => mounted.start + index);
  return (
    <div className="ru-body">
      <div className="ru-head">
        {COLUMNS.map((column) => (
          <ColumnHead key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div className="ru-main" data-busy={busy || undefined}>
        <ContextMenu
          entries={() => (menuRow.current === null ? [] : entries(menuRow.current))}
          className="ru-area"
        >
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are in use-run-keys.ts, in the window's registry */}
          <div
            ref={gridRef}
            id={id}
            className="ru-grid"
            role="grid"
            tabIndex={0}
            aria-label="Run records"
            aria-rowcount={shown?.total ?? -1}
            aria-busy={busy}
            aria-readonly="true"
            data-key-scope="runs-rows"
            data-key-default=""
            {...(active ? { 'aria-activedescendant': `${id}-${selectedAt}` } : {})}
            onClick={(event) => pick(event.target)}
            onContextMenu={(event) => {
              menuRow.current = at(event.target) ?? rowOfSelection(model);
              pick(event.target);
            }}
            onDoubleClick={(event) => {
              const row = at(event.target);
              if (row !== null) openRecord(source, row);
            }}
          >
            {indexes.map((index) => {
              const row = shown === null ? null : rowAt(shown, index);
              return (
                <div
                  key={row?.id ?? index}
                  id={`${id}-${index}`}
                  role="row"
                  className="ru-row"
                  data-row={index}
                  aria-rowindex={index + 1}
                  aria-selected={row !== null && row.id === selected}
                  style={{
                    height: scroll.rowHeight,
                    transform: `translateY(${index * scroll.rowHeight - scroll.offset}px)`,
                  }}
                >
                  {row === null ? <Waiting /> : <RecordCells row={row} />}
                </div>
              );
            })}
          </div>
        </ContextMenu>
        <Scrollbar model={model} controls={id} label="Position in the records" rows="Records" />
      </div>
      {error !== null && (
        <output className="ru-note">
          <span>
            {error.message} {error.hint}
          </span>
          <Button size="small" onClick={model.refresh}>
            Read again
          </Button>
        </output>
      )}
    </div>
  );
}

function rowOfSelection(model: RecordsModel): RecordRow | null {
  const { shown, selectedAt } = model.get();
  return shown === null || selectedAt === null ? null : rowAt(shown, selectedAt);
}

function Waiting() {
  return (
    <span role="gridcell" className="ru-waiting">
      <span className="visually-hidden">not read yet</span>
      <Skeleton width="60%" />
    </span>
  );
}

type HeadProps = {
  readonly column: Column;
  readonly sort: RecordSort;
  readonly onSort: (sort: RecordSort) => void;
};

/** The head of a column. It stands outside of the grid, whose rows scroll; a button where the column has an order. */
function ColumnHead({ column, sort, onSort }: HeadProps) {
  const order = ariaSort(column, sort);
  const Arrow = order === 'ascending' ? ArrowUp : ArrowDown;
  const next = nextSort(column, sort);
  const className = `ru-${column.id} ${column.end === true ? 'ru-end' : ''}`;
  if (next === null) return <span className={className}>{column.name}</span>;
  return (
    <span className={className}>
      <button
        type="button"
        className="ru-sort"
        aria-label={`${column.name}, ${ORDER_WORDS[order]}`}
        onClick={() => onSort(next)}
      >
        {column.name}
        {order !== 'none' && <Arrow className="icon" size={12} aria-hidden />}
      </button>
    </span>
  );
}

const ORDER_WORDS = {
  none: 'not sorted by it',
  ascending: 'sorted, smallest first',
  descending: 'sorted, largest first',
} as const;
