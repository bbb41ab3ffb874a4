import { expect, test } from 'vitest';
import { visibleText } from './visible-text.ts';

test('shows what a name hides', () => {
  expect(visibleText('\u202Egnp.exe')).toBe('\uFFFDgnp.exe');
  expect(visibleText('a\u0007\u200Bb\nc')).toBe('a\uFFFD\uFFFDb\uFFFDc');
  expect(visibleText('a\u200Db 👩🏽\u200D💻 👩\u200D')).toBe('a\uFFFDb 👩🏽\u200D💻 👩\uFFFD');
  expect(visibleText('größer/日本語 👍 العربية')).toBe('größer/日本語 👍 العربية');
});
