import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromEditor, toEditor } from './line-ends.ts';

const line = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '\u2028', '\u0085', '\f', '\v', '\u2029'),
  maxLength: 4,
});
const text = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 12 }), line)
  .map(([bom, lines, last]) => (bom ? '\ufeff' : '') + lines.map(([one, end]) => one + end).join('') + last);

describe('line ends', () => {
  test('a text that was not edited comes back byte for byte', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(fromEditor(one, toEditor(one))).toBe(one);
      }),
    );
  });

  test('the editor gets LF only, and every other line separator stays a character', () => {
    fc.assert(
      fc.property(text, (one) => {
        const made = toEditor(one);
        expect(made).not.toMatch(/\r|^\ufeff/);
        expect(made.replaceAll('\n', '')).toBe(one.replace(/^\ufeff/, '').replaceAll(/[\r\n]/g, ''));
      }),
    );
  });

  test('editing one line changes that line only', () => {
    fc.assert(
      fc.property(text, fc.nat(), (one, pick) => {
        const lines = toEditor(one).split('\n');
        const at = pick % lines.length;
        const edited = lines.with(at, 'edited!').join('\n');
        const back = fromEditor(one, edited);
        expect(toEditor(back)).toBe(edited);
        expect(back.match(/\r\n|\r|\n/g)).toEqual(one.match(/\r\n|\r|\n/g));
        expect(back.startsWith('\ufeff')).toBe(one.startsWith('\ufeff'));
      }),
    );
  });

  test('what comes back is what was edited, whatever it is', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(toEditor(fromEditor(one, toEditor(other)))).toBe(toEditor(other));
      }),
    );
  });

  test('a new line takes the end of the line before it', () => {
    expect(fromEditor('a\r\nb\r\nc\n', 'a\nnew\nb\nc\n')).toBe('a\r\nnew\r\nb\r\nc\n');
    expect(fromEditor('a\nb\r\n', 'a\nb\nnew\n')).toBe('a\nb\r\nnew\r\n');
    expect(fromEditor('a\r\nb', 'a\nb\nc')).toBe('a\r\nb\r\nc');
    expect(fromEditor('a\rb\r', 'new\na\nb\n')).toBe('new\ra\rb\r');
  });

  test('the final line end is as it was edited', () => {
    expect(fromEditor('a\r\nb\r\n', 'a\nb')).toBe('a\r\nb');
    expect(fromEditor('a\r\nb', 'a\nb\n')).toBe('a\r\nb\r\n');
    expect(fromEditor('a\n', 'a')).toBe('a');
  });

  test('a removed line takes its end along', () => {
    expect(fromEditor('a\r\nb\nc\r\n', 'a\nc\n')).toBe('a\r\nc\r\n');
  });
});
