import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readYaml } from '../../yaml/yaml.ts';
import { applyEdits } from './edits.ts';
import { editYaml } from './yaml-edit.ts';
import { wantedText } from './yaml-render.ts';
import type { Wanted } from './yaml-render.ts';
import { changed, sameValue } from './yaml-value-edit.ts';
import type { YamlChange } from './yaml-value-edit.ts';

const order = (): readonly string[] => ['a', 'b', 'c', 'd', 'e', 'f'];

/** Texts that YAML reads in many ways. */
const odd = fc.constantFrom(
  'plain words',
  'with: colon',
  'trailing ',
  ' leading',
  'yes',
  'No',
  'on',
  'null',
  '~',
  '',
  '12',
  '1_000',
  '0x1f',
  '12:30',
  '1.5',
  '2026-05-01',
  '2026-05-01T10:00:00Z',
  '# no comment',
  'a # b',
  '- item',
  '-dash',
  '*star',
  '&and',
  '!bang',
  '%percent',
  '@at',
  '`tick`',
  '```yaml',
  '---',
  '...',
  '{brace}',
  '[x]',
  'a, b',
  "it's",
  'say "so"',
  'back\\slash',
  'both \' and "',
  'tab\there',
  'ümlaut — dash',
  '🦔',
  'nel\u0085ls\u2028ps\u2029bom\ufeff',
  '<<',
  '=',
  'two\nlines',
  'two\nlines\n',
  'a\n\nb',
  ' indented\nfirst',
  'ends\n\n',
  '\nbegins',
);
const text = fc
  .oneof(odd, fc.string({ unit: 'grapheme', maxLength: 30 }))
  .filter((one) => one.isWellFormed());

const simple = fc.constantFrom(
  'one',
  '"two"',
  "'three'",
  '4',
  '5.50',
  'true',
  '2026-01-02',
  'six seven',
  'null',
);
const comment = fc.constantFrom('', '', '', '  # why', ' # 1: x');
const noise = fc.constantFrom('', '', '', '\n', '# remark\n', '\n# a: b\n\n');

type Part = { readonly lines: string; readonly shape: 'scalar' | 'list' | 'map' | 'rows' };
const part = (pad: string): fc.Arbitrary<Part> =>
  fc.oneof(
    fc.tuple(simple, comment).map(([v, c]): Part => ({ lines: ` ${v}${c}\n`, shape: 'scalar' })),
    fc
      .tuple(fc.constantFrom('|', '>', '|-', '>-'), fc.constantFrom('x y\n', 'x y\nz\n'))
      .map(([mark, body]): Part => ({
        lines: ` ${mark}\n${body.replaceAll(/^(?=.)/gm, `${pad}  `)}`,
        shape: 'scalar',
      })),
    fc
      .tuple(fc.array(simple, { maxLength: 3 }), comment)
      .map(([items, c]): Part => ({ lines: ` [${items.join(', ')}]${c}\n`, shape: 'list' })),
    fc
      .tuple(
        fc.array(fc.tuple(simple, comment, noise), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '  '),
        comment,
      )
      .map(([items, gap, c]): Part => ({
        lines: `${c}\n${items.map(([v, d, n]) => `${pad}${gap}- ${v}${d}\n${n}`).join('')}`,
        shape: 'list',
      })),
    fc
      .tuple(
        fc.array(fc.tuple(simple, simple, noise), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '  '),
      )
      .map(([items, gap]): Part => ({
        lines: `\n${items.map(([v, w, n], i) => `${pad}${gap}- id: r${i}\n${n}${pad}${gap}  b: ${v}\n${pad}${gap}  c: ${w}\n`).join('')}`,
        shape: 'rows',
      })),
    fc
      .tuple(simple, simple, comment)
      .map(([v, w, c]): Part => ({ lines: `${c}\n${pad}  b: ${v}\n${pad}  zz: ${w}${c}\n`, shape: 'map' })),
  );

const document = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'e', 'other', 'x-y'), { minLength: 1, maxLength: 5 }),
    fc.array(fc.tuple(part(''), noise), { minLength: 5, maxLength: 5 }),
    noise,
  )
  .map(([keys, parts, head]) => ({
    source: head + keys.map((key, i) => `${key}:${parts[i]![0].lines}${parts[i]![1]}`).join(''),
    keys,
    shapes: new Map(keys.map((key, i) => [key, parts[i]![0].shape] as const)),
  }));

const scalar: fc.Arbitrary<Wanted> = fc.oneof(
  text.map(wantedText),
  fc.constantFrom<Wanted>(
    { kind: 'scalar', value: true, plain: 'true' },
    { kind: 'scalar', value: 12n, plain: '12' },
    { kind: 'scalar', value: 0.5, plain: '0.50' },
  ),
);
const list = fc
  .tuple(fc.array(text.map(wantedText), { maxLength: 4 }), fc.boolean())
  .map(([items, flow]): Wanted => ({ kind: 'list', items, flow }));
const row = fc.tuple(text, text).map(([a, b]): Wanted => ({
  kind: 'map',
  entries: [
    ['id', wantedText(a)],
    ['b', wantedText(b)],
  ],
}));

const change = (of: {
  readonly keys: readonly string[];
  readonly shapes: ReadonlyMap<string, string>;
}): fc.Arbitrary<YamlChange> =>
  fc.constantFrom(...of.keys, 'd', 'f').chain((key): fc.Arbitrary<YamlChange> => {
    const remove = fc.constant<YamlChange>({ do: 'remove', path: [key], keep: 0 });
    switch (of.shapes.get(key)) {
      case 'scalar':
        return fc.oneof(
          scalar.map((value): YamlChange => ({ do: 'set', path: [key], value })),
          remove,
        );
      case 'list':
        return fc.oneof(
          list.map((value): YamlChange => ({ do: 'set', path: [key], value })),
          remove,
        );
      case 'map':
        return fc.oneof(
          fc
            .tuple(fc.constantFrom('a', 'b', 'c', 'zz'), scalar)
            .map(([inner, value]): YamlChange => ({ do: 'set', path: [key, inner], value })),
          fc
            .constantFrom('b', 'zz')
            .map((inner): YamlChange => ({ do: 'remove', path: [key, inner], keep: 0 })),
          fc.constant<YamlChange>({ do: 'rename', path: [key], name: 'renamed' }),
        );
      case 'rows':
        return fc.oneof(
          row.map((value): YamlChange => ({ do: 'add', path: [key], value })),
          fc.constant<YamlChange>({ do: 'drop', path: [key], index: 0 }),
          scalar.map((value): YamlChange => ({ do: 'set', path: [key, 0, 'd'], value })),
          scalar.map((value): YamlChange => ({ do: 'set', path: [key, 0, 'c'], value })),
          fc.constant<YamlChange>({ do: 'remove', path: [key, 0, 'b'], keep: 3 }),
          fc.constant<YamlChange>({ do: 'move', path: [key], from: 0, to: 0 }),
        );
      default:
        return fc.oneof(
          scalar.map((value): YamlChange => ({ do: 'set', path: [key], value })),
          scalar.map((value): YamlChange => ({ do: 'set', path: [key, 'sub'], value })),
          list.map((value): YamlChange => ({ do: 'set', path: [key], value })),
          row.map((value): YamlChange => ({ do: 'add', path: [key], value })),
        );
    }
  });

function remarks(of: string): readonly string[] {
  return of.split('\n').filter((line) => /^\s*#/.test(line));
}

describe('a change of YAML', () => {
  test('leads to exactly the wanted value, and keeps every comment line', () => {
    fc.assert(
      fc.property(
        document.chain((of) => fc.tuple(fc.constant(of.source), change(of))),
        ([source, one]) => {
          const before = readYaml(source);
          if (!before.ok) throw new Error(before.problem.message);
          const made = editYaml(source, one, 'python', order);
          if (!made.ok)
            throw new Error(
              `${made.error.message}\n${source}\n${JSON.stringify(one, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}`,
            );
          const after = applyEdits(source, made.value);
          const read = readYaml(after);
          if (!read.ok) throw new Error(read.problem.message);
          expect(sameValue(read.value, changed(before.value, one)!)).toBe(true);
          if (one.do === 'set') expect(remarks(after)).toEqual(expect.arrayContaining([...remarks(source)]));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
