import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ok } from '../../../../core/result.ts';
import { fakeStrip } from '../fake-store.ts';
import { findMark, type AskStrip } from './find-mark.ts';

const TOTAL = 1_000_000;
const asking = (failed: readonly number[]): AskStrip => {
  const sorted = failed.toSorted((a, b) => a - b);
  return (start, count, buckets) =>
    Promise.resolve(ok(fakeStrip({ total: TOTAL, start, count, buckets, failed: sorted })));
};

test('finds the very next and the very previous call, wherever they stand', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(TOTAL - 1), { minLength: 1, maxLength: 60 }),
      fc.nat(TOTAL - 1),
      async (failed, from) => {
        const below = Math.min(...failed.filter((row) => row > from));
        const above = Math.max(...failed.filter((row) => row < from));
        const down = await findMark(asking(failed), ['failed'], from, TOTAL, 'down');
        const up = await findMark(asking(failed), ['failed'], from, TOTAL, 'up');
        expect(down.state === 'found' ? down.mark.row : Infinity).toBe(below);
        expect(up.state === 'found' ? up.mark.row : -Infinity).toBe(above);
      },
    ),
    { numRuns: 60 },
  );
});

test('finds one among many that stand close together', async () => {
  const failed = Array.from({ length: 5000 }, (_, i) => 400_000 + i);
  const up = await findMark(asking(failed), ['failed'], 402_345, TOTAL, 'up');
  expect(up).toMatchObject({ state: 'found', mark: { row: 402_344 } });
});

test('says that failed calls were not searched for, and only where that matters', async () => {
  const unknown: AskStrip = (start, count, buckets) =>
    Promise.resolve(ok(fakeStrip({ total: TOTAL, start, count, buckets })));
  expect(await findMark(unknown, ['failed', 'damaged'], 0, TOTAL, 'down')).toEqual({
    state: 'none',
    unknown: true,
  });
  expect(await findMark(unknown, ['damaged'], 0, TOTAL, 'down')).toEqual({ state: 'none', unknown: false });
  expect(await findMark(unknown, ['failed'], TOTAL - 1, TOTAL, 'down')).toMatchObject({ state: 'none' });
});

test('passes a failure on', async () => {
  const error = { kind: 'io', message: 'Gone.', hint: '' } as const;
  const broken: AskStrip = () => Promise.resolve({ ok: false, error });
  expect(await findMark(broken, ['failed'], 5, TOTAL, 'up')).toEqual({ state: 'error', error });
});
