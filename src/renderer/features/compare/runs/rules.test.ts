import { expect, it } from 'vitest';
import { MOST_FIELDS, NOTHING_IGNORED, rulesWords, sameRules, withField, withoutField } from './rules.ts';

it('fields are added once, up to the most that the engine takes', () => {
  const one = withField(NOTHING_IGNORED, 'seed');
  expect(one.fields).toEqual(['seed']);
  expect(withField(one, 'seed')).toBe(one);
  expect(withField(one, '')).toBe(one);
  expect(withField(one, 'x'.repeat(300))).toBe(one);
  expect(withoutField(one, 'seed')).toEqual(NOTHING_IGNORED);
  const full = { ...NOTHING_IGNORED, fields: Array.from({ length: MOST_FIELDS }, (_, i) => `f${i}`) };
  expect(withField(full, 'more')).toBe(full);
});

it('the same rules are the same in any order', () => {
  expect(
    sameRules({ ...NOTHING_IGNORED, fields: ['a', 'b'] }, { ...NOTHING_IGNORED, fields: ['b', 'a'] }),
  ).toBe(true);
  expect(sameRules(NOTHING_IGNORED, { ...NOTHING_IGNORED, times: true })).toBe(false);
});

it('the button says what is ignored', () => {
  expect(rulesWords(NOTHING_IGNORED)).toBe('Ignore…');
  expect(rulesWords({ times: true, ids: true, fields: [] })).toBe('Ignoring times and ids');
  expect(rulesWords({ times: true, ids: true, fields: ['seed'] })).toBe('Ignoring 3 kinds of fields');
});
