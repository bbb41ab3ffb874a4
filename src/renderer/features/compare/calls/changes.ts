import type { Content } from '../../../../contract/vek.ts';
import { listEditsWithMoves, type JsonEditOrMove } from '../../../../core/json/delta-moves.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { diffText, type TextHunk, type TextRange } from '../../../../core/json/text-diff.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { shownText, valueText } from '../../node/changes/edit-text.ts';
import { placesIn, type JsonPlace } from './places.ts';

/** Lines from 1, both ends among them; of nothing the line before which it would stand. */
export type Lines = { readonly from: number; readonly to: number };

/** What changed at one place, in words; `pair`: what it was and is, where that is short enough to say. */
export type ChangeWords =
  | { readonly kind: 'pair'; readonly old: string; readonly now: string; readonly more: string }
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'words'; readonly text: string };

/** One change between two contents, and where it stands in the text of each; null: it is not there. */
export type Change = {
  readonly key: string;
  readonly op: 'add' | 'remove' | 'change' | 'move';
  /** `/people[0]/role`, `line 12`; `the whole value` where that is it */
  readonly where: string;
  readonly old: Lines | null;
  readonly now: Lines | null;
  readonly words: ChangeWords;
};

/** Characters of a value or a word that stand in the list of changes. */
const SHORT = 72;

/** The changes of two contents as a list, in the order of the document; empty where they mean the same. */
export function changesBetween(old: Content, now: Content): readonly Change[] {
  const [a, b] = [treeOf(old), treeOf(now)];
  if (a === null || b === null) return textChanges(old.text, now.text, diffText(old.text, now.text));
  const [inOld, inNow] = [placesIn(a), placesIn(b)];
  return listEditsWithMoves(a, b).map((edit) => {
    const { from, to } = pointersOf(edit);
    const before = from === null ? null : inOld(from);
    const after = to === null ? null : inNow(to);
    const path = (after ?? before)?.path ?? to ?? from ?? '';
    return {
      key: `${edit.op} ${from ?? ''} ${to ?? ''}`,
      op: edit.op,
      where: path === '' ? 'the whole value' : shownText(path),
      old: linesOf(before),
      now: linesOf(after),
      words: wordsOf(edit, before?.path ?? '', path),
    };
  });
}

/** Where an edit takes away, and where it puts something. */
function pointersOf(edit: JsonEditOrMove): { readonly from: string | null; readonly to: string | null } {
  switch (edit.op) {
    case 'add':
      return { from: null, to: edit.pointer };
    case 'remove':
      return { from: edit.pointer, to: null };
    case 'change':
      return { from: edit.oldPointer, to: edit.pointer };
    case 'move':
      return { from: edit.from, to: edit.to };
  }
}

/** What is said of all: `3 fields differ`, `2 places differ`. */
export function countWords(changes: readonly Change[], json: boolean): string {
  const [one, many] = json ? ['field differs', 'fields differ'] : ['place differs', 'places differ'];
  return formatCounted(changes.length, one, many);
}

function treeOf({ form, text }: Content): JsonNode | null {
  if (form !== 'json') return null;
  const parsed = parseJson(text, { maxChars: text.length });
  return parsed.ok ? parsed.node : null;
}

const linesOf = (place: JsonPlace | null): Lines | null =>
  place === null ? null : { from: place.from, to: place.to };

function wordsOf(edit: JsonEditOrMove, oldPath: string, path: string): ChangeWords {
  if (edit.op === 'add') return { kind: 'value', text: oneLine(edit.new) };
  if (edit.op === 'remove') return { kind: 'value', text: oneLine(edit.old) };
  if (edit.op === 'move') return { kind: 'words', text: `moved, was ${shownText(oldPath)}` };
  const moved = oldPath === path ? '' : `was ${shownText(oldPath)}`;
  const [was, is] = [KINDS[edit.old.kind], KINDS[edit.new.kind]];
  const [old, now] = [valueText(edit.old).text, valueText(edit.new).text];
  if (old.length <= SHORT && now.length <= SHORT && !`${old}${now}`.includes('\n')) {
    return { kind: 'pair', old: shownText(old), now: shownText(now), more: moved };
  }
  if (was !== is) return { kind: 'words', text: `was ${was}, now ${is}` };
  if (edit.hunks !== null && edit.old.kind === 'string' && edit.new.kind === 'string') {
    const words = firstWords(edit.old.value, edit.new.value, edit.hunks);
    if (words !== null) return words;
  }
  return { kind: 'words', text: moved === '' ? `another ${is.replace(/^an? /, '')}` : moved };
}

/** The first words that differ in a long text, and how many places more do; null where all of it does. */
function firstWords(old: string, now: string, hunks: readonly TextHunk[]): ChangeWords | null {
  const ranges = hunks.flatMap(({ words }) => words);
  const [first] = ranges;
  if (first === undefined) return null;
  const { from, to, newFrom, newTo } = narrowed(old, now, first);
  const [was, is] = [old.slice(from, to), now.slice(newFrom, newTo)];
  if (was.length > SHORT || is.length > SHORT) return null;
  const more = ranges.length - 1;
  return {
    kind: 'pair',
    old: quoted(was),
    now: quoted(is),
    more: more === 0 ? '' : `and ${formatCounted(more, 'more place')}`,
  };
}

/** A range without what both have at its ends, up to whole words: long lines are compared as wholes. */
function narrowed(old: string, now: string, range: TextRange): TextRange {
  let { from, to, newFrom, newTo } = range;
  if (Math.max(to - from, newTo - newFrom) <= SHORT) return range;
  while (from < to && newFrom < newTo && old[from] === now[newFrom]) {
    from += 1;
    newFrom += 1;
  }
  while (from < to && newFrom < newTo && old[to - 1] === now[newTo - 1]) {
    to -= 1;
    newTo -= 1;
  }
  for (let i = 0; i < SHORT / 3 && from > range.from && /[^\s]/.test(old[from - 1]!); i += 1) {
    from -= 1;
    newFrom -= 1;
  }
  for (let i = 0; i < SHORT / 3 && to < range.to && /[^\s]/.test(old[to]!); i += 1) {
    to += 1;
    newTo += 1;
  }
  return { from, to, newFrom, newTo };
}

const quoted = (text: string): string =>
  text === '' ? 'nothing' : `“${shownText(text).replaceAll('\n', '⏎')}”`;

function textChanges(old: string, now: string, hunks: readonly TextHunk[]): readonly Change[] {
  const [inOld, inNow] = [lineCounter(old), lineCounter(now)];
  return hunks.map((hunk) => {
    const before = linesBetween(inOld, hunk.from, hunk.to);
    const after = linesBetween(inNow, hunk.newFrom, hunk.newTo);
    const op = before === null ? 'add' : after === null ? 'remove' : 'change';
    const lines = (after ?? before)!;
    const words = firstWords(old, now, [hunk]);
    const count = lines.to - lines.from + 1;
    return {
      key: `${hunk.from} ${hunk.newFrom}`,
      op,
      where:
        count === 1
          ? `line ${formatCount(lines.from)}`
          : `lines ${formatCount(lines.from)}–${formatCount(lines.to)}`,
      old: before,
      now: after,
      words:
        op === 'change' && words !== null
          ? words
          : op === 'change'
            ? { kind: 'words', text: 'written differently' }
            : {
                kind: 'value',
                text: short(
                  op === 'add' ? now.slice(hunk.newFrom, hunk.newTo) : old.slice(hunk.from, hunk.to),
                ),
              },
    };
  });
}

/** The line of an offset as an editor counts it, from 1, for offsets that never go back. */
function lineCounter(text: string): (offset: number) => number {
  const breaks = text.matchAll(/\r\n|\r|\n/g);
  let line = 1;
  let next = breaks.next();
  return (offset) => {
    while (next.done !== true && next.value.index + next.value[0].length <= offset) {
      line += 1;
      next = breaks.next();
    }
    return line;
  };
}

/** A hunk is whole lines: it ends with a line break, or with the text. */
function linesBetween(lineAt: (offset: number) => number, from: number, to: number): Lines | null {
  if (from === to) return null;
  return { from: lineAt(from), to: Math.max(lineAt(from), lineAt(to - 1)) };
}

const oneLine = (node: JsonNode): string => short(valueText(node).text);

function short(text: string): string {
  const line = shownText(text.slice(0, SHORT * 8))
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');
  return line.length <= SHORT && text.length <= SHORT * 8 ? line : `${line.slice(0, SHORT).toWellFormed()}…`;
}

const KINDS: Readonly<Record<JsonNode['kind'], string>> = {
  null: 'null',
  bool: 'true or false',
  int: 'a number',
  float: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
};
