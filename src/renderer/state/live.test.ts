import { describe, expect, it } from 'vitest';
import type { VekOverview } from '../../contract/vek.ts';
import { liveWord, nextLive, NOT_LIVE } from './live.ts';

const overview = (revision: number, nodes: number, newestMs: number | null = null): VekOverview => ({
  revision,
  head: { state: 'missing' },
  tip: null,
  branches: [],
  tags: [],
  checkpoints: [],
  counts: { nodes, objects: 0, refs: 0 },
  schema: { version: 3, note: null },
  lock: null,
  newestMicros: newestMs === null ? null : newestMs * 1000,
  problems: [],
  findings: { errors: 0, warnings: 0, notices: 0 },
  lastCheck: null,
  readOnlyReason: null,
});

describe('what a repository does right now', () => {
  it('is quiet when opened with an old newest call, recording with one a moment old', () => {
    expect(nextLive(NOT_LIVE, null, overview(1, 5, 1000), 500_000)).toEqual(NOT_LIVE);
    const live = nextLive(NOT_LIVE, null, overview(1, 5, 498_000), 500_000);
    expect(liveWord(live, 500_000)).toBe('recording');
    expect(liveWord(live, 509_000)).toBe('quiet');
  });

  it('a newest call in the future is no proof of recording', () => {
    expect(nextLive(NOT_LIVE, null, overview(1, 5, 900_000), 500_000)).toEqual(NOT_LIVE);
  });

  it('records when calls are added, changes when only refs moved', () => {
    const added = nextLive(NOT_LIVE, overview(1, 5), overview(2, 6), 1_000_000);
    expect(liveWord(added, 1_004_000)).toBe('recording');
    const moved = nextLive(NOT_LIVE, overview(1, 5), overview(2, 5), 1_000_000);
    expect(liveWord(moved, 1_004_000)).toBe('changing');
    expect(liveWord(moved, 1_020_000)).toBe('quiet');
  });

  it('the same revision changes nothing', () => {
    expect(nextLive(NOT_LIVE, overview(2, 5), overview(2, 5), 1_000_000)).toBe(NOT_LIVE);
  });
});
