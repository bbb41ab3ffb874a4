import { expect, test } from 'vitest';
import { hintText, visibleText } from './visible-text.ts';

test('shows what a name hides', () => {
  expect(visibleText('\u202Egnp.exe')).toBe('\uFFFDgnp.exe');
  expect(visibleText('a\u0007\u200Bb\nc')).toBe('a\uFFFD\uFFFDb\uFFFDc');
  expect(visibleText('a\u200Db 👩🏽\u200D💻 👩\u200D')).toBe('a\uFFFDb 👩🏽\u200D💻 👩\uFFFD');
  expect(visibleText('größer/日本語 👍 العربية')).toBe('größer/日本語 👍 العربية');
});

test('a hint keeps both ends of a name of any length, and hides no sign that turns the text', () => {
  expect(hintText('short')).toBe('short');
  expect(hintText('a\u202Eb')).toBe('a\uFFFDb');
  const long = hintText(`begin ${'x'.repeat(10_000)} end`);
  expect(long.length).toBeLessThan(700);
  expect(long).toMatch(/^begin x+…x+ end$/);
  const smile = hintText('🚀'.repeat(10_000));
  expect([...smile].every((sign) => sign === '🚀' || sign === '…')).toBe(true);
  expect(hintText('🚀'.repeat(600))).toBe('🚀'.repeat(600));
});
