import { describe, expect, test } from 'vitest';
import type { LedgerTimeline, TimelineMark } from '../../../../contract/ledger-timeline.ts';
import { clustersOf } from './clusters.ts';
import { recordGaps, recordLegend, recordRuns, runAt } from './record.ts';
import { makeScale } from './scale.ts';
import { clusterWords, recordWords, runWords } from './words.ts';

const STATES: LedgerTimeline['record'] = [
  { is: 'verified', by: null },
  { is: 'open', by: null },
  { is: 'anew', by: 'amount-differs' },
  { is: 'altered', by: 'entry-altered' },
];
const [VERIFIED, OPEN, ANEW, ALTERED] = [0, 1, 2, 3] as const;

/** Pieces of 100 microseconds with one entry each (-1: none), numbered from 1. */
function timeline(record: readonly number[], marks: readonly TimelineMark[] = []): LedgerTimeline {
  const zero = record.map(() => 0);
  const seqs = record.map((state, at) => (state < 0 ? 0 : at + 1));
  const toMicros = record.length * 100;
  return {
    revision: 1,
    wholeFromMicros: 0,
    wholeToMicros: toMicros,
    fromMicros: 0,
    toMicros,
    stretches: [{ fromMicros: 0, toMicros }],
    budgetMicro: 0,
    buckets: {
      starts: record.map((_, at) => at * 100),
      available: zero,
      lowest: zero,
      highest: zero,
      unspent: zero,
      spent: zero,
      commits: zero,
      releases: zero,
      denials: zero,
      overruns: zero,
      findings: zero,
      missing: record.map((_, at) => marks.filter(({ seq }) => seq === at + 1).length),
      record,
      firstSeq: seqs,
      lastSeq: seqs,
    },
    bars: [],
    barCount: 0,
    marks,
    markCount: marks.length,
    record: STATES,
    proved: null,
    doubted: [],
    doubtedCount: 0,
    undated: 0,
  };
}

const scaleOf = (from: number, to: number) =>
  makeScale([{ fromMicros: 0, toMicros: 100_000 }], { from, to }, 0, to - from);

const runsOf = (record: readonly number[], marks: readonly TimelineMark[] = [], from = 0) =>
  recordRuns(timeline(record, marks), scaleOf(from, record.length * 100)).map(({ is, x0, x1 }) => [
    is,
    x0,
    x1,
  ]);

const missing = (from: number, to: number, at: number, hash: string | null = null): TimelineMark => ({
  seq: from,
  atMicros: at,
  drawnMicros: at,
  mark: 'missing',
  agent: 'a',
  micro: null,
  text: '',
  gone: {
    from,
    to,
    count: Math.max(1, to - from + 1),
    entries: [
      {
        seq: from,
        kind: 'reserve',
        type: 'budget.reserve',
        executionId: 'abcdef0123456789',
        agent: 'a',
        estimatedMicro: 88,
        costMicro: null,
        model: null,
        hash,
      },
    ],
    finding: { kind: 'entry-missing', seq: from, executionId: null, agent: 'a', expected: null },
  },
});

describe('the band of the record', () => {
  test('silence belongs to the stretch before it, and what is behind a place begins there', () => {
    expect(runsOf([VERIFIED, -1, -1, ALTERED, -1, -1, ANEW, ANEW, -1])).toEqual([
      ['verified', 0, 300],
      ['altered', 300, 400],
      ['anew', 400, 900],
    ]);
  });

  test('what stands before the window reaches into it', () => {
    expect(runsOf([ANEW, -1, -1, -1, VERIFIED], [], 200)).toEqual([
      ['anew', 0, 200],
      ['verified', 200, 300],
    ]);
    expect(runsOf([ALTERED, -1, -1, -1, VERIFIED], [], 200)).toEqual([['verified', 0, 300]]);
  });

  test('a place is never too narrow to be seen, and is what the pointer means', () => {
    const wide = recordRuns(
      timeline([VERIFIED, ALTERED, VERIFIED]),
      makeScale([], { from: 0, to: 3e6 }, 0, 300),
    );
    const place = wide.find(({ is }) => is === 'altered')!;
    expect(place.x1 - place.x0).toBeGreaterThanOrEqual(4);
    expect(runAt(wide, place.x0)?.is).toBe('altered');
  });

  test('breaks where entries are missing', () => {
    const marks = [missing(3, 4, 250)];
    expect(runsOf([VERIFIED, -1, -1, -1, ANEW], marks)).toEqual([
      ['verified', 0, 250],
      ['anew', 250, 500],
    ]);
    expect(recordGaps(timeline([VERIFIED, -1, -1, -1, ANEW], marks), scaleOf(0, 500))).toEqual([250]);
    // of more marks than are listed the pieces know the places
    const many = { ...timeline([VERIFIED, -1, VERIFIED], [missing(2, 2, 120)]), markCount: 9 };
    expect(recordGaps(many, scaleOf(0, 300))).toEqual([100]);
  });

  test('is told in the words of the chain, to who cannot see it as well', () => {
    const runs = recordRuns(timeline([VERIFIED, VERIFIED, ALTERED, ANEW, OPEN]), scaleOf(0, 500));
    expect(recordWords(runs)).toBe(
      'Chain, by entries: 1 to 2 verified; 3 altered; 4 hashed anew, not trusted; 5 not checked yet.',
    );
    expect(runWords(runs[1]!, 'utc')).toMatch(/^Entry 3: altered, from 1 Jan 1970/);
    expect(recordLegend(runs).map(({ is }) => is)).toEqual(['verified', 'altered', 'anew', 'open']);
    expect(recordLegend(recordRuns(timeline([VERIFIED, VERIFIED]), scaleOf(0, 200)))).toEqual([]);
    expect(recordWords([])).toBe('');
  });
});

const words = (mark: TimelineMark): string =>
  clusterWords(clustersOf(timeline([VERIFIED, VERIFIED, VERIFIED], [mark]), scaleOf(0, 300))[0]!, 'utc');

describe('marks of missing entries', () => {
  test('are one with what they touch, with a key of their own and a count', () => {
    const finding: TimelineMark = { ...missing(3, 3, 251), mark: 'finding', text: 'x' };
    const { gone, ...entry } = finding;
    expect(gone).toBeDefined();
    const marks = [missing(3, 5, 250), entry, missing(40, 40, 800)];
    const clusters = clustersOf(
      timeline(
        Array.from({ length: 10 }, () => 0),
        marks,
      ),
      scaleOf(0, 1000),
    );
    expect(clusters.map(({ key, kind, goneCount }) => [key, kind, goneCount])).toEqual([
      [3, 'finding', 3],
      [39.75, 'missing', 1],
    ]);
    expect(clusters[0]!.gone?.from).toBe(3);
    expect(clusterWords(clusters[0]!, 'utc')).toMatch(/^1 finding, 3 entries missing, from 1 Jan 1970/);
  });

  test('say what is missing, what it was, and how that is known', () => {
    expect(words(missing(3, 3, 250))).toMatch(
      /^Entry 3 missing; by other records: Reserved \$0\.000088 of abcdef0123456789\. About 1 Jan 1970/,
    );
    expect(words(missing(3, 3, 250, 'f00'))).toMatch(/^Entry 3 missing; proved to be: Reserved/);
    const unknown = missing(3, 5, 250);
    expect(words({ ...unknown, gone: { ...unknown.gone!, entries: [] } })).toMatch(
      /^Entries 3 to 5 missing; no other record says what stood there\./,
    );
  });
});
