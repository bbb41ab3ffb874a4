import { expect, test } from 'vitest';
import type { Content } from '../../../../contract/vek.ts';
import { codesOf } from './code-of.ts';

const content = (text: string, form: Content['form'] = 'text'): Content => ({
  hash: 'h',
  bytes: text.length,
  form,
  text,
  cut: false,
  notes: [],
});

test('line endings of one kind are left alone, several kinds are shown', () => {
  const same = codesOf(content('a\r\nb'), content('a\r\nc\r\n'));
  expect([same.old.text, same.now.text]).toEqual(['a\r\nb', 'a\r\nc\r\n']);
  const other = codesOf(content('a\r\nb\r'), content('a\nb'));
  expect([other.old.text, other.now.text]).toEqual(['a␍\nb␍\n', 'a\nb']);
  expect(other.old.key).not.toBe(same.old.key);
  expect(codesOf(content('{}', 'json'), content('[]', 'hex'))).toMatchObject({
    old: { json: true },
    now: { json: false },
  });
});
