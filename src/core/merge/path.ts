import type { Pane } from './merged.ts';

/** A place in a document: the steps to it from the root, innermost first. Null is the root itself. */
export type Place = {
  readonly up: Place | null;
  readonly step: string | number;
  /** the side that an index counts in */
  readonly of: Pane;
} | null;

/** The text of a place such as `/people[0]/role`; the root is empty. Of a key `~`, `/` and `[` are `~0`, `~1`, `~2`. */
export function pathText(place: Place): string {
  let text = '';
  for (let at = place; at !== null; at = at.up) {
    text = (typeof at.step === 'number' ? `[${at.step}]` : `/${escapeKey(at.step)}`) + text;
  }
  return text;
}

/**
 * What names a unit: its path, and `#` with the number of a part or a word. Unlike paths, ids never name two places: an
 * index that counts in theirs is `[+1]`, in base `[-1]`, and `#` of a key is `~3`.
 */
export function unitId(place: Place, part: number | 'order' | null = null): string {
  let id = part === null ? '' : `#${part}`;
  for (let at = place; at !== null; at = at.up) {
    if (typeof at.step === 'string') id = `/${escapeKey(at.step).replaceAll('#', '~3')}${id}`;
    else id = `[${at.of === 'ours' ? '' : at.of === 'theirs' ? '+' : '-'}${at.step}]${id}`;
  }
  return id;
}

function escapeKey(key: string): string {
  return /[~/[]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('[', '~2') : key;
}
