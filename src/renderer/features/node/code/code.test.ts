import { describe, expect, test } from 'vitest';
import { VEK_JSON_RULES } from './json-language.ts';
import { codeTheme } from './theme.ts';

/** The token of the first rule that fits at the start of a text, as Monarch picks it. */
function tokenOf(text: string): readonly [string, string] {
  for (const [pattern, token] of VEK_JSON_RULES.tokenizer.root) {
    const match = new RegExp(`^(?:${pattern.source})`).exec(text);
    if (match !== null && match[0] !== '') return [match[0], token];
  }
  return ['', 'none'];
}

describe('the colours of JSON', () => {
  test('keys differ from strings, and escapes stay inside', () => {
    expect(tokenOf('"a\\"b" : 1')).toEqual(['"a\\"b"', 'key']);
    expect(tokenOf('"a\\"b", 1')).toEqual(['"a\\"b"', 'string']);
    expect(tokenOf('"cut off')).toEqual(['"cut off', 'string']);
  });

  test('the words that vek writes for odd floats are numbers', () => {
    for (const number of [
      'NaN',
      'Infinity',
      '-Infinity',
      '-0.0',
      '1e+16',
      '1.5e-07',
      '12345678901234567890',
    ]) {
      expect(tokenOf(number)).toEqual([number, 'number']);
    }
    expect(tokenOf('null')).toEqual(['null', 'literal']);
  });
});

test('a theme writes every colour with six digits or more, as Monaco wants it', () => {
  const theme = codeTheme(true, (name) => (name === '--bg-surface' ? ' #fff' : '#1A1D23'));
  expect(theme.colors['editor.background']).toBe('#ffffff');
  for (const colour of Object.values(theme.colors)) expect(colour).toMatch(/^#[0-9a-f]{6}([0-9a-f]{2})?$/i);
  for (const rule of theme.rules) expect(rule.foreground).toMatch(/^[0-9a-f]{6}$/i);
});
