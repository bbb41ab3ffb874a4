import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outlineOf } from './outline.ts';

const short = (text: string): readonly unknown[] =>
  outlineOf(text).map(({ kind, title, level, line, endLine }) => [kind, title, level, line, endLine]);

describe('the outline of a text', () => {
  test('names headings with what stands below them', () => {
    expect(short('# One\n\na\n\n## Two ##\nb\n\n# Three\n')).toEqual([
      ['heading', 'One', 1, 1, 7],
      ['heading', 'Two', 2, 5, 7],
      ['heading', 'Three', 1, 8, 9],
    ]);
  });

  test('takes no heading out of fences and headers', () => {
    expect(
      short('---\n# no\na: 1\n---\nText\n\n```sh\n# no\n```\n\n~~~~\n# no\n~~~\n~~~~\n## Yes\n'),
    ).toEqual([
      ['header', '', 0, 1, 4],
      ['opening', '', 0, 5, 14],
      ['heading', 'Yes', 2, 15, 16],
    ]);
  });

  test('an open fence hides all that follows', () => {
    expect(short('# a\n```\n# b\n')).toEqual([['heading', 'a', 1, 1, 4]]);
  });

  test('seven signs, or none behind a blank, are no heading', () => {
    expect(short('####### a\n#b\n    # c\n#\n')).toEqual([
      ['opening', '', 0, 1, 3],
      ['heading', '', 1, 4, 5],
    ]);
  });

  test('line ends count as one character', () => {
    const [a] = outlineOf('# a\r\nbcd\r\n');
    const [b] = outlineOf('# a\nbcd\n');
    expect(a).toEqual(b);
    expect(b).toMatchObject({ characters: 8, own: 8, tokens: 2 });
  });

  test('its own parts sum up to the text', () => {
    const lines = fc.array(fc.constantFrom('# a', '## b', '### c', 'text', '', '```', '---', 'k: v', '~~~'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(lines, (all) => {
        const text = `# first\n${all.join('\n')}`;
        const parts = outlineOf(text);
        expect(parts.reduce((sum, { own }) => sum + own, 0)).toBe(text.length);
        for (const part of parts) expect(part.own).toBeLessThanOrEqual(part.characters);
      }),
    );
  });
});
