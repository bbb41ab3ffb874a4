import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fencesOf, yamlBlocks } from './fences.ts';
import { readFrontmatter } from './frontmatter.ts';
import { pyLength, pyLines, pyRegExp, pyStrip } from './python-text.ts';
import { readWhole, readYaml } from '../../yaml/yaml.ts';
import { isMap, yamlText } from '../../yaml/yaml-value.ts';

const pieces = fc.constantFrom(
  '---',
  '-----',
  '```yaml',
  '```',
  '~~~~ x',
  'a: b',
  'a: b: c',
  '- x',
  '&a [*a]',
  '<<: *a',
  '{',
  '\t',
  '\r',
  '\u2028',
  '\uFEFF',
  '? ',
  '!!int x',
);
const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme' }))).map((rows) => rows.join('\n'));

describe('any text', () => {
  it('is read without failing, and lines stay within it', () => {
    fc.assert(
      fc.property(text, (source) => {
        const lines = source.split(/\r\n|[\n\r]/).length + 1;
        const header = readFrontmatter(source);
        expect(header.problem?.line ?? 1).toBeLessThanOrEqual(lines);
        for (const line of header.lines.values()) expect(line).toBeLessThanOrEqual(lines);
        const yaml = readYaml(source);
        if (!yaml.ok) expect(yaml.problem.line).toBeGreaterThan(0);
        for (const block of yamlBlocks(source, true)) expect(block.line).toBeLessThanOrEqual(lines);
        for (const fence of fencesOf(source)) {
          expect(fence.end).toBeGreaterThanOrEqual(fence.line);
          expect(fence.end).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the text of a fence and its lines', () => {
    const row = fc.string({ unit: 'grapheme-ascii' }).filter((one) => !/^ {0,3}(?:`{3,}|~{3,})/.test(one));
    fc.assert(
      fc.property(
        fc.array(row),
        fc.array(row),
        fc.constantFrom('```', '````', '~~~'),
        (before, inside, mark) => {
          const source = [...before, `${mark}yaml title`, ...inside, mark, 'after'].join('\n');
          const [fence] = fencesOf(source);
          expect(fence).toEqual({
            info: 'yaml title',
            text: inside.join('\n'),
            line: before.length + 1,
            end: before.length + inside.length + 2,
            closed: true,
          });
        },
      ),
    );
  });

  it('gives back what a header of plain keys says', () => {
    const key = fc.stringMatching(/^[a-z][a-z_]{0,8}k$/);
    const words = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,.–é]{0,20}z$/);
    fc.assert(
      fc.property(fc.dictionary(key, words), (all) => {
        const rows = Object.entries(all).map(([name, one]) => `${name}: ${one}`);
        const { meta, body } = readFrontmatter(`---\n${rows.join('\n')}\n---\n\nbody\n`);
        expect(body).toBe('body');
        expect(Object.fromEntries(Array.from(meta, ([k, v]) => [String(k), v]))).toEqual(all);
      }),
    );
  });
});

function value(source: string): unknown {
  const read = readYaml(source);
  return read.ok ? read.value : read.problem.message;
}

describe('YAML', () => {
  it('is the same by the short way and by the whole parser', () => {
    const scalar = fc.oneof(
      fc.constantFrom(
        '1',
        '1.5',
        'yes',
        'null',
        '2026-05-01',
        '2026-02-30',
        '[a, b]',
        '[]',
        '[1, no]',
        '',
        '08',
        'x: y',
        'a #b',
        'x:',
        '"q"',
        '- a',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.stringMatching(/^[a-zA-Z0-9 :#,.-]{0,14}$/),
    );
    const line = fc.oneof(
      fc.tuple(
        fc.constantFrom('a', 'b', 'name', 'yes', 'on', 'k-1'),
        fc.constantFrom(': ', ':', ':  '),
        scalar,
      ),
      fc.tuple(fc.constantFrom('  - ', '- ', '    ', ' -', '  -  '), scalar),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('', '\n'), (rows, end) => {
        const source = rows.map((row) => row.join('')).join('\n') + end;
        const short = readYaml(source);
        const whole = readWhole(source, 'python');
        // characters that YAML forbids are refused before
        if (!short.ok && short.problem.message.startsWith('It holds the character')) return;
        expect({ source, read: short }).toEqual({ source, read: whole });
      }),
      { numRuns: 5000 },
    );
  });

  it('keeps prototype keys harmless and takes the last of two equal keys', () => {
    const read = value('__proto__: 1\nconstructor: 2\na: 1\na: 2');
    expect(read).toEqual(
      new Map<string, bigint>([
        ['__proto__', 1n],
        ['constructor', 2n],
        ['a', 2n],
      ]),
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses aliases that unfold without end', () => {
    const rows = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++)
      rows.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(value(rows.join('\n'))).toContain('unfold to more than is read');
    expect(value('a: &a [*a]')).toContain('unfold to more than is read');
  });

  it('says what is wrong in words, and where', () => {
    const read = readYaml('name: x\ndescription: Locked: one\n');
    expect(read).toEqual({
      ok: false,
      problem: {
        message:
          'The value of description holds an unquoted “: ”, which YAML reads as another key. Put the value in quotes',
        line: 2,
      },
    });
    expect(readYaml('a: [1\nb: 2')).toMatchObject({ ok: false });
    expect(readYaml('a:\n\tb: 1')).toMatchObject({ ok: false });
  });

  it('knows the lines of its keys', () => {
    const read = readYaml('\na: 1\n\nb:\n  - 2\n');
    expect(read.ok && isMap(read.value) && [...read.lines]).toEqual([
      ['a', 2],
      ['b', 4],
    ]);
  });

  it('prints values as Python does', () => {
    const read = readYaml(
      '[a, 1, 1.0, 1e3, .inf, yes, null, 2026-05-01, {k: "it\'s"}, 2026-05-01 10:00:05Z, 2026-05-01T10:00:00.5-05:30]',
    );
    expect(read.ok && yamlText(read.value)).toBe(
      `['a', 1, 1.0, '1e3', inf, True, None, datetime.date(2026, 5, 1), {'k': "it's"}, datetime.datetime(2026, 5, 1, 10, 0, 5, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 5, 1, 10, 0, 0, 500000, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=66600)))]`,
    );
  });
});

it('takes blanks, lines and lengths as Python takes them', () => {
  expect(pyStrip('\u00a0\x1c\uFEFF x \x85')).toBe('\uFEFF x');
  expect(pyLines('a\x0bb\u2028c\r\nd\n')).toEqual(['a', 'b', 'c', 'd']);
  expect(pyLength('a🌊b')).toBe(3);
  expect(pyRegExp('^x$', 'm').test('a\rx\rb')).toBe(false);
  expect(pyRegExp('^x$').test('x\n')).toBe(true);
});
