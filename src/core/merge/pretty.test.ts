import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTriple, canonicalOf, jsonNode, textTriple } from '../../../test/support/merge-triples.ts';
import { get } from '../json/pointer.ts';
import { prettyJson } from '../json/pretty.ts';
import { automatic, takeAll } from './choices.ts';
import { mergeJson, mergeText } from './merge.ts';
import type { Merge, Pane } from './merged.ts';
import { prettyResult, prettySide, type PrettySide } from './pretty.ts';
import { resolve } from './resolve.ts';
import type { Choice, ChoiceOf, Unit } from './unit.ts';

const panes: readonly Pane[] = ['base', 'ours', 'theirs'];
const linesOf = (text: string): readonly string[] => text.split('\n');
const choices: readonly (Choice | null)[] = [
  null,
  { take: 'base' },
  { take: 'ours' },
  { take: 'theirs' },
  { take: 'both', first: 'ours' },
  { take: 'both', first: 'theirs' },
  { take: 'edit', text: '{"x":[1,\n2]}' },
  { take: 'edit', text: '[]' },
  { take: 'edit', text: null },
];
const someChoices = fc.infiniteStream(fc.constantFrom(...choices));

const mixed: ChoiceOf = (unit) => {
  if (unit.path === '/c') return { take: 'edit', text: '{\n"k": 1}' };
  return unit.path === '/g' ? { take: 'both', first: 'theirs' } : automatic(unit);
};

/** Every unit has exactly one place in every text, and none leads out of it. */
function expectPlaces(merge: Merge, { text, places }: PrettySide): void {
  const lines = linesOf(text).length;
  const known = new Set(merge.units.map((unit) => unit.id));
  expect(new Set(places.map((place) => place.unit)).size).toBe(places.length);
  for (const { unit, from, to } of places) {
    expect(known.has(unit)).toBe(true);
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBeGreaterThanOrEqual(from);
    expect(to).toBeLessThanOrEqual(lines);
  }
}

describe('the result as text', () => {
  it('is laid out as any JSON is, and every line says where it comes from', () => {
    fc.assert(
      fc.property(anyTriple, someChoices, ([base, ours, theirs], stream) => {
        const merge = mergeJson(base, ours, theirs);
        const made = new Map(merge.units.map((unit) => [unit.id, stream.next().value as Choice | null]));
        const resolved = resolve(merge, (unit) => made.get(unit.id)!);
        const pretty = prettyResult(resolved);
        expect(pretty.text).toBe(resolved.value === undefined ? '' : prettyJson(resolved.value).text);
        expect(pretty.origins).toHaveLength(linesOf(pretty.text).length);
        expectPlaces(merge, pretty);
        expect(pretty.places).toHaveLength(merge.units.length);
        if (resolved.open.length === 0 && resolved.bad.length === 0)
          expect(pretty.origins).not.toContain('open');
        if (resolved.value !== undefined)
          expect(canonicalOf(jsonNode(pretty.text))).toBe(canonicalOf(resolved.value));
      }),
      { numRuns: 400 },
    );
  });

  it('shows each side as it is, with the same units', () => {
    fc.assert(
      fc.property(anyTriple, ([base, ours, theirs]) => {
        const merge = mergeJson(base, ours, theirs);
        for (const pane of panes) {
          const pretty = prettySide(merge, pane);
          const value = merge.sides[pane];
          expect(pretty.text).toBe(value === undefined ? '' : prettyJson(value).text);
          expectPlaces(merge, pretty);
        }
        // the lines of a unit on a side hold its value there
        const text = prettySide(merge, 'theirs');
        const byId = new Map(merge.units.map((unit) => [unit.id, unit]));
        for (const place of text.places) {
          const { what, theirs: value } = byId.get(place.unit)!;
          if (what !== 'value') continue;
          expect(place.to === place.from).toBe(value === undefined);
          if (value === undefined) continue;
          const shown = linesOf(text.text).slice(place.from, place.to).join('\n').trim().replace(/,$/, '');
          const own = prettyJson(value).text.replaceAll(/\n +/g, '\n');
          expect(shown.replaceAll(/\n +/g, '\n').endsWith(own)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('of a text of lines is those lines', () => {
    fc.assert(
      fc.property(textTriple, ([base, ours, theirs]) => {
        const merge = mergeText(base, ours, theirs);
        for (const choiceOf of [takeAll('ours'), takeAll('theirs')]) {
          const resolved = resolve(merge, choiceOf);
          const pretty = prettyResult(resolved);
          expect({ kind: 'string', value: pretty.text }).toEqual(resolved.value);
          expect(pretty.origins).toHaveLength(linesOf(pretty.text).length);
          expectPlaces(merge, pretty);
          expect(pretty.places).toHaveLength(merge.units.length);
        }
        panes.forEach((pane, i) => expect(prettySide(merge, pane).text).toBe([base, ours, theirs][i]));
      }),
      { numRuns: 300 },
    );
  });

  it('is cut where it is longer than asked for', () => {
    fc.assert(
      fc.property(anyTriple, fc.nat(60), ([base, ours, theirs], maxChars) => {
        const merge = mergeJson(base, ours, theirs);
        const whole = prettyResult(resolve(merge));
        const cut = prettyResult(resolve(merge), { maxChars });
        expect(cut.cut).toBe(whole.text.length > maxChars);
        expect(whole.text.startsWith(cut.text)).toBe(true);
        expect(cut.text.length).toBeGreaterThanOrEqual(Math.min(whole.text.length, maxChars) - 1);
        expect(cut.text.length).toBeLessThanOrEqual(maxChars);
        expect(cut.origins).toEqual(whole.origins.slice(0, linesOf(cut.text).length));
        expectPlaces(merge, cut);
        const side = prettySide(merge, 'theirs', { maxChars });
        expect(prettySide(merge, 'theirs').text.startsWith(side.text)).toBe(true);
        expectPlaces(merge, side);
      }),
      { numRuns: 300 },
    );
  });

  it('names the origin of each line', () => {
    const merge = mergeJson(
      jsonNode('{"a":1,"b":[1,2],"c":"x","d":0,"e":0,"f":0}'),
      jsonNode('{"a":2,"b":[1,2],"c":"y","d":1,"e":0,"g":[3]}'),
      jsonNode('{"a":1,"b":[1,2,3],"c":"z","d":1,"f":1,"g":[4]}'),
    );
    const { text, origins } = prettyResult(resolve(merge, mixed));
    expect(linesOf(text).map((line, i) => `${origins[i]}: ${line}`)).toEqual([
      'base: {',
      'ours:   "a": 2,',
      'base:   "b": [',
      'base:     1,',
      'base:     2,',
      'theirs:     3',
      'base:   ],',
      'edit:   "c": {',
      'edit:     "k": 1',
      'edit:   },',
      'both:   "d": 1,',
      'both:   "g": [',
      'theirs:     4,',
      'ours:     3',
      'both:   ]',
      'base: }',
    ]);
  });
});

describe('the path of a unit', () => {
  it('leads to its values on the side that its indices count', () => {
    let seen = 0;
    fc.assert(
      fc.property(anyTriple, ([base, ours, theirs]) => {
        for (const unit of mergeJson(base, ours, theirs).units) {
          const pane = paneOf(unit);
          const root = { base, ours, theirs }[pane ?? 'ours'];
          if (pane === null || root === undefined) continue;
          seen += 1;
          const value = get(root, pointerOf(unit.path));
          if (unit.what === 'value') expect(value).toEqual(unit[pane]);
          else expect(value?.kind).toBe(unit.what === 'lines' ? 'string' : 'array');
        }
      }),
      { numRuns: 400 },
    );
    expect(seen).toBeGreaterThan(200);
  });

  it('counts in ours where ours has the element, else in theirs, else in base', () => {
    const merge = mergeJson(list(1, 2, 3), list(2, 9), list(7, 8, 1));
    const told = merge.units.map(({ path, id, kind, taken }) => `${path} ${id} ${kind} ${taken}`);
    expect(told.toSorted()).toEqual([
      '/a[0] /a[+0] add theirs',
      '/a[0] /a[0] delete theirs',
      '/a[1] /a[+1] add theirs',
      '/a[1] /a[1] add ours',
      '/a[2] /a[+2] delete ours',
      '/a[2] /a[-2] delete both',
    ]);
  });
});

const list = (...ids: readonly number[]) =>
  jsonNode(`{"a":[${ids.map((id) => `{"id":${id},"v":${id}}`).join()}]}`);

/** The one side that all indices of a path count in and that has a value there; null where there are several. */
function paneOf({ id, what, ours, theirs }: Unit): Pane | null {
  const marks = new Set(Array.from(id.matchAll(/\[([+-]?)\d+\]/g), (match) => match[1]));
  if (marks.size === 0)
    return what !== 'value' || ours !== undefined ? 'ours' : theirs !== undefined ? 'theirs' : 'base';
  if (marks.size > 1) return null;
  const pane = marks.has('') ? 'ours' : marks.has('+') ? 'theirs' : 'base';
  return pane === 'ours' && what === 'value' && ours === undefined ? null : pane;
}

function pointerOf(path: string): string {
  return path.replaceAll(/\[(\d+)\]/g, '/$1').replaceAll('~2', '[');
}
