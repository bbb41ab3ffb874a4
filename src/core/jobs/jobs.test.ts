import { describe, expect, it } from 'vitest';
import { startJob } from './start.ts';

const file = new URL('testing-worker.ts', import.meta.url);

describe('jobs', () => {
  it('return their result, several at once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map((n) => startJob<number, never>(file, 'double', n)));
    expect(all).toEqual([2, 4, 6, 8].map((value) => ({ ok: true, value })));
  });

  it('use a thread again that is idle', async () => {
    const first = await startJob<number, never>(file, 'thread', null);
    const second = await startJob<number, never>(file, 'thread', null);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ ok: true });
  });

  it.each([
    ['throws', 'broken on purpose'],
    ['crashes', 'late and uncaught'],
    ['exits', 'code 3'],
    ['function', 'could not be cloned'],
    ['nothing', 'no job “nothing”'],
  ])('become a failure when one %s', async (name, detail) => {
    const result = await startJob(file, name, null);
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'io', detail: expect.stringContaining(detail) },
    });
    expect(await startJob<number, never>(file, 'double', 21)).toEqual({ ok: true, value: 42 });
  });

  it('become a failure when there is no such worker, or the input can not be sent', async () => {
    const nowhere = await startJob(new URL('no-such-worker.ts', import.meta.url), 'double', 1);
    expect(nowhere).toMatchObject({ ok: false, error: { kind: 'io' } });
    const unclonable = await startJob(file, 'double', () => 1);
    expect(unclonable).toMatchObject({ ok: false, error: { kind: 'io' } });
  });

  it('end at once when aborted, also in the middle of an endless loop', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const running = startJob<never, number>(file, 'spins', null, {
      signal: stop.signal,
      onProgress: (n) => {
        seen.push(n);
        stop.abort();
      },
    });
    expect(await running).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(seen.length).toBe(1);
    const before = await startJob(file, 'double', 1, { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });

  it('report progress throttled, the last value included', async () => {
    const seen: number[] = [];
    const result = await startJob<number, number>(file, 'counts', 1_000_000, {
      onProgress: (n) => seen.push(n),
    });
    expect(result).toEqual({ ok: true, value: 1_000_000 });
    expect(seen.at(-1)).toBe(1_000_000);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.length).toBeLessThan(200);
  });

  it('move buffers both ways', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const result = await startJob<Uint8Array, never>(file, 'moves', bytes, { transfer: [bytes.buffer] });
    expect(bytes.length).toBe(0);
    expect(result.ok && [...result.value]).toEqual([1, 2, 3]);
  });
});
