import { afterAll, describe, expect, it } from 'vitest';
import {
  crash,
  crashPlan,
  killCounts,
  killLog,
  leftovers,
  twoAtATime,
  type Crash,
} from '../../../test/support/crash.ts';
import { act, closeBench, placeOf, undo } from '../../../test/support/writes.ts';
import { killPoints } from '../operations/context.ts';
import { listOperations } from '../operations/record.ts';
import { recover } from '../operations/recover.ts';

const ROUNDS = 13;
const log = killLog();

function check(one: Crash): void {
  const { bench, title } = one;
  const { messages } = recover(bench.paths, bench.ctx);
  expect(placeOf(bench), title).toEqual(one.expected);
  expect(recover(bench.paths, bench.ctx).messages, title).toEqual([]);
  one.release();
  const listed = listOperations(bench.paths, bench.ctx);
  if (!listed.ok) throw new Error(listed.error.message);
  expect(
    listed.value.filter((operation) => operation.state === 'pending'),
    title,
  ).toEqual([]);
  if (messages.length > 0)
    expect(messages[0], title).toMatch(one.effective ? /is completed now/ : /rolled back/);

  const newest = listed.value[0];
  if (one.effective) {
    expect(newest?.state, title).toMatch(/^(done|completed)$/);
    expect(undo(bench, newest!).state, title).toBe('done');
    // Undoing does not take away calls that were put back.
    expect({ ...placeOf(bench), nodes: 0, objects: 0 }, title).toEqual({
      ...one.before,
      nodes: 0,
      objects: 0,
    });
  } else {
    act(bench, one.action);
    expect(placeOf(bench).refs, title).not.toBe(one.before.refs);
  }
  expect(leftovers(bench), title).toEqual([]);
}

describe('a writer that is killed', () => {
  afterAll(() => {
    const counts = killCounts(log);
    process.stdout.write(
      `kill points hit: ${killPoints.map((point) => `${point} ${counts.get(point) ?? 0}`).join(', ')}\n`,
    );
  });

  it(`leaves a store that recovers, at every step ${ROUNDS} times`, { timeout: 600_000 }, async () => {
    await twoAtATime(crashPlan(ROUNDS), async (at) => {
      const one = await crash('forked', at, log);
      check(one);
      closeBench(one.bench);
    });
    const counts = killCounts(log);
    for (const point of killPoints) expect(counts.get(point) ?? 0, point).toBeGreaterThanOrEqual(ROUNDS);
  });
});
