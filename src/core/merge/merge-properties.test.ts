import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyTriple,
  canonicalOf,
  jsonNode,
  relatedPair,
  relatedTriple,
  respelled,
  textTriple,
  anyTree,
} from '../../../test/support/merge-triples.ts';
import { textOf } from '../json/build.ts';
import type { JsonNode } from '../json/tree.ts';
import { automatic, takeAll } from './choices.ts';
import { sameValue } from './merge-same.ts';
import { mergeJson, mergeText } from './merge.ts';
import type { Merge, Merged } from './merged.ts';
import { resolve } from './resolve.ts';
import type { Choice, ChoiceOf, Unit } from './unit.ts';

const runs = { numRuns: 400 };
const all =
  (take: 'base' | 'ours' | 'theirs'): ChoiceOf =>
  () => ({ take });
const conflictsOf = (merge: Merge): readonly Unit[] => merge.units.filter((unit) => unit.taken === null);
const resultOf = (merge: Merge, choiceOf?: ChoiceOf): string => {
  const { value, open, bad } = resolve(merge, choiceOf);
  expect([...open, ...bad]).toEqual([]);
  return canonicalOf(value);
};

describe('a merge', () => {
  it('with a side that changed nothing is the other side', () => {
    fc.assert(
      fc.property(relatedPair, ([base, now]) => {
        for (const merge of [mergeJson(base, respelled(base), now), mergeJson(respelled(base), now, base)]) {
          expect(resultOf(merge)).toBe(canonicalOf(now));
          expect(conflictsOf(merge)).toEqual([]);
        }
        expect(mergeJson(base, respelled(base), now).units.every((unit) => unit.taken === 'theirs')).toBe(
          true,
        );
        expect(mergeJson(base, now, respelled(base)).units.every((unit) => unit.taken === 'ours')).toBe(true);
      }),
      runs,
    );
  });

  it('of equal edits has no conflict', () => {
    fc.assert(
      fc.property(relatedPair, ([base, now]) => {
        const merge = mergeJson(base, now, respelled(now));
        expect(merge.units.every((unit) => unit.taken === 'both')).toBe(true);
        expect(resultOf(merge)).toBe(canonicalOf(now));
        expect(merge.units.length === 0).toBe(sameValue(base, now));
      }),
      runs,
    );
  });

  it('takes what one side changed, and only that', () => {
    fc.assert(
      fc.property(anyTriple, ([base, ours, theirs]) => {
        for (const unit of mergeJson(base, ours, theirs).units) {
          const same = [
            sameValue(unit.base, unit.ours),
            sameValue(unit.base, unit.theirs),
            sameValue(unit.ours, unit.theirs),
          ];
          const expected = {
            ours: [false, true, false],
            theirs: [true, false, false],
            both: [false, false, true],
            none: [false, false, false],
          };
          if (unit.what !== 'order') expect(same).toEqual(expected[unit.taken ?? 'none']);
        }
      }),
      runs,
    );
  });

  it('of swapped sides is the same with swapped sides', () => {
    fc.assert(
      fc.property(anyTriple, ([base, ours, theirs]) => {
        const merge = mergeJson(base, ours, theirs);
        const swapped = mergeJson(base, theirs, ours);
        expect(swapped.units.map(swappedText).toSorted()).toEqual(merge.units.map(unitText).toSorted());
        const pairs = [
          [resolve(merge, takeAll('ours')), resolve(swapped, takeAll('theirs'))],
          [resolve(merge, takeAll('theirs')), resolve(swapped, takeAll('ours'))],
        ] as const;
        for (const [one, two] of pairs) {
          const exactly = !hasAdditionsOfBoth(merge.root);
          const shown = (value: typeof one.value): string =>
            exactly || value === undefined ? canonicalOf(value) : canonicalOf(unordered(value));
          expect(shown(two.value)).toBe(shown(one.value));
        }
      }),
      runs,
    );
  });

  it('is a side where all of that side is taken', () => {
    fc.assert(
      fc.property(anyTriple, ([base, ours, theirs]) => {
        const merge = mergeJson(base, ours, theirs);
        expect(resultOf(merge, all('ours'))).toBe(canonicalOf(ours));
        expect(resultOf(merge, all('theirs'))).toBe(canonicalOf(theirs));
        if (!hasMergedAdditions(merge.root)) {
          const { value } = resolve(merge, all('base'));
          const shown = (of: typeof base): string =>
            of === undefined ? 'absent' : canonicalOf(unordered(of));
          expect(shown(value)).toBe(shown(base));
        }
      }),
      runs,
    );
  });

  it('resolved to one side differs from it only by what the other changed elsewhere', () => {
    fc.assert(
      fc.property(anyTriple, ([base, ours, theirs]) => {
        const merge = mergeJson(base, ours, theirs);
        const resolved = resolve(merge, takeAll('ours'));
        if (merge.units.every((unit) => unit.taken !== 'theirs')) {
          expect(canonicalOf(resolved.value)).toBe(canonicalOf(ours));
        }
        // what is merged with the side again brings nothing into dispute
        const again = mergeJson(ours, resolved.value, ours);
        expect(conflictsOf(again)).toEqual([]);
      }),
      runs,
    );
  });

  it('does not depend on the order in which units are settled', () => {
    fc.assert(
      fc.property(
        relatedTriple,
        fc.infiniteStream(fc.nat(8)),
        fc.nat(),
        ([base, ours, theirs], dice, seed) => {
          const merge = mergeJson(base, ours, theirs);
          const settled = merge.units.map((unit): [string, Choice] => [
            unit.id,
            choiceBy(dice.next().value as number),
          ]);
          const shuffled = settled.toSorted((a, b) => hash(a[0], seed) - hash(b[0], seed));
          const made = new Map<string, Choice>();
          const choiceOf: ChoiceOf = (unit) => made.get(unit.id) ?? null;
          let left = merge.units.length;
          for (const [id, choice] of shuffled) {
            expect(resolve(merge, choiceOf).open).toHaveLength(left);
            made.set(id, choice);
            left -= 1;
          }
          const inOrder = new Map(settled);
          expect(resolve(merge, choiceOf)).toEqual(resolve(merge, (unit) => inOrder.get(unit.id)!));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of any three values ends, and its result without conflicts is what both sides wanted', () => {
    fc.assert(
      fc.property(anyTree, anyTree, anyTree, (base, ours, theirs) => {
        const merge = mergeJson(base, ours, theirs);
        expect(new Set(merge.units.map((unit) => unit.id)).size).toBe(merge.units.length);
        expect(resolve(merge).open).toEqual(conflictsOf(merge));
        expect(merge.units.length === 0).toBe(sameValue(base, ours) && sameValue(base, theirs));
      }),
      { numRuns: 1_000 },
    );
  });

  it('merged again with a side it came from is the merge', () => {
    fc.assert(
      fc.property(relatedTriple, ([base, ours, theirs]) => {
        const merge = mergeJson(base, ours, theirs);
        if (conflictsOf(merge).length > 0) return;
        const { value } = resolve(merge);
        expect(resultOf(mergeJson(ours, value, ours))).toBe(canonicalOf(value));
        expect(resultOf(mergeJson(theirs, theirs, value))).toBe(canonicalOf(value));
      }),
      runs,
    );
  });
});

const mergedText = (merge: Merge, choiceOf?: ChoiceOf): string =>
  textOf(resolve(merge, choiceOf).value) ?? '';

describe('a merge of texts', () => {
  it('has the properties that one of values has', () => {
    fc.assert(
      fc.property(textTriple, ([base, ours, theirs]) => {
        const merge = mergeText(base, ours, theirs);
        expect(mergedText(merge, all('base'))).toBe(base);
        expect(mergedText(merge, all('ours'))).toBe(ours);
        expect(mergedText(merge, all('theirs'))).toBe(theirs);
        expect(mergedText(mergeText(base, base, theirs))).toBe(theirs);
        expect(mergedText(mergeText(base, ours, base))).toBe(ours);
        expect(mergedText(mergeText(base, ours, ours))).toBe(ours);
        const swapped = mergeText(base, theirs, ours);
        expect(swapped.units.map(swappedText)).toEqual(merge.units.map(unitText));
        expect(mergedText(swapped, takeAll('ours'))).toBe(mergedText(merge, takeAll('theirs')));
        // inside JSON the same, where there are several lines
        const inside = mergeJson(
          ...([base, ours, theirs].map((value) => ({ kind: 'string', value })) as [
            JsonNode,
            JsonNode,
            JsonNode,
          ]),
        );
        expect(canonicalOf(resolve(inside, automatic).value)).toBe(
          canonicalOf(resolve(merge, automatic).value),
        );
      }),
      runs,
    );
  });
});

function choiceBy(die: number): Choice {
  const texts = ['1', '"x"', '[1,2]', 'no json', null];
  if (die < 3) return { take: (['base', 'ours', 'theirs'] as const)[die]! };
  if (die === 3) return { take: 'both', first: 'ours' };
  return { take: 'edit', text: texts[die - 4]! };
}

function hash(text: string, seed: number): number {
  let sum = seed;
  for (const unit of text) sum = Math.imul(sum ^ unit.codePointAt(0)!, 0x01000193);
  return sum;
}

function unitText({ what, kind, taken, base, ours, theirs, at }: Unit): string {
  const values = [base, ours, theirs].map(canonicalOf).join(' | ');
  return `${what} ${kind} ${taken} ${values} ${at?.base} ${at?.ours} ${at?.theirs}`;
}

function swappedText(unit: Unit): string {
  const kinds: Partial<Record<Unit['kind'], Unit['kind']>> = {
    'modify/delete': 'delete/modify',
    'delete/modify': 'modify/delete',
  };
  return unitText({
    ...unit,
    kind: kinds[unit.kind] ?? unit.kind,
    taken: unit.taken === 'ours' ? 'theirs' : unit.taken === 'theirs' ? 'ours' : unit.taken,
    ours: unit.theirs,
    theirs: unit.ours,
    at: unit.at && { base: unit.at.base, ours: unit.at.theirs, theirs: unit.at.ours },
  });
}

/** Whether both sides added elements to one list, where ours come first. */
function hasAdditionsOfBoth(part: Merged): boolean {
  switch (part.kind) {
    case 'object':
      return part.entries.some((entry) => hasAdditionsOfBoth(entry.part));
    case 'list':
      return part.parts.some((inner) => inner.kind === 'element' && hasAdditionsOfBoth(inner.part));
    case 'keyed': {
      const elements = [...part.elements.values()];
      return (
        (elements.some(({ at }) => at.theirs < 0) && elements.some(({ at }) => at.ours < 0)) ||
        elements.some((element) => hasAdditionsOfBoth(element.part))
      );
    }
    default:
      return false;
  }
}

/** Whether objects that both sides added were merged: there, taking base everywhere leaves an empty object. */
function hasMergedAdditions(part: Merged): boolean {
  switch (part.kind) {
    case 'object':
      return part.sides.base === undefined || part.entries.some((entry) => hasMergedAdditions(entry.part));
    case 'list':
      return part.parts.some((inner) => inner.kind === 'element' && hasMergedAdditions(inner.part));
    case 'keyed':
      return [...part.elements.values()].some((element) => hasMergedAdditions(element.part));
    default:
      return false;
  }
}

/** The value with the elements of all arrays sorted. */
function unordered(node: JsonNode): JsonNode {
  if (node.kind === 'array') {
    const items = node.items.map(unordered);
    return { kind: 'array', items: items.toSorted((a, b) => (canonicalOf(a) < canonicalOf(b) ? -1 : 1)) };
  }
  if (node.kind !== 'object') return node;
  return {
    kind: 'object',
    entries: node.entries.map(({ key, value }) => ({ key, value: unordered(value) })),
  };
}

it('the helpers of these tests tell values apart', () => {
  expect(canonicalOf(unordered(jsonNode('[[2,1],{"a":[3,2]}]')))).toBe('[[1,2],{"a":[2,3]}]');
  expect(canonicalOf(respelled(jsonNode('{"a":1.5,"b":0}')))).toBe('{"a":1.5,"b":0}');
});
