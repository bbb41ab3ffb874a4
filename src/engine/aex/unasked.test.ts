import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUnasked } from './unasked.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('work that nobody asked for', () => {
  it('waits for quiet', () => {
    const begin = vi.fn();
    const unasked = createUnasked(begin);
    for (let i = 0; i < 5; i++) {
      unasked.soon();
      vi.advanceTimersByTime(1_000);
    }
    expect(begin).not.toHaveBeenCalled();
    vi.advanceTimersByTime(600);
    expect(begin).toHaveBeenCalledTimes(1);
  });

  it('is done all the same where it never gets quiet, and takes a twentieth of the time at most', () => {
    const took = 3_000;
    const begun: number[] = [];
    const unasked = createUnasked(() => begun.push(Date.now()));
    const start = Date.now();
    for (let at = 0; at < 300_000; at += 500) {
      unasked.soon();
      vi.advanceTimersByTime(500);
      if (begun.at(-1) === Date.now() - took) unasked.took(took);
    }
    expect(begun[0]! - start).toBeLessThanOrEqual(20_000);
    expect(begun.length).toBeGreaterThan(2);
    for (let i = 1; i < begun.length; i++) {
      expect(begun[i]! - begun[i - 1]!).toBeGreaterThanOrEqual(21 * took);
      expect(begun[i]! - begun[i - 1]!).toBeLessThan(45 * took);
    }
  });

  it('is done without the pause where it is pressing', () => {
    const begin = vi.fn();
    const unasked = createUnasked(begin);
    unasked.took(10_000);
    unasked.soon();
    vi.advanceTimersByTime(100_000);
    expect(begin).not.toHaveBeenCalled();
    unasked.soon(undefined, true);
    vi.advanceTimersByTime(1_600);
    expect(begin).toHaveBeenCalledTimes(1);
  });

  it('is not begun once it is not needed, nor after the close', () => {
    const begin = vi.fn();
    const unasked = createUnasked(begin);
    unasked.soon();
    unasked.clear();
    vi.advanceTimersByTime(60_000);
    unasked.soon(0);
    unasked.close();
    unasked.soon(0);
    vi.advanceTimersByTime(60_000);
    expect(begin).not.toHaveBeenCalled();
  });
});
