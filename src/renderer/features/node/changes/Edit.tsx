import { useState, type ReactNode } from 'react';
import type { JsonEdit } from '../../../../core/json/delta-list.ts';
import type { TextHunk } from '../../../../core/json/text-diff.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { fitsOneLine, shownText, valueText } from './edit-text.ts';
import { Parts, TextChange } from './TextChange.tsx';
import type { LinePart } from './text-rows.ts';

/** Lines of a value that came or went, shown at first. */
const FIRST_LINES = 12;

const WORDS = { add: 'added', remove: 'removed', change: 'changed' } as const;
const SIGNS = { add: '+', remove: '−', change: '≠' } as const;

type Props = { readonly edit: JsonEdit; readonly columns: boolean };

/** One change: where, and what it was before and is now. */
export function Edit({ edit, columns }: Props) {
  const where = edit.pointer === '' ? 'the whole value' : shownText(edit.pointer);
  const short = shortParts(edit);
  const word = wordFor(edit);
  return (
    <li className="nc-edit" tabIndex={-1} data-edit aria-label={`${where}, ${WORDS[edit.op]}`}>
      <div className="nc-edit-head">
        <span className={`nc-op nc-op-${edit.op}`} aria-hidden>
          {SIGNS[edit.op]}
        </span>
        <code className="nc-pointer" title={edit.pointer}>
          <bdi>{where}</bdi>
        </code>
        {short !== null && <Inline {...short} />}
        {word !== '' && <span className="nc-word">{word}</span>}
      </div>
      {short === null && <EditBody edit={edit} columns={columns} />}
    </li>
  );
}

function wordFor(edit: JsonEdit): string {
  if (edit.op !== 'change') return WORDS[edit.op];
  const moved = edit.oldPointer !== edit.pointer;
  const [old, now] = [kindOf(edit.old), kindOf(edit.new)];
  if (old !== now) return `was ${old}, now ${now}`;
  return moved ? `was ${shownText(edit.oldPointer)}` : '';
}

function kindOf(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return 'true or false';
    case 'int':
      return 'a whole number';
    case 'float':
      return 'a number';
    case 'string':
      return 'a text';
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
  }
}

/** Both values where they fit on the line of their path. */
function shortParts(edit: JsonEdit): InlineProps | null {
  if (edit.op !== 'change') return null;
  if (edit.hunks !== null && edit.old.kind === 'string' && edit.new.kind === 'string') {
    const [old, now] = [edit.old.value, edit.new.value];
    return fitsOneLine(old, now) ? inlineParts(old, now, edit.hunks) : null;
  }
  const [old, now] = [valueText(edit.old).text, valueText(edit.new).text];
  if (!fitsOneLine(old, now)) return null;
  return { old: [{ text: old, marked: true }], now: [{ text: now, marked: true }] };
}

function EditBody({ edit, columns }: Props) {
  if (edit.op === 'add') return <Value node={edit.new} kind="new" />;
  if (edit.op === 'remove') return <Value node={edit.old} kind="old" />;
  if (edit.hunks !== null && edit.old.kind === 'string' && edit.new.kind === 'string') {
    return <TextChange old={edit.old.value} now={edit.new.value} hunks={edit.hunks} columns={columns} />;
  }
  return (
    <div className={columns ? 'nc-values nc-columns' : 'nc-values'}>
      <Value node={edit.old} kind="old" />
      <Value node={edit.new} kind="new" />
    </div>
  );
}

function inlineParts(old: string, now: string, hunks: readonly TextHunk[]): InlineProps {
  const words = hunks.flatMap((hunk) => hunk.words);
  return {
    old: partsOf(
      old,
      words.map(({ from, to }) => [from, to]),
    ),
    now: partsOf(
      now,
      words.map(({ newFrom, newTo }) => [newFrom, newTo]),
    ),
  };
}

function partsOf(text: string, ranges: readonly (readonly [number, number])[]): readonly LinePart[] {
  const parts: LinePart[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    parts.push({ text: text.slice(at, from), marked: false }, { text: text.slice(from, to), marked: true });
    at = to;
  }
  parts.push({ text: text.slice(at), marked: false });
  return parts.filter((part) => part.text !== '');
}

type InlineProps = { readonly old: readonly LinePart[]; readonly now: readonly LinePart[] };

/** `old → new` on one line; an empty text says that it is one. */
function Inline({ old, now }: InlineProps) {
  return (
    <span className="nc-inline">
      <Short kind="old" parts={old} word="before: " />
      <span className="nc-arrow" aria-hidden>
        →
      </span>
      <Short kind="new" parts={now} word="now: " />
    </span>
  );
}

type ShortProps = {
  readonly kind: 'old' | 'new';
  readonly parts: readonly LinePart[];
  readonly word: string;
};

function Short({ kind, parts, word }: ShortProps) {
  return (
    <span className={`nc-short nc-short-${kind}`}>
      <span className="visually-hidden">{word}</span>
      <bdi>
        {parts.length === 0 ? (
          <span className="nc-left">(empty text)</span>
        ) : (
          <Parts parts={parts} kind={kind} all />
        )}
      </bdi>
    </span>
  );
}

type ValueProps = { readonly node: JsonNode; readonly kind: 'old' | 'new' };

/** A whole value that went or came. */
function Value({ node, kind }: ValueProps) {
  const [all, setAll] = useState(false);
  const { text, cut } = valueText(node);
  const lines = text.split('\n');
  const shown = all ? lines : lines.slice(0, FIRST_LINES);
  const more = lines.length - shown.length;
  return (
    <div className={`nc-value nc-value-${kind}`}>
      <pre>
        <Body lines={shown} all={all} kind={kind} />
      </pre>
      {more > 0 && (
        <Button size="small" look="link" onClick={() => setAll(true)}>
          Show {formatCounted(more, 'more line')}
        </Button>
      )}
      {cut && (all || more === 0) && (
        <p className="nc-left">This is its beginning; the rest is in Content.</p>
      )}
    </div>
  );
}

function Body({
  lines,
  all,
  kind,
}: {
  readonly lines: readonly string[];
  readonly all: boolean;
  readonly kind: 'old' | 'new';
}): ReactNode {
  return <Parts parts={[{ text: lines.join('\n'), marked: false }]} kind={kind} all={all} />;
}
