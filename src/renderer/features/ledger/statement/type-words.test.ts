import { expect, it } from 'vitest';
import { typeWord } from './type-words.ts';

it('says a stored type in the words of the statement, and another one as it stands', () => {
  expect(typeWord('usage.commit')).toBe('Spent');
  expect(typeWord('budget.deny')).toBe('Denied');
  expect(typeWord('of.a.later.version')).toBe('of.a.later.version');
  expect(typeWord('')).toBe('No type');
});
