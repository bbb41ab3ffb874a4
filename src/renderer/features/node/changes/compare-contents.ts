import type { Content } from '../../../../contract/vek.ts';
import { listEdits, type JsonEdit } from '../../../../core/json/delta-list.ts';
import { diffJson } from '../../../../core/json/delta.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { diffText } from '../../../../core/json/text-diff.ts';

/** Bytes of both sides together that are compared unasked, well under a blink. Beyond: when the person says so. */
export const UNASKED_BYTES = 256 * 1024;

/** How one side of a call (its input or its output) differs from that of another call, in edits of some form. */
export type SideState<Edit> =
  | { readonly state: 'same' }
  /** other bytes, the same values */
  | { readonly state: 'rewritten' }
  | { readonly state: 'changed'; readonly edits: readonly Edit[] }
  /** one of the two can't be compared; why, in words */
  | { readonly state: 'impossible'; readonly why: string }
  | { readonly state: 'large'; readonly bytes: number };

export type SideChanges = SideState<JsonEdit>;

/** Compares two contents by what they mean as JSON, else by their text; large ones only when `anyway`. */
export const compareContents = (old: Content, now: Content, anyway: boolean): SideChanges =>
  compareBy(old, now, anyway, rememberedEdits);

/** The same with another list of edits, which is asked for only where the two can be compared. */
export function compareBy<Edit>(
  old: Content,
  now: Content,
  anyway: boolean,
  list: (old: Content, now: Content) => readonly Edit[],
): SideState<Edit> {
  if (old.hash === now.hash) return { state: 'same' };
  const why = obstacle(old, 'before') ?? obstacle(now, 'now');
  if (why !== null) return { state: 'impossible', why };
  const bytes = old.bytes + now.bytes;
  if (!anyway && (bytes > UNASKED_BYTES || old.cut || now.cut)) return { state: 'large', bytes };
  if (old.cut || now.cut)
    return { state: 'impossible', why: 'One of the two is too large to be read whole.' };
  const edits = list(old, now);
  return edits.length === 0 ? { state: 'rewritten' } : { state: 'changed', edits };
}

/** How many changes a person is told of; null while that is not known. */
export function countChanges(sides: readonly SideChanges[]): number | null {
  let count = 0;
  for (const side of sides) {
    if (side.state === 'large' || side.state === 'impossible') return null;
    if (side.state === 'changed') count += side.edits.length;
  }
  return count;
}

function obstacle({ form }: Content, when: 'before' | 'now'): string | null {
  const then = when === 'before' ? 'of the call before ' : '';
  switch (form) {
    case 'missing':
      return `The content ${then}is missing from the store, so there is nothing to compare.`;
    case 'unreadable':
      return `The content ${then}can’t be read.`;
    case 'hex':
      return `The content ${then}is bytes without a text.`;
    default:
      return null;
  }
}

type Remembered = { readonly old: Content; readonly now: Content; readonly edits: readonly JsonEdit[] };

/** The last comparisons: a store that grows gives the same contents again with every look. */
const remembered: Remembered[] = [];
const MAX_REMEMBERED = 4;

function rememberedEdits(old: Content, now: Content): readonly JsonEdit[] {
  const known = remembered.find((entry) => isSame(entry.old, old) && isSame(entry.now, now));
  if (known !== undefined) return known.edits;
  const edits = editsBetween(old, now);
  remembered.unshift({ old, now, edits });
  remembered.length = Math.min(remembered.length, MAX_REMEMBERED);
  return edits;
}

const isSame = (a: Content, b: Content): boolean => a.form === b.form && a.text === b.text;

function editsBetween(old: Content, now: Content): readonly JsonEdit[] {
  if (old.form === 'json' && now.form === 'json') {
    const [a, b] = [parseJson(old.text), parseJson(now.text)];
    if (a.ok && b.ok) return listEdits(diffJson(a.node, b.node));
  }
  if (old.text === now.text) return [];
  return [
    {
      op: 'change',
      pointer: '',
      oldPointer: '',
      old: { kind: 'string', value: old.text },
      new: { kind: 'string', value: now.text },
      hunks: diffText(old.text, now.text),
    },
  ];
}
