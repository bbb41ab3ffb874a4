import { join } from 'node:path';
import * as fc from 'fast-check';
import type { MadeJob } from './agents-made.ts';

/** The day on which everything is made. */
export const TODAY = '2026-06-08';

export type Values = Readonly<Record<string, string>>;

export const NASTY = [
  '---',
  '# not a heading',
  ': colon',
  'a: b',
  '"quoted"',
  "it's",
  'ends: ',
  '{x}',
  '[y]',
  '- dash',
  '&a',
  '*b',
  '!tag',
  '%TAG',
  '@at',
  '`tick`',
  '```',
  '```yaml',
  '😀 emoji',
  '👩‍👩‍👧',
  'naïve café',
  '中文',
  'עברית',
  '\ufeffbom',
  '\u202eturned',
  'yes',
  'null',
  '~',
  '2026-06-08',
  '1_000',
  '0x1f',
  '.5',
  '1e3',
  '=',
  '<<',
  '? q',
  '| pipe',
  '> fold',
  'back\\slash',
  '${HOME}',
  '<script>',
  '\u00a0',
  '\u{10ffff}x',
  '\u00ad',
  'true',
  'x #y',
  "'",
  '"',
];
export const piece = fc.oneof(
  { arbitrary: fc.constantFrom(...NASTY), weight: 3 },
  { arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), weight: 1 },
);
export const clean = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029\ufffe\uffff]/gu, ' ').trim();
export const line = (most: number): fc.Arbitrary<string> =>
  fc
    .array(piece, { minLength: 1, maxLength: 6 })
    .map((pieces) => clean(Array.from(pieces.join(' ')).slice(0, most).join('')))
    .map((text) => (text === '' ? 'x' : text));
export const items = (most: number): fc.Arbitrary<readonly string[]> =>
  fc.array(line(60), { minLength: 1, maxLength: most });
export const prose = fc.array(fc.oneof(line(80), fc.constant('')), { minLength: 1, maxLength: 5 });
export const maybe = (from: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), from);
export const joined = (from: fc.Arbitrary<readonly string[]>): fc.Arbitrary<string> =>
  from.map((all) => all.join('\n').trim());
export const dayText = fc
  .date({ min: new Date('2026-06-08'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
export const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
export const slug = fc.stringMatching(/^[a-z0-9][a-z0-9_]{0,20}$/);
export const dollars = fc.integer({ min: 0, max: 999_999_999 }).map((micros) => String(micros / 1_000_000));
export const above = fc.integer({ min: 1, max: 999_999_999 }).map((micros) => String(micros / 1_000_000));
export const pick = (...all: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...all);
export const title = line(70).map((text) => `${text} z`);
export const listOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
export const num = (text: string): number | null => (text === '' ? null : Number(text));

/** What is asked of a made file, and what the real package must say. */
export type Check = {
  readonly id: string;
  readonly agent: string | null;
  readonly values: fc.Arbitrary<Values>;
  readonly ask: (root: string, paths: readonly string[], values: Values) => MadeJob;
  readonly says: (values: Values) => unknown;
};

export const own = (
  id_: string,
  kind: string,
  values: Readonly<Record<string, fc.Arbitrary<string>>>,
  says: Check['says'],
): Check => ({
  id: id_,
  agent: 'elm',
  values: fc.record(values),
  ask: (root, [path]) => ({ do: kind, path: join(root, path!) }),
  says,
});
