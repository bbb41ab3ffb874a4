import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { sortRows, type Sort, type SortValue } from './sort.ts';

export type SortColumn<Row> = {
  readonly key: string;
  readonly label: string;
  readonly end?: boolean;
  /** left out where the view is narrow, until a person asks for all columns */
  readonly wide?: boolean;
  /** without it the column can't be ordered by */
  readonly sort?: (row: Row) => SortValue;
  readonly renderCell: (row: Row) => ReactNode;
};

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly SortColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly first: Sort;
  readonly none: string;
};

/** Rows that stand there before a person asks for more. */
const FIRST = 100;

/** A table that its heads order: by a click, or Enter on them. Figures in it open their entries. */
export function SortTable<Row>({ label, columns, rows, keyOf, first, none }: Props<Row>) {
  const [sort, setSort] = useState(first);
  const [most, setMost] = useState(FIRST);
  const [all, setAll] = useState(false);
  const leftOut = columns.filter((column) => column.wide === true).map((column) => column.label);
  const sorted = sortRows(rows, columns.find(({ key }) => key === sort.key)?.sort, sort.down);
  const by = (column: SortColumn<Row>) => {
    const down = sort.key === column.key ? !sort.down : column.end === true;
    setSort({ key: column.key, down });
    announce(`Ordered by ${column.label}, ${down ? 'largest' : 'smallest'} first.`);
  };
  const look = ({ end, wide }: SortColumn<Row>) =>
    `${end === true ? 'la-end' : ''} ${wide === true ? 'la-wide' : ''}`;
  if (rows.length === 0) return <p className="la-muted">{none}</p>;
  return (
    <div className="la-table-box" data-all={all || undefined}>
      <table className="la-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => {
              const here = sort.key === column.key;
              const Arrow = sort.down ? ArrowDown : ArrowUp;
              return (
                <th
                  key={column.key}
                  scope="col"
                  className={look(column)}
                  aria-sort={here ? (sort.down ? 'descending' : 'ascending') : 'none'}
                >
                  {column.sort === undefined ? (
                    column.label
                  ) : (
                    <button type="button" className="la-sort" onClick={() => by(column)}>
                      {column.label}
                      {here && <Arrow className="icon" size={12} aria-hidden />}
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, most).map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.key} className={look(column)}>
                  {column.renderCell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {leftOut.length > 0 && (
        <p className="la-left-out">
          {all ? '' : `No room for: ${leftOut.join('; ')}. `}
          <Button size="small" look="link" onClick={() => setAll(!all)}>
            {all ? 'Only the columns that have room' : 'Show all columns'}
          </Button>
        </p>
      )}
      {sorted.length > most && (
        <Button size="small" look="link" onClick={() => setMost(most + 500)}>
          Show {formatCount(Math.min(500, sorted.length - most))} of {formatCount(sorted.length - most)} more
        </Button>
      )}
    </div>
  );
}
