import type { DocumentDecision, LineOrigin, MergeText } from '../../contract/merge.ts';
import { automatic } from '../merge/choices.ts';
import type { Merge, Pane } from '../merge/merged.ts';
import { prettySide, type PrettySide } from '../merge/pretty.ts';
import type { Choice, ChoiceOf } from '../merge/unit.ts';
import { cutBytes } from './unit-value.ts';

export const NOTHING: MergeText = { text: '', cut: false, places: [] };

/** How every unit of a document is settled by a decision about it. */
export function choiceOf({ choices, reopened }: DocumentDecision): ChoiceOf {
  const chosen = new Map<string, Choice>(choices.map(({ unit, choice }) => [unit, choice]));
  const open = new Set(Array.isArray(reopened) ? reopened : []);
  return (unit) => {
    const choice = chosen.get(unit.id);
    if (choice !== undefined) return choice;
    return reopened === true || open.has(unit.id) ? null : automatic(unit);
  };
}

/** The sides of a merge as text: the same whatever is decided, so each is printed once. */
const printedSides = new WeakMap<Merge, Map<Pane, PrettySide>>();

/** One of the three sides as text. */
export function printedSide(merge: Merge, pane: Pane): PrettySide {
  const sides = printedSides.get(merge) ?? new Map<Pane, PrettySide>();
  printedSides.set(merge, sides);
  const printed = sides.get(pane) ?? prettySide(merge, pane);
  sides.set(pane, printed);
  return printed;
}

/** How many lines a text has; the one behind the last line break counts. */
export function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** The origins of a text that comes from one place as a whole. */
export function originsOf(text: string, origin: LineOrigin): readonly LineOrigin[] {
  return Array.from({ length: linesIn(text) }, () => origin);
}

/** Whole lines up to a limit, with the units that begin in them. */
export function cutLines({ text, places }: PrettySide, limitBytes: number): MergeText {
  if (Buffer.byteLength(text) <= limitBytes) return { text, cut: false, places };
  const begin = cutBytes(text, limitBytes);
  const end = begin.lastIndexOf('\n');
  const shown = end < 0 ? begin : begin.slice(0, end);
  const lines = linesIn(shown);
  return {
    text: shown,
    cut: true,
    places: places
      .filter(({ from }) => from < lines)
      .map(({ unit, from, to }) => ({ unit, from, to: Math.min(to, lines) })),
  };
}
