import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { limits } from './limits.ts';
import { PartFrame } from './PartFrame.tsx';
import type { TablePart } from './parts.ts';
import { cellText, numberOfCell, sortedRows, toCsv } from './table.ts';

type Sort = { readonly column: number; readonly order: 'ascending' | 'descending' };

const ROW = 24;

/** Rows and columns. A press on a head sorts, a second one turns the order, a third gives back the order of the record. */
export function TableView({ part }: { readonly part: TablePart }) {
  const { columns, rows } = part;
  const [sort, setSort] = useState<Sort | null>(null);
  const order = useMemo(
    () => (sort === null ? rows.map((_, i) => i) : sortedRows(rows, sort.column, sort.order)),
    [rows, sort],
  );
  const numeric = useMemo(() => columns.map((_, column) => isNumeric(rows, column)), [columns, rows]);
  const box = useRef<HTMLDivElement>(null);
  const many = rows.length > limits.plainRows;
  // only rows in sight are drawn, and they must not move the columns
  const widths = useMemo(
    () => (many ? columns.map((name, column) => widthOf(rows, column, name)) : []),
    [many, columns, rows],
  );
  // oxlint-disable-next-line react/incompatible-library -- nothing is memoised by what it returns
  const virtual = useVirtualizer({
    count: many ? order.length : 0,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const seen = many ? virtual.getVirtualItems().map((item) => item.index) : order.map((_, i) => i);
  const above = many ? (seen[0] ?? 0) * ROW : 0;
  const below = many ? Math.max(0, order.length - 1 - (seen.at(-1) ?? 0)) * ROW : 0;
  const turn = (column: number) => setSort((before) => nextSort(before, column));
  return (
    <PartFrame
      path={part.path}
      title={part.title}
      kind="Table"
      detail={`${formatCounted(rows.length, 'row')}, ${formatCounted(columns.length, 'column')}`}
      copy={() => toCsv(part, order)}
      copyLabel="Copy the table as CSV"
    >
      <section
        ref={box}
        className={`r-table-box ${many ? 'r-table-many' : ''}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
        tabIndex={0}
        aria-label={`${part.title ?? 'Table'}, rows`}
      >
        <table className="r-table" aria-rowcount={rows.length + 1}>
          {many && (
            <colgroup>
              {widths.map((width, column) => (
                // oxlint-disable-next-line react/no-array-index-key -- a column has no other name than its place
                <col key={column} style={{ width: `calc(${width}ch + var(--s-6))` }} />
              ))}
            </colgroup>
          )}
          <thead>
            <tr>
              {columns.map((name, column) => (
                <th
                  // oxlint-disable-next-line react/no-array-index-key -- names of columns may repeat
                  key={`${column} ${name}`}
                  scope="col"
                  className={numeric[column] === true ? 'r-number' : ''}
                  aria-sort={sort?.column === column ? sort.order : 'none'}
                >
                  <button type="button" className="r-sort" onClick={() => turn(column)}>
                    <bdi>{visibleText(name) || ' '}</bdi>
                    {sort?.column === column &&
                      (sort.order === 'ascending' ? (
                        <ArrowUp className="icon" size={12} aria-hidden />
                      ) : (
                        <ArrowDown className="icon" size={12} aria-hidden />
                      ))}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <tr aria-hidden style={{ height: above }} />}
            {seen.map((place) => {
              const row = order[place]!;
              return (
                <tr key={row} aria-rowindex={place + 2}>
                  {rows[row]!.map((cell, column) => (
                    // oxlint-disable-next-line react/no-array-index-key -- a cell has no other name than its column
                    <Cell key={column} cell={cell} numeric={numeric[column] === true} />
                  ))}
                </tr>
              );
            })}
            {below > 0 && <tr aria-hidden style={{ height: below }} />}
          </tbody>
        </table>
      </section>
    </PartFrame>
  );
}

function nextSort(before: Sort | null, column: number): Sort | null {
  if (before?.column !== column) return { column, order: 'ascending' };
  return before.order === 'ascending' ? { column, order: 'descending' } : null;
}

/** The characters that a column needs, by a sample of its cells. */
function widthOf(rows: TablePart['rows'], column: number, name: string): number {
  const step = Math.max(1, Math.floor(rows.length / 200));
  let widest = Math.min(40, name.length + 2);
  for (let row = 0; row < rows.length; row += step) {
    widest = Math.max(widest, Math.min(40, cellText(rows[row]?.[column] ?? null).length));
  }
  return widest;
}

/** Whether a column holds numbers only, beside what is missing. */
function isNumeric(rows: TablePart['rows'], column: number): boolean {
  let numbers = 0;
  for (const row of rows) {
    const cell = row[column] ?? null;
    if (cell === null || cell.kind === 'null') continue;
    if (numberOfCell(cell) === null) return false;
    numbers += 1;
  }
  return numbers > 0;
}

function Cell({ cell, numeric }: { readonly cell: JsonNode | null; readonly numeric: boolean }) {
  const text = visibleText(cellText(cell));
  const cut = text.length > limits.cellChars ? `${text.slice(0, limits.cellChars)}…` : text;
  const plain = cell === null || cell.kind === 'string' || numeric;
  return (
    <td
      className={`${numeric ? 'r-number' : ''} ${plain ? '' : 'r-value'}`}
      title={cut.length > 40 ? cut : undefined}
    >
      <bdi>{cut}</bdi>
    </td>
  );
}
