import { describe, expect, it } from 'vitest';
import '../../../test/support/data-folder.ts';
import { copyGolden, expectedOf } from '../../../test/support/goldens.ts';
import { canonicalOf } from '../../../test/support/merge-triples.ts';
import { field, textOf } from '../json/build.ts';
import { parseJsonBytes } from '../json/decode.ts';
import type { JsonNode } from '../json/tree.ts';
import { repositoryAt } from '../vek/paths.ts';
import { lookAtVek } from '../vek/store.ts';
import { takeAll } from './choices.ts';
import { mergeJson } from './merge.ts';
import { resolve } from './resolve.ts';
import type { Unit } from './unit.ts';

const golden = expectedOf('conflict') as {
  named: Record<string, string>;
  three_way: { base_ours_theirs: Record<string, string[]> };
};
const lists = golden.three_way.base_ours_theirs;
const paths = repositoryAt(copyGolden('conflict'))!;

/** The output of a call that the golden names, as it is stored. */
function output(name: string): JsonNode {
  const looked = lookAtVek(paths, (s) => s.object(s.node(golden.named[name]!)!.output_hash)!.bytes);
  const parsed = looked.ok ? parseJsonBytes(looked.value) : null;
  if (!parsed?.ok) throw new Error(`No output of ${name}`);
  return parsed.node;
}

const pathsOf = (units: readonly Unit[], taken: Unit['taken']): readonly string[] =>
  [...new Set(units.filter((unit) => unit.taken === taken).map((unit) => unit.path))].toSorted();

describe('the hand-written expectations of the golden “conflict”', () => {
  const merge = mergeJson(output('base'), output('ours'), output('theirs'));
  const strategy = new Set(lists['depends_on_array_or_text_strategy']);
  const units = merge.units.filter((unit) => !strategy.has(unit.path));

  it.each([
    ['ours', 'auto_from_ours'],
    ['theirs', 'auto_from_theirs'],
    ['both', 'same_change_both_sides'],
    [null, 'true_conflicts'],
  ] as const)('taken from %s: %s', (taken, list) => {
    expect(lists[list]!.length).toBeGreaterThan(2);
    expect(pathsOf(units, taken)).toEqual(lists[list]!.toSorted());
  });

  it('merges the list and the text on both sides without a conflict', () => {
    const parts = merge.units.filter((unit) => strategy.has(unit.path));
    expect(parts.map(({ id, taken }) => [id, taken])).toEqual([
      ['/notes#0', 'ours'],
      ['/notes#1', 'theirs'],
      ['/stops#0', 'ours'],
      ['/stops#1', 'theirs'],
    ]);
    const { value } = resolve(merge);
    expect(canonicalOf(field(value, 'stops'))).toBe('["Lyon","Geneva","Turin","Milan","Venice"]');
    expect(textOf(field(value, 'notes'))).toBe('Book very early.\nPack light.\nBring paper maps.\n');
  });

  it('tells the kinds of the conflicts', () => {
    const kinds = Object.fromEntries(
      merge.units.filter((unit) => unit.taken === null).map((unit) => [unit.path, unit.kind]),
    );
    expect(kinds).toEqual({
      '/title': 'modify/modify',
      '/budget/total': 'modify/modify',
      '/obsolete': 'delete/modify',
      '/added_both_diff': 'add/add',
    });
  });
});

describe('the other branches of the golden', () => {
  it('that overlap nowhere merge without a conflict', () => {
    const [base, a, b] = [output('base'), output('clean_a'), output('clean_b')];
    const merge = mergeJson(base, a, b);
    expect(new Set(merge.units.map((unit) => unit.taken))).toEqual(new Set(['ours', 'theirs']));
    const { value, open } = resolve(merge);
    expect(open).toEqual([]);
    for (const name of ['a', 'b'] as const) {
      const only = mergeJson(base, name === 'a' ? a : base, name === 'b' ? b : base);
      expect(canonicalOf(value)).not.toBe(canonicalOf(resolve(only).value));
    }
    expect(canonicalOf(resolve(mergeJson(base, b, a)).value)).toBe(canonicalOf(value));
  });

  it('that replaced containers by other types conflict where the other side changed what was in them', () => {
    const merge = mergeJson(output('base'), output('ours'), output('type_change'));
    const conflicts = merge.units.filter((unit) => unit.taken === null);
    expect(conflicts.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      '/budget type',
      '/people type',
      '/stops type',
    ]);
    const { open, bad } = resolve(merge, takeAll('theirs'));
    expect([...open, ...bad]).toEqual([]);
  });

  it('of another shape altogether conflict as far as both changed something', () => {
    const merge = mergeJson(output('base'), output('ours'), output('retooled'));
    const conflicts = merge.units.filter((unit) => unit.taken === null);
    expect(conflicts.map(({ path, kind }) => `${path} ${kind}`)).toEqual([' type']);
  });
});
