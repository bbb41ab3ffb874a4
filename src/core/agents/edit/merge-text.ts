import { weave } from '../../merge/merge-order.ts';
import type { Merge, Sides } from '../../merge/merged.ts';
import type { Value } from '../../merge/unit.ts';
import { createParts, type Parts } from './merge-parts.ts';
import type { KeyPart, KeyedText } from './merge-keys.ts';
import { alike, asLines, regionsOf, type Region } from './merge-split.ts';

/** Three texts of one file. `base` null: there was no file. */
export type FileTexts = {
  readonly base: string | null;
  readonly ours: string;
  readonly theirs: string;
};

/** A merge of the texts of a file as they stand: its pieces in order are each of the texts, byte for byte. */
export type TextMerge = {
  readonly merge: Merge;
  /** units of which both sides can't be kept, as that would write a key twice */
  readonly single: ReadonlySet<string>;
};

/**
 * Merges a file by its parts: frontmatter and yaml blocks by their top-level keys, the rest by lines. `known`: whether
 * the base is known; else every difference is left to a person.
 */
export function mergeFileText(path: string, texts: FileTexts, known: boolean): TextMerge {
  const parts = createParts(known);
  const base = known ? texts.base : null;
  for (const regions of together(path, { ...texts, base })) putRegion(parts, regions);
  const sides = { base: base ?? '', ours: texts.ours, theirs: texts.theirs };
  const merge: Merge = {
    form: 'text',
    root: { kind: 'text', parts: parts.list, sides },
    units: parts.list.flatMap((part) => (part.kind === 'lines' ? [part.unit] : [])),
    sides: { base: value(base), ours: value(texts.ours), theirs: value(texts.theirs) },
    disputed: new Set(),
  };
  return { merge, single: parts.single };
}

type Regions = { readonly base: Region | null; readonly ours: Region; readonly theirs: Region };

/** The same parts of all three texts beside each other; the whole file as lines where they differ in that. */
function together(path: string, { base, ours, theirs }: FileTexts): readonly Regions[] {
  const cut = {
    base: base === null ? null : regionsOf(base, path),
    ours: regionsOf(ours, path),
    theirs: regionsOf(theirs, path),
  };
  const fits = alike(cut.ours, cut.theirs) && (cut.base === null || alike(cut.base, cut.ours));
  const [b, o, t] = fits
    ? [cut.base, cut.ours, cut.theirs]
    : [base === null ? null : asLines(base), asLines(ours), asLines(theirs)];
  return o.map((region, i) => ({ base: b?.[i] ?? null, ours: region, theirs: t[i]! }));
}

function putRegion(parts: Parts, { base, ours, theirs }: Regions): void {
  const keyed = keyedSides(base, ours, theirs);
  const path = ours.name === 'yaml' ? 'yaml' : ours.name === 'text' ? 'text' : 'frontmatter';
  if (keyed === null) {
    parts.lines(path, { base: base?.text, ours: ours.text, theirs: theirs.text });
    return;
  }
  const { sides, order } = keyed;
  parts.lines(path, { base: sides.base?.head, ours: sides.ours.head, theirs: sides.theirs.head });
  const maps = { base: byKey(sides.base), ours: byKey(sides.ours), theirs: byKey(sides.theirs) };
  for (const key of order) {
    const of = (what: 'comment' | 'text') => ({
      base: maps.base.get(key)?.[what],
      ours: maps.ours.get(key)?.[what],
      theirs: maps.theirs.get(key)?.[what],
    });
    const comments = of('comment');
    if ([comments.base, comments.ours, comments.theirs].some((text) => (text ?? '') !== '')) {
      parts.lines(`comment above ${key}`, comments);
    }
    parts.key(key, of('text'));
  }
  parts.lines(path, { base: sides.base?.tail, ours: sides.ours.tail, theirs: sides.theirs.tail });
}

type KeyedSides = { readonly base: KeyedText | null; readonly ours: KeyedText; readonly theirs: KeyedText };

/** The sides cut at their keys, with one order that holds on all of them; null where there is none. */
function keyedSides(
  base: Region | null,
  ours: Region,
  theirs: Region,
): { readonly sides: KeyedSides; readonly order: readonly string[] } | null {
  if (ours.keyed === null || theirs.keyed === null || (base !== null && base.keyed === null)) return null;
  const sides = { base: base?.keyed ?? null, ours: ours.keyed, theirs: theirs.keyed };
  const keys: Sides<readonly string[]> = {
    base: keysOf(sides.base),
    ours: keysOf(sides.ours),
    theirs: keysOf(sides.theirs),
  };
  const order = weave(weave(keys.ours, keys.theirs), keys.base);
  const places = new Map(order.map((key, i) => [key, i]));
  const holds = (list: readonly string[]): boolean =>
    list.every((key, i) => i === 0 || places.get(key)! > places.get(list[i - 1]!)!);
  return holds(keys.base) && holds(keys.ours) && holds(keys.theirs) ? { sides, order } : null;
}

const keysOf = (text: KeyedText | null): readonly string[] => text?.keys.map(({ key }) => key) ?? [];

const byKey = (text: KeyedText | null): ReadonlyMap<string, KeyPart> =>
  new Map(text?.keys.map((part) => [part.key, part]));

function value(text: string | null): Value {
  return text === null ? undefined : { kind: 'string', value: text };
}
