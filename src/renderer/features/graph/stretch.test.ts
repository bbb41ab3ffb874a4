import { expect, test } from 'vitest';
import type { GraphView } from '../../../contract/vek.ts';
import { withClosed, withOpened } from './stretch.ts';

const view = (open: readonly string[]): GraphView => ({ filter: '', focus: [], fold: true, open: [...open] });

/** An engine in which the call is in the stretch that `mine` opens. */
const engine = (mine: string | null) => {
  let asked = 0;
  return {
    asked: () => asked,
    locate: (asking: GraphView) => {
      asked += 1;
      const folded = mine !== null && !(asking.open ?? []).includes(mine);
      return Promise.resolve({ ok: true, value: { hash: 'x', row: 3, folded } } as const);
    },
  };
};

test('opening keeps the newest 256', () => {
  const many = Array.from({ length: 256 }, (_, i) => `h${i}`);
  const opened = withOpened(view(many), 'new');
  expect(opened.open).toHaveLength(256);
  expect(opened.open?.at(-1)).toBe('new');
  expect(opened.open).not.toContain('h0');
});

test('closing finds the stretch of the call among many, by halves', async () => {
  const many = Array.from({ length: 200 }, (_, i) => `h${i}`);
  for (const mine of ['h0', 'h77', 'h199']) {
    const { locate, asked } = engine(mine);
    const closed = await withClosed(view(many), locate);
    expect(closed.ok && closed.value?.open).toEqual(many.filter((hash) => hash !== mine));
    expect(asked()).toBeLessThan(12);
  }
});

test('a call in no opened stretch closes none; a failure is passed on', async () => {
  expect(await withClosed(view(['a', 'b']), engine(null).locate)).toEqual({ ok: true, value: null });
  expect(await withClosed(view([]), engine('a').locate)).toEqual({ ok: true, value: null });
  const error = { kind: 'gone', message: 'gone', hint: '', detail: null } as never;
  expect(await withClosed(view(['a']), () => Promise.resolve({ ok: false, error }))).toEqual({
    ok: false,
    error,
  });
});
