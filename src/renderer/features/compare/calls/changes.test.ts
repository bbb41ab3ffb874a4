import { describe, expect, test } from 'vitest';
import type { Content } from '../../../../contract/vek.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { prettyJson } from '../../../../core/json/pretty.ts';
import { changesBetween, countWords, type Change } from './changes.ts';

let made = 0;
const content = (form: Content['form'], text: string): Content => {
  made += 1;
  return { hash: `h${made}`, bytes: text.length, form, text, cut: false, notes: [] };
};

const json = (text: string): Content => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return content('json', prettyJson(parsed.node).text);
};

const told = ({ op, where, old, now, words }: Change): string => {
  const lines = [old, now].map((at) => (at === null ? '-' : `${at.from}-${at.to}`)).join(' ');
  const text = words.kind === 'pair' ? `${words.old} → ${words.now} ${words.more}` : words.text;
  return `${op} ${where} ${lines} ${text}`.trim();
};

const note = (number: string): Content =>
  json(
    `{"note":"Measured on a Pixel 8 in a quiet room, mean over ${number} queries.\\nCold cache excluded, and ${number} runs."}`,
  );

const word = (last: string): Content =>
  json(`{"a":"${'word '.repeat(9000)}the ${last}, end ${'x '.repeat(99)}"}`);

describe('the changes between two contents', () => {
  test('of JSON have paths, lines and words', () => {
    const changes = changesBetween(
      json('{"metric":"mean_ms","rows":[{"name":"a","p95":17.9},{"name":"b","p95":1}],"gone":[1]}'),
      json('{"metric":"p95_ms","rows":[{"name":"a","p95":21.0},{"name":"b","p95":1}],"unit":{"x":1}}'),
    );
    expect(changes.map(told)).toEqual([
      'remove /gone 13-15 - [ 1 ]',
      'change /metric 2-2 2-2 "mean_ms" → "p95_ms"',
      'change /rows[0]/p95 6-6 6-6 17.9 → 21.0',
      'add /unit - 13-15 { "x": 1 }',
    ]);
    expect(countWords(changes, true)).toBe('4 fields differ');
    expect(countWords(changes.slice(1, 2), true)).toBe('1 field differs');
  });

  test('of a long text name its first words that differ', () => {
    expect(changesBetween(note('10,000'), note('1,000')).map(told)).toEqual([
      'change /note 2-2 2-2 “10,000” → “1,000” and 1 more place',
    ]);
  });

  test('of a text too long for word marks are found by what its ends have in common', () => {
    expect(changesBetween(word('before'), word('after')).map(told)).toEqual([
      'change /a 2-2 2-2 “before,” → “after,”',
    ]);
  });

  test('are moves where elements of a list changed their places', () => {
    expect(changesBetween(json('[1,{"a":2},3,4]'), json('[1,3,4,{"a":2}]')).map(told)).toEqual([
      'move [3] 3-5 5-7 moved, was [1]',
    ]);
  });

  test('of equal values are none, however they are written', () => {
    expect(changesBetween(json('{"a":1,"b":2}'), json('{"b":2,"a":1}'))).toEqual([]);
    expect(changesBetween(content('text', 'a'), content('text', 'a'))).toEqual([]);
  });

  test('of another kind of value say so, and an element that moved says where it was', () => {
    const long = 'x'.repeat(100);
    expect(changesBetween(json(`{"a":"${long}"}`), json('{"a":[1]}')).map(told)).toEqual([
      'change /a 2-2 2-4 was a text, now a list',
    ]);
    expect(
      changesBetween(json('[{"id":1,"v":2}]'), json('[{"id":0,"v":2},{"id":1,"v":3}]')).map(told),
    ).toContainEqual(expect.stringContaining('change [1]/v 4-4 8-8 2 → 3 was [0]/v'));
    expect(changesBetween(json('1'), json('2')).map(told)).toEqual(['change the whole value 1-1 1-1 1 → 2']);
  });

  test('of texts are lines', () => {
    const changes = changesBetween(
      content('text', 'one\ntwo\nthree\nfour\nfive\n'),
      content('text', 'one\nthree\nfour and more\nfive\nsix\nseven'),
    );
    expect(changes.map(told)).toEqual([
      'remove line 2 2-2 - two',
      'change line 3 4-4 3-3 nothing → “ and more”',
      'add lines 5–6 - 5-6 six seven',
    ]);
    expect(countWords(changes, false)).toBe('3 places differ');
  });

  test('never turn hidden signs into ones that act', () => {
    const [change] = changesBetween(json('{"a\u202eb":"x\\u0007"}'), json('{"a\u202eb":"y"}'));
    expect(told(change!)).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });
});
