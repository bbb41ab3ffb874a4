/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that the arrow keys go through are a grid */
import { useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { useRowKeys } from '../../../ui/use-row-keys.ts';
import './tables.css';

export type Column<Row> = {
  readonly key: string;
  readonly label: string;
  /** the label is only spoken */
  readonly hideLabel?: boolean;
  /** a track of a CSS grid */
  readonly width: string;
  /** at the right end, as money and counts are */
  readonly end?: boolean;
  readonly strong?: boolean;
  /** left out where the view is narrow */
  readonly wide?: boolean;
  readonly renderCell: (row: Row) => ReactNode;
};

type Props<Row> = {
  /** names the table in the window; stays the same */
  readonly id: string;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** opens what a row is made of; null where it is made of no records */
  readonly open: (row: Row) => (() => void) | null;
  /** how many rows stand there before a person asks for more */
  readonly most?: number;
  readonly none: string;
  /** rows may take more than one line */
  readonly tall?: boolean;
  /** marks rows that stand for what is open elsewhere */
  readonly current?: (row: Row) => boolean;
};

/**
 * A small table whose rows open the records they are made of: by a click, or with the arrow keys and Enter. Where
 * more rows exist than are drawn, a button under it says how many.
 */
export function RowTable<Row>(props: Props<Row>) {
  const { id, label, columns, rows, keyOf, open, most = Infinity, none, tall = false, current } = props;
  const [all, setAll] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const shown = all ? rows : rows.slice(0, most);
  const scope = { name: id, label: 'Costs' };
  const { at, go } = useRowKeys(
    scope,
    shown.length,
    (index) => document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' }),
    (index) => [
      {
        keys: 'Enter',
        label: 'Show the records of the row',
        run: () => {
          const row = shown[index];
          if (row !== undefined) open(row)?.();
        },
      },
    ],
  );
  const tracks = {
    '--ct-tracks': columns.map(({ width }) => width).join(' '),
    '--ct-narrow': columns
      .filter(({ wide }) => wide !== true)
      .map(({ width }) => width)
      .join(' '),
  };
  const look = ({ end, strong, wide }: Column<Row>): string =>
    [end === true ? 'ct-end' : '', strong === true ? 'ct-strong' : '', wide === true ? 'ct-wide' : ''].join(
      ' ',
    );
  return (
    <>
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        className={`ct-grid ${tall ? 'ct-tall' : ''}`}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-readonly="true"
        data-key-scope={id}
        style={tracks as CSSProperties}
        {...(shown.length > 0 ? { 'aria-activedescendant': `${id}-${at}` } : {})}
      >
        <div role="row" aria-rowindex={1} className="ct-row ct-head">
          {columns.map((column) => (
            <span
              key={column.key}
              role="columnheader"
              className={`truncate ${look(column)}`}
              title={column.label}
            >
              {column.hideLabel === true ? (
                <span className="visually-hidden">{column.label}</span>
              ) : (
                column.label
              )}
            </span>
          ))}
        </div>
        {shown.length === 0 && (
          <div role="row" className="ct-none">
            <span role="gridcell">{none}</span>
          </div>
        )}
        {shown.map((row, index) => {
          const act = open(row);
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the grid are in the window's registry
            <div
              key={keyOf(row)}
              id={`${id}-${index}`}
              role="row"
              tabIndex={-1}
              aria-rowindex={index + 2}
              aria-selected={index === at}
              className={`ct-row ${act === null ? 'ct-still' : ''} ${current?.(row) === true ? 'ct-current' : ''}`}
              onClick={() => {
                go(index);
                act?.();
              }}
            >
              {columns.map((column) => (
                <span key={column.key} role="gridcell" className={`ct-cell ${look(column)}`}>
                  {column.renderCell(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
      {shown.length < rows.length && (
        <div className="ct-more">
          <Button
            look="link"
            size="small"
            onClick={() => {
              setAll(true);
              // the button goes: the rows it brought have the focus after it
              grid.current?.focus();
            }}
          >
            Show all {formatCount(rows.length)}
          </Button>
        </div>
      )}
    </>
  );
}
