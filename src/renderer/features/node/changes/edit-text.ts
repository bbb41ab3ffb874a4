import { prettyJson } from '../../../../core/json/pretty.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import type { LinePart } from './text-rows.ts';

/** Characters up to which a value and what it became stand in one line. */
const INLINE_CHARS = 56;
/** Characters up to which a value stands on one line. */
const LINE_CHARS = 90;
/** Characters of one part of a line. Beyond: its ends, until the person wants all. */
const PART_CHARS = 600;
/** Characters of a value that are written out. Beyond: its beginning. */
const VALUE_CHARS = 200_000;

/** A value as a person reads it: JSON on one line where it is short, else indented; `cut` where it is only the beginning. */
export function valueText(node: JsonNode): { readonly text: string; readonly cut: boolean } {
  const { text, cut } = prettyJson(node, { maxChars: VALUE_CHARS });
  // a line break in pretty JSON is never part of a text
  const line = text.length > 2 * LINE_CHARS ? text : text.replaceAll(/\n\s*/g, ' ');
  return { text: !cut && line.length <= LINE_CHARS ? line : text, cut };
}

/** Whether both values are short enough for `old → new` on one line. */
export function fitsOneLine(old: string, now: string): boolean {
  return old.length + now.length <= INLINE_CHARS && !old.includes('\n') && !now.includes('\n');
}

/** Text for showing: hidden signs made visible, tabs and line breaks kept. */
export const shownText = (text: string): string => text.replaceAll(/[^\t\n]+/g, visibleText);

/** The parts of a line with the middle of long ones left out; how much is said in their place. */
export function shortened(parts: readonly LinePart[]): readonly (LinePart & { readonly left: number })[] {
  return parts.flatMap(({ text, marked }) => {
    if (text.length <= PART_CHARS) return [{ text, marked, left: 0 }];
    const head = text.slice(0, PART_CHARS / 2);
    const tail = text.slice(-PART_CHARS / 2);
    return [
      { text: head.toWellFormed(), marked, left: text.length - PART_CHARS },
      { text: tail.toWellFormed(), marked, left: 0 },
    ];
  });
}

/** Whether `shortened` leaves anything out. */
export const isLong = (parts: readonly LinePart[]): boolean =>
  parts.some(({ text }) => text.length > PART_CHARS);
