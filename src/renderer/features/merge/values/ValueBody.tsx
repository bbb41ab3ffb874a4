import { useMemo } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { piecesOf } from './pieces.ts';
import type { Mark, Shown } from './shown.ts';
import './values.css';

/** Lines and characters of a value that a card shows at first. */
const FIRST_LINES = 12;
const FIRST_CHARS = 1_600;
const NO_MARKS: readonly Mark[] = [];

export type ValueBodyProps = {
  readonly shown: Shown;
  readonly marks?: readonly Mark[];
  /** all of it, instead of its first lines */
  readonly all: boolean;
  readonly onAll: () => void;
};

/** A value on a card: coloured, with what changed marked, long ones folded. */
export function ValueBody({ shown, marks = NO_MARKS, all, onAll }: ValueBodyProps) {
  const { text, more } = useMemo(() => firstPart(shown.text, all), [shown.text, all]);
  return (
    <>
      <pre className="mg-value" dir={shown.form === 'text' ? 'auto' : 'ltr'}>
        {text === '' ? (
          <span className="mg-none">{shown.form === 'text' ? 'empty' : ''}</span>
        ) : (
          <Pieces text={text} shown={shown} marks={marks} />
        )}
      </pre>
      {more > 0 && (
        <Button size="small" look="link" onClick={onAll}>
          {more > 1 ? `Show all, ${formatCounted(more, 'more line')}` : 'Show all'}
        </Button>
      )}
    </>
  );
}

type PiecesProps = { readonly text: string; readonly shown: Shown; readonly marks: readonly Mark[] };

/** A text in its colours, with its marks. */
export function Pieces({ text, shown, marks }: PiecesProps) {
  const pieces = useMemo(
    () => piecesOf(text, shown.form, clipped(marks, text.length)),
    [text, shown.form, marks],
  );
  const mark = shown.scalar ? 'mg-mark-chg' : 'mg-mark-add';
  return pieces.map((piece) => {
    if (piece.gone)
      return (
        <span key={`gone-${piece.at}`} className="mg-gone" title="Something is gone here">
          <span className="visually-hidden">(removed)</span>
        </span>
      );
    const ink = piece.ink === null ? '' : `mg-${piece.ink}`;
    const body = piece.text.replaceAll(/[^\t\n]+/g, visibleText);
    return piece.marked ? (
      <mark key={piece.at} className={`${mark} ${ink}`}>
        {body}
      </mark>
    ) : (
      <span key={piece.at} className={ink}>
        {body}
      </span>
    );
  });
}

const clipped = (marks: readonly Mark[], length: number): readonly Mark[] =>
  marks.length === 0 || marks.at(-1)!.to <= length
    ? marks
    : marks.filter(({ from }) => from < length).map(({ from, to }) => ({ from, to: Math.min(to, length) }));

/** The first lines of a text, and how many more there are (1 where a line is cut). */
function firstPart(text: string, all: boolean): { readonly text: string; readonly more: number } {
  if (all) return { text, more: 0 };
  let end = 0;
  for (let line = 0; line < FIRST_LINES; line += 1) {
    const next = text.indexOf('\n', end);
    if (next < 0) {
      end = text.length + 1;
      break;
    }
    end = next + 1;
  }
  const lines = text.slice(0, Math.max(0, end - 1));
  const rest = text.length - lines.length;
  if (lines.length > FIRST_CHARS)
    return {
      text: `${lines.slice(0, FIRST_CHARS).toWellFormed()} …`,
      more: Math.max(1, countLines(text, FIRST_CHARS)),
    };
  if (rest === 0) return { text, more: 0 };
  return { text: lines, more: Math.max(1, countLines(text, lines.length + 1) + 1) };
}

function countLines(text: string, from: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
