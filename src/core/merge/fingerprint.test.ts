import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTriple, canonicalOf, respelled } from '../../../test/support/merge-triples.ts';
import { mergedTexts } from '../../../test/support/merge-told.ts';
import { canKeepBoth, choicesFor, validEdit } from './choices.ts';
import { fingerprintOf } from './fingerprint.ts';
import { mergeJson } from './merge.ts';
import type { Unit, Value } from './unit.ts';

const written = (value: Value): Value => (value === undefined ? undefined : respelled(value));
const canonical = ({ what, base, ours, theirs }: Unit): string =>
  [what, ...[base, ours, theirs].map(canonicalOf)].join('\n');

describe('the fingerprint of a unit', () => {
  it('is the same exactly where its values are', () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(anyTriple, (triple) => {
        for (const unit of mergeJson(...triple).units) {
          const print = fingerprintOf(unit);
          expect(print).toMatch(/^[0-9a-f]{16}$/);
          const other = {
            ...unit,
            base: written(unit.base),
            ours: written(unit.ours),
            theirs: written(unit.theirs),
          };
          expect(fingerprintOf(other)).toBe(print);
          expect(seen.get(print) ?? canonical(unit)).toBe(canonical(unit));
          seen.set(print, canonical(unit));
        }
      }),
      { numRuns: 500 },
    );
    expect(new Set(seen.values()).size).toBe(seen.size);
  });

  it('tells absent values, sides and kinds of containers apart', () => {
    const texts: readonly (readonly [string, string, string])[] = [
      ['{}', '{"a":1}', '{"a":2}'],
      ['{}', '{"a":2}', '{"a":1}'],
      ['{"a":null}', '{"a":1}', '{"a":2}'],
      ['{"a":0}', '{}', '{"a":2}'],
      ['{"a":0}', '{"a":{}}', '{"a":2}'],
      ['{"a":0}', '{"a":[]}', '{"a":2}'],
      ['{"a":0}', '{"a":""}', '{"a":2}'],
      ['{"a":0}', '{"a":"1"}', '{"a":2}'],
      ['{"a":0}', '{"a":1}', '{"a":2}'],
      ['{"a":0}', '{"a":1.0}', '{"a":2}'],
      ['{"a":0}', '{"a":["ab"]}', '{"a":2}'],
      ['{"a":0}', '{"a":["a","b"]}', '{"a":2}'],
      ['{"a":0}', '{"a":[["a"],"b"]}', '{"a":2}'],
    ];
    const prints = texts.map((triple) => fingerprintOf(mergedTexts(...triple).units[0]!));
    expect(new Set(prints).size).toBe(texts.length);
    // kept choices of earlier versions must still fit
    expect(prints[0]).toBe('79ff106747975001');
  });
});

describe('the choices that a unit offers', () => {
  it.each<readonly [string, string, string, string]>([
    ['1', '2', '3', 'base ours theirs edit'],
    ['"a"', '"b"', '"c"', 'base ours theirs both edit'],
    ['"a"', '""', '"c"', 'base ours theirs edit'],
    ['[1]', '[2]', '[3]', 'base ours theirs both edit'],
    ['{"a":1}', '5', '[1]', 'base ours theirs edit'],
    [
      '[{"id":1},{"id":2},{"id":3}]',
      '[{"id":2},{"id":1},{"id":3}]',
      '[{"id":1},{"id":3},{"id":2}]',
      'base ours theirs',
    ],
  ])('%s, %s, %s', (base, ours, theirs, choices) => {
    const unit = mergedTexts(base, ours, theirs).units[0]!;
    expect(choicesFor(unit).join(' ')).toBe(choices);
    expect(canKeepBoth(unit)).toBe(choices.includes('both'));
  });

  it('say whether what is typed can be read', () => {
    expect(validEdit('value', '{"a":1}')).toEqual({ ok: true });
    expect(validEdit('value', '{"a":\n\n}')).toMatchObject({ ok: false, line: 3 });
    expect(validEdit('items', '{}')).toMatchObject({ ok: false });
    expect(validEdit('items', '[{}]')).toEqual({ ok: true });
    expect(validEdit('lines', 'anything {')).toEqual({ ok: true });
    expect(validEdit('order', '[1]')).toMatchObject({ ok: false });
  });
});
