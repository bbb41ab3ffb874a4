import { align, gapsBetween } from '../../json/align.ts';
import { linesOf } from '../../json/text-diff.ts';
import { fingerprintOf } from '../../merge/fingerprint.ts';
import { mergeLines } from '../../merge/merge-text.ts';
import type { Sides, TextPart } from '../../merge/merged.ts';
import type { Unit, UnitKind, Value } from '../../merge/unit.ts';

/** What stands at one place on each side; undefined: nothing, or for base that it is not known. */
export type PlaceTexts = Sides<string | undefined>;

/** The parts of a merged file as they are found one after the other. */
export type Parts = {
  readonly list: readonly TextPart[];
  /** units that hold a key and its value: keeping both would write the key twice */
  readonly single: ReadonlySet<string>;
  /** adds lines that are merged line by line; `at`: the line on which they begin on each side */
  lines(path: string, texts: PlaceTexts, at: Sides<number>): void;
  /** adds a key with its lines: a side may not have it */
  key(path: string, texts: PlaceTexts, at: Sides<number>): void;
};

const node = (text: string | undefined): Value =>
  text === undefined ? undefined : { kind: 'string', value: text };

/** Begins to collect parts. `known`: what both sides were made from is known; else every difference is a conflict. */
export function createParts(known: boolean): Parts {
  const list: TextPart[] = [];
  const single = new Set<string>();
  const ids = new Map<string, number>();

  const putSame = (text: string): void => {
    if (text !== '') list.push({ kind: 'same', text });
  };
  /** Ids are of the values, so that a choice fits still when something else was changed above. */
  const putUnit = (path: string, unit: Omit<Unit, 'id' | 'path' | 'what'>): string => {
    const about: Unit = { ...unit, id: '', path, what: 'lines' };
    const id = `${path}#${fingerprintOf(about)}`;
    const count = ids.get(id) ?? 0;
    ids.set(id, count + 1);
    const named = { ...about, id: count === 0 ? id : `${id}.${count}` };
    list.push({ kind: 'lines', unit: named });
    return named.id;
  };
  /** The units of texts that are there on all sides; `put` hears each. */
  const byLine = (
    path: string,
    texts: Sides<string>,
    at: Sides<number>,
    put: (id: string, unit: Unit) => void,
  ): void => {
    const merged = mergeLines(texts, [], null);
    if (merged?.kind !== 'text') {
      putSame(texts.ours);
      return;
    }
    for (const part of merged.parts) {
      if (part.kind === 'same') putSame(part.text);
      else {
        const { unit } = part;
        const from = unit.at!;
        const moved = {
          base: at.base + from.base,
          ours: at.ours + from.ours,
          theirs: at.theirs + from.theirs,
        };
        put(putUnit(path, { ...unit, at: moved }), unit);
      }
    }
  };
  /** The differences of two texts whose base is not known. */
  const byTwo = (path: string, ours: string, theirs: string, put: (id: string) => void): void => {
    const [a, b] = [linesOf(ours), linesOf(theirs)];
    const runs = align(...numbered(a, b));
    let done = 0;
    for (const gap of gapsBetween(runs, a.length, b.length)) {
      putSame(a.slice(done, gap.a).join(''));
      done = gap.aEnd;
      const sides = {
        ours: node(a.slice(gap.a, gap.aEnd).join('')),
        theirs: node(b.slice(gap.b, gap.bEnd).join('')),
      };
      put(
        putUnit(path, {
          ...sides,
          base: undefined,
          kind: 'text',
          taken: null,
          at: null,
          baseDisputed: false,
        }),
      );
    }
    putSame(a.slice(done).join(''));
  };

  return {
    list,
    single,
    lines: (path, texts, at) => {
      const ours = texts.ours ?? '';
      const theirs = texts.theirs ?? '';
      if (known) byLine(path, { base: texts.base ?? '', ours, theirs }, at, () => undefined);
      else if (ours === theirs) putSame(ours);
      else byTwo(path, ours, theirs, () => undefined);
    },
    key: (path, texts, at) => {
      const { base, ours, theirs } = texts;
      if (known && base !== undefined && ours !== undefined && theirs !== undefined) {
        byLine(path, { base, ours, theirs }, at, (id, unit) => {
          if (unit.at!.ours === 0 || unit.at!.theirs === 0) single.add(id);
        });
      } else if (!known && ours !== undefined && theirs !== undefined && ours !== theirs) {
        byTwo(path, ours, theirs, (id) => single.add(id));
      } else if (ours === theirs && (base === ours || !known)) {
        putSame(ours ?? '');
      } else {
        single.add(
          putUnit(path, {
            base: node(base),
            ours: node(ours),
            theirs: node(theirs),
            ...verdict(texts, known),
            at,
            baseDisputed: false,
          }),
        );
      }
    },
  };
}

/** Who changed a key that not all sides have, and how. */
function verdict(
  { base, ours, theirs }: PlaceTexts,
  known: boolean,
): { readonly kind: UnitKind; readonly taken: Unit['taken'] } {
  const kind = (now: string | undefined): UnitKind =>
    base === undefined ? 'add' : now === undefined ? 'delete' : 'modify';
  if (known && ours === theirs) return { kind: kind(ours), taken: 'both' };
  if (known && ours === base) return { kind: kind(theirs), taken: 'theirs' };
  if (known && theirs === base) return { kind: kind(ours), taken: 'ours' };
  if (ours === undefined) return { kind: 'delete/modify', taken: null };
  if (theirs === undefined) return { kind: 'modify/delete', taken: null };
  return { kind: 'add/add', taken: null };
}

function numbered(a: readonly string[], b: readonly string[]): readonly [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const of = (list: readonly string[]): Int32Array =>
    Int32Array.from(list, (line) => {
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return number;
    });
  return [of(a), of(b)];
}
