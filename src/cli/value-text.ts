import { stringifyJson } from '../core/json/pretty.ts';
import type { JsonNode } from '../core/json/tree.ts';
import { safeLine } from './output.ts';

/** How much of what values have in common stands before the place where they part. */
const BEFORE = 16;

/**
 * Values that stand below or beside each other, each as JSON on a line of at most `width` characters, so that the place
 * where they part can be seen: what all begin with is left out where it would fill the line. Null where there is none.
 */
export function valueTexts(values: readonly (JsonNode | undefined)[], width: number): (string | null)[] {
  const texts = values.map((value) => (value === undefined ? null : stringifyJson(value)));
  const parted = partsAt(texts.filter((text) => text !== null));
  const start = parted > width / 2 ? parted - BEFORE : 0;
  return texts.map((text) => (text === null ? null : cut(text, start, width)));
}

/** Where texts that are not all equal begin to differ; 0 for equal ones. */
function partsAt(texts: readonly string[]): number {
  const [first = '', ...others] = texts;
  const ends = others
    .filter((other) => other !== first)
    .map((other) => {
      let at = 0;
      while (at < first.length && first[at] === other[at]) at += 1;
      return at;
    });
  return ends.length === 0 ? 0 : Math.min(...ends);
}

function cut(text: string, start: number, width: number): string {
  const from = text.length > width ? start : 0;
  const begun = from > 0 ? `…${text.slice(from)}` : text;
  return safeLine(begun.length > width ? `${begun.slice(0, width - 1)}…` : begun);
}
