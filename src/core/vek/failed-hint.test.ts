import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyGolden, goldenCases } from '../../../test/support/goldens.ts';
import { jsonDocuments } from '../../../test/support/json-documents.ts';
import { parseJsonBytes, parsePrefixBytes } from '../json/decode.ts';
import { mayHoldFailure } from './failed-hint.ts';
import { repositoryAt } from './paths.ts';
import { lookAtVek } from './store.ts';
import { mayReportFailure } from './summary.ts';

const names = (
  'error err exception errors traceback error_message errorMessage exit exit_code exitCode exit_status returncode ' +
  'return_code rc status_code statusCode status http_status code response metadata isError is_error timed_out ' +
  'timedOut timeout ok success succeeded state outcome type stdout stderr output text summary content message ' +
  'passed failed num_failed failed_count num_errors errors_count num_passed other'
).split(' ');
const numbers = '0 1 -1 0.0 -0 0e3 2 200 204 302 404 500 4.04e2 400.0'.split(' ');
const words = (
  '| |error|Errored|FAILED|failure|timeout|timed_out|Denied|text|fine|3 failed, 2 passed|0 failed, 7 passed|' +
  '10 errors, 1 passed|4 failing 1 passing|00 failed|1 failures|passed 5 failed 0|20 failedly|ok\n5 failed in 2 s|' +
  '7  failed|TypeError: x|fatal: no such ref|panic: out of it|command failed with 2| error executing x|' +
  'Traceback (most recent call last)\n  File\nKeyError: 1|no error here|\u00a0ValueError: y'
).split('|');

/** JSON text of a value, with blanks between and letters as escapes where `odd` says so. */
type Render = (odd: () => boolean) => string;
const blank = (odd: () => boolean): string => (odd() ? ' ' : odd() ? '\n\t' : '');

function escapeOf(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function stringOf(text: string): Render {
  return (odd) => {
    if (!odd()) return JSON.stringify(text);
    const signs = Array.from(text, (sign) =>
      sign.length === 1 && odd() ? escapeOf(sign) : JSON.stringify(sign).slice(1, -1),
    );
    return `"${signs.join('')}"`;
  };
}

const documents = fc.letrec<{ value: Render; object: Render; list: Render }>((tie) => ({
  object: fc
    .array(fc.tuple(fc.constantFrom(...names), tie('value')), { minLength: 1, maxLength: 4 })
    .map((entries): Render => (odd) => {
      const parts = entries.map(
        ([name, value]) =>
          `${blank(odd)}${stringOf(name)(odd)}${blank(odd)}:${blank(odd)}${value(odd)}${blank(odd)}`,
      );
      return `{${parts.join(',')}}`;
    }),
  list: fc.array(tie('value'), { maxLength: 2 }).map(
    (items): Render =>
      (odd) =>
        `[${blank(odd)}${items.map((item) => item(odd)).join(`${blank(odd)},`)}]`,
  ),
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...numbers, 'NaN', 'Infinity', '-Infinity').map(
      (text): Render =>
        () =>
          text,
    ),
    fc.constantFrom('true', 'false', 'null', '[]', '{}', '[ ]', '""').map(
      (text): Render =>
        () =>
          text,
    ),
    fc.constantFrom(...words).map(stringOf),
    tie('list'),
    tie('object'),
    // A text that holds JSON, as some tools answer.
    tie('object').map(
      (inner): Render =>
        (odd) =>
          stringOf(`${blank(odd)}${inner(odd)}`)(odd),
    ),
    tie('object').map(
      (inner): Render =>
        (odd) =>
          `{"type": "text", "text": ${stringOf(inner(odd))(odd)}}`,
    ),
  ),
}));

function encoded(text: string, form: string): Uint8Array {
  if (form === 'bom') return Buffer.from(`\ufeff${text}`);
  if (form === 'utf-16') return Buffer.from(text, 'utf16le');
  return Buffer.from(text);
}

const stored = fc
  .record({
    document: fc.oneof(documents.value, documents.object, documents.object),
    odd: fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
    form: fc.constantFrom('utf-8', 'utf-8', 'utf-8', 'utf-8', 'bom', 'utf-16'),
  })
  .map(({ document, odd, form }) =>
    encoded(
      document(() => odd.next().value === 0),
      form,
    ),
  );

test('says no only to what reports no failure', () => {
  let failures = 0;
  let spared = 0;
  fc.assert(
    fc.property(stored, (bytes) => {
      const parsed = parseJsonBytes(bytes);
      if (!parsed.ok) return;
      const fails = mayReportFailure(parsed.node);
      if (fails) failures++;
      if (!mayHoldFailure(bytes)) {
        spared++;
        expect(fails).toBe(false);
      }
    }),
    { numRuns: 6_000 },
  );
  expect(failures).toBeGreaterThan(600);
  expect(spared).toBeGreaterThan(600);
});

test('says no only to beginnings that report no failure', () => {
  fc.assert(
    fc.property(stored, fc.nat(200), (bytes, length) => {
      const beginning = bytes.subarray(0, length);
      const { node } = parsePrefixBytes(beginning);
      if (node !== null && mayReportFailure(node)) expect(mayHoldFailure(beginning)).toBe(true);
    }),
    { numRuns: 4_000 },
  );
});

test.each([
  '{"stdout":"","status":200}',
  '{"stderr":null, "stdout": "x", "code" : 101 }',
  JSON.stringify(`${'\n'.repeat(190)}Error: far down`),
  JSON.stringify(`{"rc":1}`),
  JSON.stringify([{ type: 'text', text: 'x', isError: true }]),
  '{"content":[{"type":"text","text":"12 passed, 3 failed"}]}',
])('looks closely at %j', (text) => {
  const parsed = parseJsonBytes(Buffer.from(text));
  expect(parsed.ok && mayReportFailure(parsed.node)).toBe(true);
  expect(mayHoldFailure(Buffer.from(text))).toBe(true);
});

test('takes any JSON text as it is', () => {
  fc.assert(
    fc.property(jsonDocuments, (text) => {
      const bytes = Buffer.from(text);
      const parsed = parseJsonBytes(bytes);
      if (parsed.ok && mayReportFailure(parsed.node)) expect(mayHoldFailure(bytes)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('spares most objects of real repositories a closer look, and none that reports a failure', () => {
  let [objects, looked] = [0, 0];
  for (const name of goldenCases()) {
    const root = copyGolden(name);
    const paths = repositoryAt(join(root, '.vek'));
    if (paths !== null) {
      lookAtVek(paths, (s) => {
        if (!s.schema.tables.has('objects')) return;
        const contents = s.db.prepare<[], Buffer>('SELECT CAST(content AS BLOB) FROM objects').pluck();
        for (const bytes of contents.iterate()) {
          objects++;
          if (mayHoldFailure(bytes)) looked++;
          else {
            const parsed = parseJsonBytes(bytes);
            expect(parsed.ok && mayReportFailure(parsed.node)).toBe(false);
          }
        }
      });
    }
    rmSync(root, { recursive: true });
  }
  expect(objects).toBeGreaterThan(200);
  expect(looked).toBeLessThan(objects / 3);
});
