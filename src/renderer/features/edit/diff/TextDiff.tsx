import { Fragment, useMemo, useState } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { diffRows, type Cell, type DiffRow } from './diff-rows.ts';
import './diff.css';

/** Rows that are drawn at once; more come on request, so that a large file does not hold up the window. */
const STEP = 400;

type Props = {
  /** null: there is no file */
  readonly before: string | null;
  readonly after: string | null;
  /** what is compared, for screen readers */
  readonly label: string;
  /** side by side */
  readonly columns: boolean;
};

/** Two texts by lines, the words that changed marked; equal stretches are folded. */
export function TextDiff({ before, after, label, columns }: Props) {
  const rows = useMemo(() => diffRows(before ?? '', after ?? ''), [before, after]);
  const [opened, setOpened] = useState<ReadonlySet<DiffRow>>(new Set());
  const [shown, setShown] = useState(STEP);
  if (rows.every(({ kind }) => kind !== 'changed')) {
    return <p className="td-none">{before === after ? 'The texts are the same.' : 'The file is empty.'}</p>;
  }
  const open = rows.flatMap((row) => (row.kind === 'gap' && opened.has(row) ? row.rows : [row]));
  const drawn = columns ? open : inOneColumn(open);
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset would draw as one
    <div className={`td ${columns ? 'td-two' : ''}`} role="group" aria-label={label}>
      {drawn.slice(0, shown).map((row) => (
        <Row
          key={keyOf(row)}
          row={row}
          columns={columns}
          onOpen={() => setOpened(new Set([...opened, row]))}
        />
      ))}
      {drawn.length > shown && (
        <div className="td-more">
          <Button size="small" onClick={() => setShown(shown + STEP * 5)}>
            Show more of {formatCounted(drawn.length - shown, 'line')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** In one column, the lines that go of a stretch stand before those that come. */
function inOneColumn(rows: readonly DiffRow[]): readonly DiffRow[] {
  const out: DiffRow[] = [];
  let come: DiffRow[] = [];
  for (const row of rows) {
    if (row.kind !== 'changed') {
      out.push(...come, row);
      come = [];
      continue;
    }
    if (row.old !== null) out.push({ kind: 'changed', old: row.old, now: null });
    if (row.now !== null) come.push({ kind: 'changed', old: null, now: row.now });
  }
  return [...out, ...come];
}

const keyOf = (row: DiffRow): string =>
  row.kind === 'gap'
    ? `gap ${keyOf(row.rows[0]!)}`
    : `${row.kind} ${row.old?.line ?? ''} ${row.now?.line ?? ''}`;

type RowProps = { readonly row: DiffRow; readonly columns: boolean; readonly onOpen: () => void };

function Row({ row, columns, onOpen }: RowProps) {
  if (row.kind === 'gap') {
    return (
      <div className="td-gap">
        <button type="button" className="td-open" onClick={onOpen}>
          {formatCount(row.lines)} equal lines
        </button>
      </div>
    );
  }
  if (row.kind === 'same') {
    return (
      <div className="td-row">
        <Number line={row.old?.line} />
        {columns && <Text cell={row.old} sign=" " />}
        <Number line={row.now?.line} />
        <Text cell={row.now} sign=" " />
      </div>
    );
  }
  if (columns) {
    return (
      <div className="td-row">
        <Number line={row.old?.line} look={row.old === null ? 'td-void' : 'td-del'} />
        <Text cell={row.old} sign="−" look={row.old === null ? 'td-void' : 'td-del'} />
        <Number line={row.now?.line} look={row.now === null ? 'td-void' : 'td-add'} />
        <Text cell={row.now} sign="+" look={row.now === null ? 'td-void' : 'td-add'} />
      </div>
    );
  }
  const cell = row.old ?? row.now;
  const look = row.old === null ? 'td-add' : 'td-del';
  return (
    <div className="td-row">
      <Number line={row.old?.line} look={look} />
      <Number line={row.now?.line} look={look} />
      <Text cell={cell} sign={row.old === null ? '+' : '−'} look={look} />
    </div>
  );
}

function Number({ line, look = '' }: { readonly line: number | undefined; readonly look?: string }) {
  return (
    <span className={`td-number ${look}`} aria-hidden>
      {line}
    </span>
  );
}

const SAID: Record<string, string> = { '+': 'Added: ', '−': 'Removed: ' };

type TextProps = { readonly cell: Cell | null; readonly sign: string; readonly look?: string };

function Text({ cell, sign, look = '' }: TextProps) {
  if (cell === null) return <span className={`td-text ${look}`} />;
  return (
    <span className={`td-text ${look}`}>
      <span className="td-sign" aria-hidden>
        {sign}
      </span>
      {SAID[sign] !== undefined && <span className="visually-hidden">{SAID[sign]}</span>}
      <bdi className="td-words">
        {cell.parts.map(({ text, marked }, at) =>
          marked ? (
            // oxlint-disable-next-line react/no-array-index-key -- parts have nothing else to be told by
            <mark key={at}>{shown(text)}</mark>
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- parts have nothing else to be told by
            <Fragment key={at}>{shown(text)}</Fragment>
          ),
        )}
        {cell.end !== null && <span className="td-end">{cell.end}</span>}
      </bdi>
    </span>
  );
}

const shown = (text: string): string => text.split('\t').map(visibleText).join('\t');
