import { canonicalText } from '../json/canonical.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import { sameValue } from './merge-same.ts';
import type { Choice, ChoiceOf, Unit, UnitWhat } from './unit.ts';

/** What a person can take for a unit. */
export type Take = Choice['take'];

/** Whether both sides can be kept: lists, texts, and parts of them, where the sides have different ones. */
export function canKeepBoth({ what, ours, theirs }: Unit): boolean {
  if (what === 'order' || ours === undefined || theirs === undefined) return false;
  if (ours.kind !== theirs.kind || isEmpty(ours) || isEmpty(theirs)) return false;
  return (ours.kind === 'array' || ours.kind === 'string') && !sameValue(ours, theirs);
}

function isEmpty(node: JsonNode): boolean {
  return node.kind === 'array' ? node.items.length === 0 : node.kind === 'string' && node.value === '';
}

/** What can be taken for a unit. `base` of what did not exist leaves it out. */
export function choicesFor(unit: Unit): readonly Take[] {
  if (unit.what === 'order') return ['base', 'ours', 'theirs'];
  return canKeepBoth(unit) ? ['base', 'ours', 'theirs', 'both', 'edit'] : ['base', 'ours', 'theirs', 'edit'];
}

/** The choice that a merge makes by itself: what only one side changed, or both equally. Conflicts stay open. */
export const automatic: ChoiceOf = (unit) =>
  unit.taken === null ? null : { take: unit.taken === 'both' ? 'ours' : unit.taken };

/** Chooses one side, or base, for every conflict; the rest as the merge does by itself. */
export function takeAll(side: 'base' | 'ours' | 'theirs'): ChoiceOf {
  return (unit) => automatic(unit) ?? { take: side };
}

/** What was typed, read: lines as they are, else a JSON value; of `items` an array. `line` counts from 1. */
export type ReadEdit =
  | { readonly ok: true; readonly value: JsonNode }
  | { readonly ok: false; readonly message: string; readonly line: number };

/** Reads a text that a person typed in place of a unit. */
export function readEdit(what: UnitWhat, text: string): ReadEdit {
  if (what === 'lines') return { ok: true, value: { kind: 'string', value: text } };
  if (what === 'order') return { ok: false, message: 'The order of a list is taken from one side', line: 1 };
  const read = parseJson(text);
  if (!read.ok) return { ok: false, message: read.error.message, line: read.error.line };
  if (what === 'items' && read.node.kind !== 'array') {
    return { ok: false, message: 'Elements of a list are typed as a list: [1, 2]', line: 1 };
  }
  const canonical = canonicalText(read.node);
  return canonical.ok ? { ok: true, value: read.node } : { ok: false, message: canonical.reason, line: 1 };
}

/** Whether a text can be put in place of a unit; made to be asked while a person types. `line` counts from 1. */
export function validEdit(
  what: UnitWhat,
  text: string,
): { readonly ok: true } | { readonly ok: false; readonly message: string; readonly line: number } {
  const read = readEdit(what, text);
  return read.ok ? { ok: true } : read;
}
