import { describe, expect, it } from 'vitest';
import { diceOf, makeEditPair } from '../../../test/support/edit-pairs.ts';
import { canonicalOf } from '../../../test/support/merge-triples.ts';
import { takeAll } from './choices.ts';
import { mergeJson } from './merge.ts';
import { resolve } from './resolve.ts';

const seed = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe(`edits whose truth is known (VEKSCOPE_SEED=${seed})`, () => {
  it.each([
    ['at different places', false],
    ['some at one place', true],
  ] as const)('%s: no false conflict, none missed', (_, clash) => {
    const dice = diceOf(seed + (clash ? 1 : 0));
    let [edits, conflicts] = [0, 0];
    for (let i = 0; i < 500; i += 1) {
      const own = dice(2 ** 31);
      const pair = makeEditPair(own, { values: 2 + dice(i % 10 === 0 ? 2_000 : 60), clash });
      const merge = mergeJson(pair.base, pair.ours, pair.theirs);
      const found = merge.units
        .filter((unit) => unit.taken === null)
        .map(({ path }) => path.replaceAll(/\[\d+\]/g, '[]'));
      expect(found.toSorted(), `pair ${own}`).toEqual(pair.conflicts);
      for (const side of ['ours', 'theirs'] as const) {
        const { value, open, bad } = resolve(merge, takeAll(side));
        expect([...open, ...bad]).toEqual([]);
        expect(canonicalOf(value), `pair ${own}`).toBe(canonicalOf(pair.merged[side]));
      }
      edits += pair.edits.ours + pair.edits.theirs + pair.edits.both;
      conflicts += pair.conflicts.length;
    }
    expect(edits).toBeGreaterThan(1_000);
    expect(conflicts > 0).toBe(clash);
  });
});
