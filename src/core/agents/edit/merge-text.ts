import { weave } from '../../merge/merge-order.ts';
import type { Merge, Pane, Sides, TextPart } from '../../merge/merged.ts';
import { prettyResult, type PrettySide } from '../../merge/pretty.ts';
import type { TextPiece } from '../../merge/resolve-tree.ts';
import type { Value } from '../../merge/unit.ts';
import { linesOf } from '../../json/text-diff.ts';
import { createParts, type Parts, type PlaceTexts } from './merge-parts.ts';
import type { KeyPart, KeyedText } from './merge-keys.ts';
import { alike, asLines, regionsOf, type Region } from './merge-split.ts';

/** Three texts of one file. `base` null: there was no file. */
export type FileTexts = {
  readonly base: string | null;
  readonly ours: string;
  readonly theirs: string;
};

/** A merge of the texts of a file as they stand. */
export type TextMerge = {
  readonly merge: Merge;
  /** units of which both sides can't be kept, as that would write a key twice */
  readonly single: ReadonlySet<string>;
  /** the parts of the merge in the order of each side: joined they are its text, byte for byte */
  readonly orders: Sides<readonly TextPart[]>;
};

/**
 * Merges a file by its parts: frontmatter and yaml blocks by their top-level keys, the rest by lines. `known`: whether
 * the base is known; else every difference is left to a person. Where keys stand in another order, that of the side
 * that moved them is followed, the disk's first: the real package sorts them whenever it writes a note.
 */
export function mergeFileText(path: string, texts: FileTexts, known: boolean): TextMerge {
  const parts = createParts(known);
  const base = known ? texts.base : null;
  const work: Work = {
    parts,
    known,
    orders: { base: [], ours: [], theirs: [] },
    at: { base: 0, ours: 0, theirs: 0 },
  };
  for (const regions of together(path, { ...texts, base })) putRegion(work, regions);
  const sides = { base: base ?? '', ours: texts.ours, theirs: texts.theirs };
  const merge: Merge = {
    form: 'text',
    root: { kind: 'text', parts: parts.list, sides },
    units: parts.list.flatMap((part) => (part.kind === 'lines' ? [part.unit] : [])),
    sides: { base: value(base), ours: value(texts.ours), theirs: value(texts.theirs) },
    disputed: new Set(),
  };
  return { merge, single: parts.single, orders: work.orders };
}

/** One side as text, with the places that are in it. */
export function sideOf({ orders }: TextMerge, pane: Pane): PrettySide {
  const pieces = orders[pane].map((part): TextPiece => {
    if (part.kind === 'same') return { text: part.text, origin: pane, units: [] };
    const there = part.unit[pane];
    return { text: there?.kind === 'string' ? there.value : '', origin: pane, units: [part.unit.id] };
  });
  const tree = { kind: 'text', pieces } as const;
  return prettyResult({ form: 'text', value: undefined, open: [], bad: [], tree });
}

type Work = {
  readonly parts: Parts;
  readonly known: boolean;
  readonly orders: Sides<TextPart[]>;
  /** the line at which the region begins on each side */
  readonly at: { base: number; ours: number; theirs: number };
};

const PANES = ['base', 'ours', 'theirs'] as const;

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

function putRegion(work: Work, { base, ours, theirs }: Regions): void {
  const { parts, orders, at } = work;
  const keyed = keyedSides(base, ours, theirs);
  const path = ours.name === 'yaml' ? 'yaml' : ours.name === 'text' ? 'text' : 'frontmatter';
  const lines = (texts: PlaceTexts): void => {
    const from = parts.list.length;
    parts.lines(path, texts, { ...at });
    for (const pane of PANES) {
      orders[pane].push(...parts.list.slice(from));
      at[pane] += linesOf(texts[pane] ?? '').length;
    }
  };
  if (keyed === null) {
    lines({ base: base?.text, ours: ours.text, theirs: theirs.text });
    return;
  }
  lines({ base: keyed.base?.head, ours: keyed.ours.head, theirs: keyed.theirs.head });
  putKeys(work, keyed);
  lines({ base: keyed.base?.tail, ours: keyed.ours.tail, theirs: keyed.theirs.tail });
}

function putKeys({ parts, known, orders, at }: Work, sides: KeyedSides): void {
  const order = orderOf(sides, known);
  const places = {
    base: placed(sides.base, at.base),
    ours: placed(sides.ours, at.ours),
    theirs: placed(sides.theirs, at.theirs),
  };
  const made = new Map<string, readonly TextPart[]>();
  for (const key of order) {
    const of = <T>(read: (part: PlacedKey | undefined) => T): Sides<T> => ({
      base: read(places.base.get(key)),
      ours: read(places.ours.get(key)),
      theirs: read(places.theirs.get(key)),
    });
    const from = parts.list.length;
    const comments = of((part) => part?.comment);
    if (PANES.some((pane) => (comments[pane] ?? '') !== '')) {
      parts.lines(
        `comment above ${key}`,
        comments,
        of((part) => part?.line ?? 0),
      );
    }
    parts.key(
      key,
      of((part) => part?.text),
      of((part) => part?.textLine ?? 0),
    );
    made.set(key, parts.list.slice(from));
  }
  for (const pane of PANES) {
    for (const key of weave(keysOf(sides[pane]), order)) orders[pane].push(...made.get(key)!);
    for (const { comment, text } of sides[pane]?.keys ?? []) {
      at[pane] += linesOf(comment).length + linesOf(text).length;
    }
  }
}

type PlacedKey = KeyPart & { readonly line: number; readonly textLine: number };

/** The keys of a side with the lines on which they stand. */
function placed(text: KeyedText | null, first: number): ReadonlyMap<string, PlacedKey> {
  let line = first;
  return new Map(
    text?.keys.map((part) => {
      const textLine = line + linesOf(part.comment).length;
      const at = { ...part, line, textLine };
      line = textLine + linesOf(part.text).length;
      return [part.key, at];
    }),
  );
}

type KeyedSides = { readonly base: KeyedText | null; readonly ours: KeyedText; readonly theirs: KeyedText };

/** The sides cut at their keys; null where one can't be. */
function keyedSides(base: Region | null, ours: Region, theirs: Region): KeyedSides | null {
  if (ours.keyed === null || theirs.keyed === null || (base !== null && base.keyed === null)) return null;
  return { base: base?.keyed ?? null, ours: ours.keyed, theirs: theirs.keyed };
}

/** All keys in the order of the result. */
function orderOf(sides: KeyedSides, known: boolean): readonly string[] {
  const [base, ours, theirs] = [keysOf(sides.base), keysOf(sides.ours), keysOf(sides.theirs)];
  const followed = moved(known ? base : ours, theirs) ? [theirs, ours] : [ours, theirs];
  return weave(weave(followed[0]!, followed[1]!), base);
}

/** Whether the keys that two lists share stand in another order. */
function moved(before: readonly string[], now: readonly string[]): boolean {
  const places = new Map(before.map((key, i) => [key, i]));
  const shared = now.flatMap((key) => places.get(key) ?? []);
  return shared.some((place, i) => i > 0 && place < shared[i - 1]!);
}

const keysOf = (text: KeyedText | null): readonly string[] => text?.keys.map(({ key }) => key) ?? [];

function value(text: string | null): Value {
  return text === null ? undefined : { kind: 'string', value: text };
}
