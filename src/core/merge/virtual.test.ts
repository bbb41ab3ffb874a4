import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalOf, crissCross, jsonNode } from '../../../test/support/merge-triples.ts';
import { mergedTexts } from '../../../test/support/merge-told.ts';
import { get } from '../json/pointer.ts';
import type { JsonNode } from '../json/tree.ts';
import { automatic, takeAll } from './choices.ts';
import { sameValue } from './merge-same.ts';
import { mergeJson } from './merge.ts';
import type { Merge } from './merged.ts';
import { resolve } from './resolve.ts';
import { virtualBase } from './virtual.ts';

/** The merge of two sides over the base that several bases make. */
function over(bases: Merge, ours: JsonNode, theirs: JsonNode): Merge {
  const { value, disputed } = virtualBase(bases);
  return mergeJson(value, ours, theirs, { disputed });
}

const told = (merge: Merge): readonly string[] =>
  merge.units.map(
    ({ id, kind, taken, baseDisputed }) => `${id} ${kind} ${taken}${baseDisputed ? ' disputed' : ''}`,
  );

const conflicts = (of: Merge): number => of.units.filter((unit) => unit.taken === null).length;
const linesText = (lines: string): string => JSON.stringify(lines.replaceAll(' ', '\n'));

describe('a virtual base', () => {
  it('without conflicts is what the bases merge to', () => {
    fc.assert(
      fc.property(crissCross, ({ root, bases }) => {
        const merge = mergeJson(root, bases[0], bases[1]);
        if (merge.units.some((unit) => unit.taken === null)) return;
        const { value, disputed } = virtualBase(merge);
        expect(canonicalOf(value)).toBe(canonicalOf(resolve(merge).value));
        expect(disputed.size).toBe(0);
      }),
    );
  });

  it('lets no side be taken silently where the bases disagree and the sides differ', () => {
    let seen = 0;
    fc.assert(
      fc.property(crissCross, ({ root, bases, ours, theirs }) => {
        const between = mergeJson(root, bases[0], bases[1]);
        const merge = over(between, ours, theirs);
        const paths = merge.units.filter((unit) => unit.taken === null).map((unit) => unit.path);
        for (const { path, what, taken } of between.units) {
          // places that can be followed by their keys alone
          if (taken !== null || what !== 'value' || path.includes('[')) continue;
          const pointer = path.replaceAll('~2', '[');
          const [mine, other] = [get(ours, pointer), get(theirs, pointer)];
          if (sameValue(mine, other)) continue;
          seen += 1;
          expect(
            paths.some((at) => path === at || path.startsWith(`${at}/`) || at.startsWith(`${path}/`)),
          ).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(seen).toBeGreaterThan(20);
  });

  it('keeps what holds for every merge', () => {
    fc.assert(
      fc.property(crissCross, ({ root, bases, ours, theirs }) => {
        const merge = over(mergeJson(root, bases[0], bases[1]), ours, theirs);
        expect(new Set(merge.units.map((unit) => unit.id)).size).toBe(merge.units.length);
        expect(canonicalOf(resolve(merge, () => ({ take: 'ours' })).value)).toBe(canonicalOf(ours));
        expect(canonicalOf(resolve(merge, () => ({ take: 'theirs' })).value)).toBe(canonicalOf(theirs));
        for (const unit of merge.units) {
          if (unit.baseDisputed) expect(unit.taken).toBe(sameValue(unit.ours, unit.theirs) ? 'both' : null);
        }
        const equal = over(mergeJson(root, bases[0], bases[1]), ours, ours);
        expect(equal.units.filter((unit) => unit.taken !== 'both')).toEqual([]);
        const swapped = over(mergeJson(root, bases[1], bases[0]), theirs, ours);
        expect(conflicts(swapped) > 0).toBe(conflicts(merge) > 0);
      }),
      { numRuns: 300 },
    );
  });

  it('in turn may be the side of another', () => {
    fc.assert(
      fc.property(crissCross, ({ root, bases, ours, theirs }) => {
        const first = virtualBase(mergeJson(root, bases[0], bases[1]));
        const second = virtualBase(mergeJson(root, first.value, ours, { disputed: first.disputed }));
        const merge = mergeJson(second.value, ours, theirs, { disputed: second.disputed });
        expect(resolve(merge, takeAll('theirs')).open).toEqual([]);
        expect(canonicalOf(resolve(merge, () => ({ take: 'ours' })).value)).toBe(canonicalOf(ours));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a place in dispute', () => {
  const bases = mergedTexts('{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":3,"b":1}');

  it('is a conflict even where one side has what the virtual base shows', () => {
    expect(canonicalOf(virtualBase(bases).value)).toBe('{"a":2,"b":1}');
    expect(virtualBase(bases).disputed.size).toBe(1);
    const merge = over(bases, jsonNode('{"a":2,"b":1}'), jsonNode('{"a":3,"b":5}'));
    expect(told(merge)).toEqual(['/a modify/modify null disputed', '/b modify theirs']);
  });

  it('is settled where both sides have the same there', () => {
    const merge = over(bases, jsonNode('{"a":7,"b":1}'), jsonNode('{"a":7,"b":1}'));
    expect(told(merge)).toEqual(['/a modify both disputed']);
  });

  it('is not dropped with what it stands in', () => {
    const inside = mergedTexts('{"o":{"a":1}}', '{"o":{"a":2}}', '{"o":{"a":3}}');
    const merge = over(inside, jsonNode('{}'), jsonNode('{"o":{"a":2}}'));
    expect(told(merge)).toEqual(['/o delete/modify null disputed']);
  });

  it('in a text is its lines, and no others', () => {
    const lines = mergedTexts(linesText('a b c d e '), linesText('A1 b c d e '), linesText('A2 b c d e '));
    const merge = over(lines, jsonNode(linesText('A1 b c d E ')), jsonNode(linesText('A3 b c d e ')));
    expect(told(merge)).toEqual(['#0 text null disputed', '#1 modify ours']);
    const settled = over(lines, jsonNode(linesText('A b c d E ')), jsonNode(linesText('A b c d e ')));
    expect(told(settled)).toEqual(['#0 modify both disputed', '#1 modify ours']);
  });

  it('in a list is its elements, and no others', () => {
    const list = mergedTexts('[1,2,3]', '[1,2,8]', '[1,2,9]');
    const merge = over(list, jsonNode('[0,1,2,8]'), jsonNode('[1,2,9]'));
    expect(told(merge)).toEqual(['#0 add ours', '#1 array null disputed']);
  });

  it('of the order of a list leaves it whole', () => {
    const order = mergedTexts(
      '[{"id":1},{"id":2},{"id":3}]',
      '[{"id":2},{"id":1},{"id":3}]',
      '[{"id":1},{"id":3},{"id":2}]',
    );
    const ours = jsonNode('[{"id":2},{"id":1},{"id":3}]');
    expect(told(over(order, ours, jsonNode('[{"id":1},{"id":3},{"id":2}]')))).toEqual([
      ' modify/modify null disputed',
    ]);
    expect(told(over(order, ours, ours))).toEqual([' modify both disputed']);
  });

  it('deleted by one base and changed by the other is one too', () => {
    const gone = mergedTexts('{"a":1}', '{}', '{"a":2}');
    expect(told(over(gone, jsonNode('{}'), jsonNode('{"a":2}')))).toEqual(['/a delete/modify null disputed']);
    expect(resolve(over(gone, jsonNode('{}'), jsonNode('{}')), automatic).open).toEqual([]);
  });
});
