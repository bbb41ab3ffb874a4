import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MergeUnit, UnitValue } from '../../../../contract/merge.ts';
import { prettyJson } from '../../../../core/json/pretty.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { piecesOf } from './pieces.ts';
import { shownSides } from './shown.ts';

const value = (text: string): UnitValue => ({ text, bytes: text.length, cut: false });
const unit = (more: Partial<MergeUnit>): MergeUnit => ({
  id: '/x',
  path: '/x',
  what: 'value',
  kind: 'modify/modify',
  taken: null,
  base: null,
  ours: null,
  theirs: null,
  at: null,
  fingerprint: '',
  both: false,
  baseDisputed: false,
  ...more,
});

it('pieces joined are the text, and exactly what is marked is marked', () => {
  const ranges = fc
    .array(fc.nat(60), { maxLength: 8 })
    .map((ends) => ends.toSorted((a, b) => a - b))
    .map((ends) =>
      ends.flatMap((from, index) =>
        index % 2 === 0 && ends[index + 1] !== undefined ? [{ from, to: ends[index + 1]! }] : [],
      ),
    )
    .map((list) => list.filter(({ from }, index) => index === 0 || from > list[index - 1]!.to));
  fc.assert(
    fc.property(
      fc.json().map((text) => {
        const read = parseJson(text);
        return read.ok ? prettyJson(read.node).text : text;
      }),
      ranges,
      fc.constantFrom('json' as const, 'text' as const),
      (text, list, form) => {
        const marks = list.filter(({ from, to }) => from < text.length && to <= text.length);
        const pieces = piecesOf(text, form, marks);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        const marked = pieces
          .filter((piece) => piece.marked)
          .map((piece) => piece.text)
          .join('');
        expect(marked).toBe(marks.map(({ from, to }) => text.slice(from, to)).join(''));
        expect(pieces.filter(({ gone }) => gone).length > 0).toBe(
          marks.some(({ from, to }) => from === to) && text !== '',
        );
      },
    ),
  );
});

it('numbers are marked whole, texts by their words, what is gone has its place', () => {
  const numbers = shownSides(unit({ base: value('18.4'), ours: value('17.9'), theirs: value('21.0') }));
  expect(numbers.ours).toMatchObject({ text: '17.9', scalar: true, form: 'json' });
  expect(numbers.marks).toEqual({ ours: [{ from: 0, to: 4 }], theirs: [{ from: 0, to: 4 }] });
  const texts = shownSides(
    unit({
      what: 'lines',
      base: value('mean over 1,000 queries.\n'),
      ours: value('mean over 10,000 queries.\n'),
      theirs: value('mean over queries.\n'),
    }),
  );
  const marked = texts.marks.ours.map(({ from, to }) => texts.ours!.text.slice(from, to));
  expect(marked).toEqual(['10,000']);
  expect(texts.marks.theirs.every(({ from, to }) => from === to)).toBe(true);
  expect(texts.marks.theirs).toHaveLength(1);
});

it('values are written alike on all three sides, on one line only where all are short', () => {
  const short = shownSides(unit({ base: value('{"a":1}'), ours: value('{"a":2}'), theirs: null }));
  expect([short.base?.text, short.ours?.text, short.theirs]).toEqual(['{ "a": 1 }', '{ "a": 2 }', null]);
  const long = `{"a":"${'x'.repeat(80)}"}`;
  const lined = shownSides(unit({ base: value('{"a":1}'), ours: value(long), theirs: value('[]') }));
  expect(lined.base?.text).toBe('{\n  "a": 1\n}');
  const items = shownSides(
    unit({ what: 'items', base: value('[]'), ours: value('["a","b"]'), theirs: value('[1.0]') }),
  );
  expect([items.base?.text, items.ours?.text, items.theirs?.text]).toEqual(['', '"a", "b"', '1.0']);
});

it('a value that is cut is shown as far as it is there', () => {
  const cut = shownSides(unit({ ours: { text: '{"a":[1,2,{"b":"some te', bytes: 9000, cut: true } }));
  expect(cut.ours).toMatchObject({ cut: true, form: 'json' });
  expect(cut.ours?.text).toContain('"b": "some te"');
  const broken = shownSides(unit({ ours: value('no json') }));
  expect(broken.ours?.cut).toBe(true);
});
