import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readStamp, stampReader } from './stamp.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const near = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('2026-03-02', '2024-02-29', '2026-02-29', '0000-01-01', '9999-12-31'),
      fc.tuple(digits(4), digits(2), digits(2)).map((d) => d.join('-')),
    ),
    fc.constantFrom(' ', 'T', 't', '_'),
    fc.oneof(
      fc.constantFrom('09:00:05', '23:59:59', '24:00:00', '9:00:005', '09-00-05'),
      fc.tuple(digits(2), digits(2), digits(2)).map((t) => t.join(':')),
    ),
    fc.constantFrom('', '', '+00:00', '+00:00', '-07:30', 'Z', '.5', '.123456', '.123456+00:00', ' '),
  )
  .map((parts) => parts.join(''));
const text = fc.oneof({ weight: 5, arbitrary: near }, fc.string({ unit: 'binary', maxLength: 30 }));

it('times are read alike by the reader of many and the one of single texts, and as the calendar has them', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
      const read = stampReader();
      for (const one of texts) {
        const micros = read(one);
        expect(Object.is(micros, readStamp(one))).toBe(true);
        const iso = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\+00:00)?$/.exec(one);
        const date = iso === null ? NaN : Date.parse(`${iso[1]}T${iso[2]}Z`);
        if (
          !Number.isNaN(date) &&
          new Date(date).toISOString().startsWith(`${iso![1]}T${iso![2]}`) &&
          !one.startsWith('0000')
        )
          expect(micros).toBe(date * 1000);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('the shapes of times in a ledger', () => {
  const at = Date.UTC(2026, 2, 2, 9, 0, 5) * 1000;
  expect(readStamp('2026-03-02T09:00:05+00:00')).toBe(at);
  expect(readStamp('2026-03-02 09:00:05')).toBe(at);
  expect(readStamp('2026-03-02T09:00:05.123456')).toBe(at + 123_456);
  expect(readStamp('2026-03-02T10:00:05+01:00')).toBe(at);
  for (const none of [
    '',
    '2026-03-02',
    '2026-02-30 00:00:00',
    '2026-03-02 24:00:00',
    'now',
    `${'9'.repeat(50)}`,
  ]) {
    expect(readStamp(none)).toBeNaN();
  }
});
