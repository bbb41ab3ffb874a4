import { useMemo, useState } from 'react';
import type { TextHunk } from '../../../../core/json/text-diff.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { isLong, shortened, shownText } from './edit-text.ts';
import { textRows, type LinePart, type TextRow } from './text-rows.ts';

/** Lines of one comparison shown at first. */
const FIRST_LINES = 200;

type Props = {
  readonly old: string;
  readonly now: string;
  readonly hunks: readonly TextHunk[];
  readonly columns: boolean;
};

/** What changed in a text: its lines with the changed words marked, in one column or side by side. */
export function TextChange({ old, now, hunks, columns }: Props) {
  const [all, setAll] = useState(false);
  const rows = useMemo(() => textRows(old, now, hunks), [old, now, hunks]);
  const shown = all ? rows : rows.slice(0, FIRST_LINES);
  const long = shown.some((row) => row.kind !== 'skip' && isLong(row.parts));
  const more = rows.length - shown.length;
  return (
    <div className={`nc-text ${columns ? 'nc-columns' : ''}`}>
      {columns
        ? sideBySide(shown).map(({ key, left, right }) => (
            <div key={key} className="nc-pair">
              {left?.kind === 'skip' ? (
                <Skip lines={left.lines} />
              ) : (
                <>
                  <Line row={left} all={all} side="old" />
                  <Line row={right} all={all} side="new" />
                </>
              )}
            </div>
          ))
        : shown.map((row) =>
            row.kind === 'skip' ? (
              <Skip key={`skip-${row.key}`} lines={row.lines} />
            ) : (
              <Line key={`${row.kind}-${row.oldLine}-${row.newLine}`} row={row} all={all} side="both" />
            ),
          )}
      {!all && (more > 0 || long) && (
        <p className="nc-more">
          <Button size="small" look="link" onClick={() => setAll(true)}>
            {more > 0 ? `Show ${formatCounted(more, 'more line')}` : 'Show long lines whole'}
          </Button>
        </p>
      )}
    </div>
  );
}

function Skip({ lines }: { readonly lines: number }) {
  return <div className="nc-skip">{formatCounted(lines, 'equal line')}</div>;
}

const SIGNS = { same: '', old: '−', new: '+' } as const;
const WORDS = { same: '', old: 'removed: ', new: 'added: ' } as const;

type LineProps = {
  readonly row: TextRow | null;
  readonly all: boolean;
  readonly side: 'old' | 'new' | 'both';
};

function Line({ row, all, side }: LineProps) {
  if (row === null || row.kind === 'skip') return <div className="nc-line nc-none" />;
  const number = side === 'old' ? row.oldLine : (row.newLine ?? row.oldLine);
  return (
    <div className={`nc-line nc-${row.kind}`}>
      <span className="nc-number">{number}</span>
      <span className="nc-sign" aria-hidden>
        {SIGNS[row.kind]}
      </span>
      <span className="nc-words" dir="auto">
        {row.kind !== 'same' && <span className="visually-hidden">{WORDS[row.kind]}</span>}
        <Parts parts={row.parts} kind={row.kind} all={all} />
      </span>
    </div>
  );
}

type PartsProps = {
  readonly parts: readonly LinePart[];
  readonly kind: 'same' | 'old' | 'new';
  readonly all: boolean;
};

/** A line with its changed words marked. */
export function Parts({ parts, kind, all }: PartsProps) {
  const list = all ? parts.map(({ text, marked }) => ({ text, marked, left: 0 })) : shortened(parts);
  let at = 0;
  return list.map(({ text, marked, left }) => {
    at += text.length + left + 1;
    const body = shownText(text);
    return (
      <span key={at}>
        {marked ? <mark className={`nc-mark-${kind}`}>{body}</mark> : body}
        {left > 0 && <span className="nc-left">… {formatCount(left)} characters …</span>}
      </span>
    );
  });
}

type Pair = { readonly key: string; readonly left: TextRow | null; readonly right: TextRow | null };

/** The rows as two columns: what went beside what came. */
function sideBySide(rows: readonly TextRow[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let olds: TextRow[] = [];
  let news: TextRow[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(olds.length, news.length); i += 1) {
      pairs.push({ key: `pair-${pairs.length}`, left: olds[i] ?? null, right: news[i] ?? null });
    }
    olds = [];
    news = [];
  };
  for (const row of rows) {
    if (row.kind === 'old') olds.push(row);
    else if (row.kind === 'new') news.push(row);
    else {
      flush();
      pairs.push({ key: `pair-${pairs.length}`, left: row, right: row });
    }
  }
  flush();
  return pairs;
}
