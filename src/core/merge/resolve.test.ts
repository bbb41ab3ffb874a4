import { describe, expect, it } from 'vitest';
import { mergedTexts } from '../../../test/support/merge-told.ts';
import { canonicalOf, jsonNode } from '../../../test/support/merge-triples.ts';
import { automatic } from './choices.ts';
import { resolve } from './resolve.ts';
import type { Choice, ChoiceOf } from './unit.ts';

const s = (text: string): string => JSON.stringify(text);

const choose =
  (choice: Choice): ChoiceOf =>
  (unit) =>
    automatic(unit) ?? choice;
const both: Choice = { take: 'both', first: 'ours' };
const bothOther: Choice = { take: 'both', first: 'theirs' };
const edit = (text: string | null): Choice => ({ take: 'edit', text });

describe('choices', () => {
  it.each<readonly [string, string, string, string, Choice, string]>([
    ['both elements', '[1]', '[1,2]', '[1,3]', both, '[1,2,3]'],
    ['both, the other order', '[1]', '[1,2]', '[1,3]', bothOther, '[1,3,2]'],
    ['both lists that were added', '{}', '{"a":[1]}', '{"a":[2]}', bothOther, '{"a":[2,1]}'],
    ['both texts of one line', '"a"', '"b"', '"c"', both, s('b\nc')],
    ['both lines', s('a\n'), s('b\n'), s('c\n'), bothOther, s('c\nb\n')],
    [
      'both lines where the first ends without a line break',
      s('x\na'),
      s('x\nb'),
      s('x\nc'),
      both,
      s('x\nb\nc'),
    ],
    ['both lines of CRLF', s('x\r\na'), s('x\r\nb'), s('x\r\nc'), both, s('x\r\nb\r\nc')],
    ['base', '{"a":1}', '{"a":2}', '{"a":3}', { take: 'base' }, '{"a":1}'],
    ['base of what was added', '{}', '{"a":2}', '{"a":3}', { take: 'base' }, '{}'],
    ['another value', '{"a":1}', '{"a":2}', '{"a":3}', edit(' {"x": [1.50]} '), '{"a":{"x":[1.5]}}'],
    ['nothing', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":3,"b":1}', edit(null), '{"b":1}'],
    ['other elements', '[0,1,9]', '[0,2,9]', '[0,3,9]', edit('[4,5]'), '[0,4,5,9]'],
    ['no elements', '[0,1,9]', '[0,2,9]', '[0,3,9]', edit(null), '[0,9]'],
    [
      'other lines, and a line break after them',
      s('a\nx\nz\n'),
      s('a\nb\nz\n'),
      s('a\nc\nz\n'),
      edit('d'),
      s('a\nd\nz\n'),
    ],
    ['no lines', s('a\nx\nz\n'), s('a\nb\nz\n'), s('a\nc\nz\n'), edit(''), s('a\nz\n')],
    ['the whole document', '1', '2', '3', edit('[]'), '[]'],
    [
      'the order of theirs',
      '[{"id":1},{"id":2},{"id":3}]',
      '[{"id":2},{"id":1},{"id":3}]',
      '[{"id":1},{"id":3},{"id":2}]',
      { take: 'theirs' },
      '[{"id":1},{"id":3},{"id":2}]',
    ],
    [
      'the order of base',
      '[{"id":1},{"id":2},{"id":3}]',
      '[{"id":2},{"id":1},{"id":3}]',
      '[{"id":1},{"id":3},{"id":2}]',
      { take: 'base' },
      '[{"id":1},{"id":2},{"id":3}]',
    ],
  ])('%s', (_, base, ours, theirs, choice, result) => {
    const resolved = resolve(mergedTexts(base, ours, theirs), choose(choice));
    expect([...resolved.open, ...resolved.bad]).toEqual([]);
    expect(canonicalOf(resolved.value)).toBe(result);
  });

  it.each<readonly [string, string, string, string, Choice, RegExp]>([
    ['an edit that is no JSON', '1', '2', '3', edit('{"a":\n1 2}'), /^Line 2: /],
    ['an edit of elements that is no list', '[1]', '[2]', '[3]', edit('4'), /typed as a list/],
    ['half a character', '1', '2', '3', edit('"\\ud800"'), /surrogate/],
    ['both numbers', '1', '2', '3', both, /lists and of texts/],
    ['both objects', '{"a":{"b":1}}', '{"a":5}', '{"a":{"b":2}}', both, /lists and of texts/],
    [
      'both orders',
      '[{"id":1},{"id":2},{"id":3}]',
      '[{"id":2},{"id":1},{"id":3}]',
      '[{"id":1},{"id":3},{"id":2}]',
      both,
      /from one side/,
    ],
    ['both of one', '[1,2]', '[]', '[1,3]', both, /lists and of texts/],
  ])('that can’t be carried out: %s', (_, base, ours, theirs, choice, message) => {
    const { bad, open, value } = resolve(mergedTexts(base, ours, theirs), choose(choice));
    expect(open).toEqual([]);
    expect(bad).toHaveLength(1);
    expect(bad[0]!.message).toMatch(message);
    expect(canonicalOf(value)).toBe(canonicalOf(jsonNode(ours)));
  });

  it('overrule what was taken, and leave it open again', () => {
    const merge = mergedTexts('{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":1,"b":3}');
    const to = (choice: Choice | null) =>
      resolve(merge, (unit) => (unit.path === '/b' ? choice : automatic(unit)));
    expect(canonicalOf(to({ take: 'ours' }).value)).toBe('{"a":2,"b":1}');
    expect(canonicalOf(to(edit('7')).value)).toBe('{"a":2,"b":7}');
    expect(to(null).open.map((unit) => unit.id)).toEqual(['/b']);
  });
});
