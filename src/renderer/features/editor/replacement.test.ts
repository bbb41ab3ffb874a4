import { assert, constantFrom, array, property } from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../../../core/agents/forms/edits.ts';
import { replacement } from './replacement.ts';

test('one small edit makes a text of another', () => {
  expect(replacement('name: a\n', 'name: a\n')).toBeNull();
  expect(replacement('name: a: b\n', 'name: "a: b"\n')).toEqual({ from: 6, to: 10, text: '"a: b"' });
  const text = array(constantFrom('a', 'b', '\n')).map((parts) => parts.join(''));
  assert(
    property(text, text, (before, after) => {
      const edit = replacement(before, after);
      expect(edit === null ? before : applyEdits(before, [edit])).toBe(after);
    }),
  );
});
