import { describe, expect, test, vi } from 'vitest';
import type { LedgerTimeline, ReservationBar, TimelineMark } from '../../../../contract/ledger-timeline.ts';
import { createAsker, questionOf, serves } from './asker.ts';
import { areSlivers, barAt, barBoxes, yOf } from './bars.ts';
import { clustersOf, widthOfKind } from './clusters.ts';
import { joinPieces, moneyIn, pieceAt, rowsOf } from './pieces.ts';
import { makeScale } from './scale.ts';
import { forecastOf, wholeSpan } from './whole.ts';

const bar = (over: Partial<ReservationBar>): ReservationBar => ({
  executionId: 'e',
  agent: 'a',
  fromMicros: 100,
  toMicros: 200,
  drawnFromMicros: over.fromMicros ?? 100,
  drawnToMicros: over.toMicros === undefined ? 200 : over.toMicros,
  expiryMicros: 900,
  estimatedMicro: 50,
  costMicro: 20,
  outcome: 'spent',
  overrun: false,
  unspentMicro: 1000,
  belowMicro: 0,
  firstSeq: 1,
  lastSeq: 3,
  ...over,
});

const mark = (seq: number, at: number, kind: TimelineMark['mark']): TimelineMark => ({
  seq,
  atMicros: at,
  drawnMicros: at,
  mark: kind,
  agent: 'a',
  micro: null,
  text: 'Denied',
});

/** Ten pieces of 100 microseconds in each of which 10 micro-dollars go. */
function timeline(over: Partial<LedgerTimeline> = {}): LedgerTimeline {
  const ten = Array.from({ length: 10 }, (_, index) => index);
  const zero = ten.map(() => 0);
  return {
    revision: 1,
    wholeFromMicros: 0,
    wholeToMicros: 1000,
    fromMicros: 0,
    toMicros: 1000,
    stretches: [{ fromMicros: 0, toMicros: 1000 }],
    budgetMicro: 1000,
    buckets: {
      starts: ten.map((index) => index * 100),
      available: ten.map((index) => 900 - index * 10),
      lowest: ten.map((index) => 880 - index * 10),
      highest: ten.map((index) => 920 - index * 10),
      unspent: ten.map((index) => 950 - index * 10),
      spent: ten.map(() => 10),
      commits: ten.map(() => 1),
      releases: zero,
      denials: zero.map((_, index) => (index === 4 ? 2 : 0)),
      overruns: zero,
      findings: zero.map((_, index) => (index === 9 ? 1 : 0)),
      missing: zero,
      record: zero,
      firstSeq: ten.map((index) => index * 2 + 1),
      lastSeq: ten.map((index) => index * 2 + 2),
    },
    bars: [],
    barCount: 0,
    marks: [],
    markCount: 0,
    record: [{ is: 'verified', by: null }],
    proved: null,
    doubted: [],
    doubtedCount: 0,
    undated: 0,
    ...over,
  };
}

const scale = makeScale([{ fromMicros: 0, toMicros: 1000 }], { from: 0, to: 1000 }, 0, 1000);
const heights = { low: 0, high: 1000, top: 0, height: 100 };

const narrow = (count: number) =>
  barBoxes(
    Array.from({ length: count }, (_, at) => bar({ fromMicros: at * 2, toMicros: at * 2 + 1 })),
    scale,
    heights,
    1000,
  );

describe('reservations as bars', () => {
  test('hang below the unspent line, as wide as they were held and as high as the estimate', () => {
    const [box] = barBoxes([bar({ belowMicro: 100 })], scale, heights, 1000);
    expect(box).toMatchObject({ x: 100, width: 100, y: 10, height: 5, edge: 2 });
    expect(yOf(heights, 900)).toBe(10);
  });

  test('what is open reaches to the end of the record, and has no edge', () => {
    const [box] = barBoxes([bar({ toMicros: null, outcome: 'open', costMicro: null })], scale, heights, 700);
    expect(box).toMatchObject({ x: 100, width: 600, edge: 0 });
  });

  test('what lies outside of the window is left out, what crosses its ends is cut', () => {
    const part = makeScale([{ fromMicros: 0, toMicros: 1000 }], { from: 150, to: 400 }, 0, 1000);
    expect(barBoxes([bar({ fromMicros: 500, toMicros: 600 })], part, heights, 1000)).toEqual([]);
    expect(barBoxes([bar({})], part, heights, 1000)[0]).toMatchObject({ x: 0, width: 200 });
  });

  test('the smallest bar under the pointer is meant', () => {
    const boxes = barBoxes(
      [bar({ executionId: 'wide', fromMicros: 0, toMicros: 900 }), bar({ executionId: 'narrow' })],
      scale,
      heights,
      1000,
    );
    expect(barAt(boxes, 150, 2)?.bar.executionId).toBe('narrow');
    expect(barAt(boxes, 500, 2)?.bar.executionId).toBe('wide');
    expect(barAt(boxes, 950, 2)).toBeNull();
  });

  test('many narrow bars become a band, a few never do', () => {
    expect(areSlivers(narrow(20))).toBe(false);
    expect(areSlivers(narrow(300))).toBe(true);
  });
});

describe('marks', () => {
  test('have room for the sign and number of each kind', () => {
    const close = [mark(1, 400, 'finding'), mark(2, 401, 'denied'), mark(3, 402, 'denied')];
    const [only] = clustersOf(timeline({ marks: close, markCount: 3 }), scale);
    expect(only?.kinds).toEqual([
      { kind: 'finding', count: 1 },
      { kind: 'denied', count: 2 },
    ]);
    expect(widthOfKind(2)).toBeGreaterThan(widthOfKind(1));
    // two kinds take more room than one, so that what comes right after them is one with them
    const near = (kind: TimelineMark['mark']) => {
      const marks = [
        mark(1, 400, 'finding'),
        mark(2, 400, kind),
        mark(3, 400 + 25 / scale.pxPerMicro, 'denied'),
      ];
      return clustersOf(timeline({ marks, markCount: 3 }), scale).length;
    };
    expect(near('failed')).toBe(1);
    expect(near('finding')).toBe(2);
  });

  test('of a cluster the line down leads to the worst, wherever its sign stands', () => {
    const marks = [mark(1, 400, 'denied'), mark(2, 408, 'finding')];
    const [only] = clustersOf(timeline({ marks, markCount: 2 }), scale);
    expect(only).toMatchObject({ kind: 'finding', x: 400, guideX: 408 });
  });

  test('that would touch are one, with the worst of them in front', () => {
    const marks = [mark(4, 100, 'denied'), mark(6, 105, 'finding'), mark(9, 500, 'overrun')];
    const clusters = clustersOf(timeline({ marks, markCount: 3 }), scale);
    expect(clusters.map(({ kind, count }) => [kind, count])).toEqual([
      ['finding', 2],
      ['overrun', 1],
    ]);
    expect(clusters[0]).toMatchObject({ firstSeq: 4, lastSeq: 6, mark: null });
    expect(clusters[1]?.mark?.seq).toBe(9);
  });

  test('of a list that is not whole are counted by pieces, so that none is missing', () => {
    const clusters = clustersOf(timeline({ marks: [mark(9, 450, 'denied')], markCount: 3 }), scale);
    expect(clusters.map(({ kind, count }) => [kind, count])).toEqual([
      ['denied', 2],
      ['finding', 1],
    ]);
    expect(clusters[1]).toMatchObject({ firstSeq: 19, lastSeq: 20 });
  });

  test('outside of the window are not shown', () => {
    const part = makeScale([{ fromMicros: 0, toMicros: 1000 }], { from: 200, to: 300 }, 0, 100);
    expect(clustersOf(timeline({ marks: [mark(4, 100, 'denied')], markCount: 1 }), part)).toEqual([]);
  });
});

describe('pieces of time', () => {
  test('are found by a moment and add up', () => {
    const all = timeline();
    expect(pieceAt(all.buckets, -1)).toBe(-1);
    expect(pieceAt(all.buckets, 0)).toBe(0);
    expect(pieceAt(all.buckets, 299)).toBe(2);
    expect(joinPieces(all, 3, 5)).toMatchObject({
      from: 300,
      to: 600,
      spent: 30,
      commits: 3,
      denials: 2,
      lowest: 830,
      highest: 890,
      unspent: 900,
      firstSeq: 7,
      lastSeq: 12,
    });
    expect(joinPieces(all, 11, 14)).toBeNull();
  });

  test('give the amounts that a window has to show, with its bars', () => {
    const all = timeline({ bars: [bar({ unspentMicro: 940, belowMicro: 200, estimatedMicro: 90 })] });
    expect(moneyIn(all, { from: 0, to: 300 })).toEqual([650, 950]);
    expect(moneyIn(all, { from: 300, to: 600 })).toEqual([830, 920]);
  });

  test('are joined in the table where there are too many', () => {
    const rows = rowsOf(timeline(), { from: 0, to: 1000 }, 5);
    expect(rows).toHaveLength(5);
    expect(rows.reduce((sum, { spent }) => sum + spent, 0)).toBe(100);
  });
});

describe('questions to the engine', () => {
  test('ask for half a window more on either side', () => {
    expect(questionOf(timeline(), { from: 400, to: 600 }, 500)).toEqual({
      from: 300,
      to: 700,
      buckets: 1000,
    });
  });

  test('an answer serves what it covers finely enough', () => {
    expect(serves(timeline(), { from: 0, to: 1000 }, 10)).toBe(true);
    expect(serves(timeline(), { from: 0, to: 1000 }, 1000)).toBe(false);
    const part = timeline({ fromMicros: 300, toMicros: 700 });
    expect(serves(part, { from: 200, to: 600 }, 10)).toBe(false);
    // before the first entry there is nothing to ask for
    expect(serves(timeline(), { from: -500, to: 500 }, 5)).toBe(true);
  });

  test('are never more than one at once, and the last wish is the one that is asked next', async () => {
    const waiting: ((answer: LedgerTimeline) => void)[] = [];
    const ask = vi.fn<Parameters<typeof createAsker>[0]>(
      () =>
        new Promise((resolve) => {
          waiting.push((value) => resolve({ ok: true, value }));
        }),
    );
    const answers: LedgerTimeline[] = [];
    const asker = createAsker(
      ask,
      () => null,
      (answer) => answers.push(answer),
      () => undefined,
    );
    asker.want({ from: 0, to: 100 }, 100);
    asker.want({ from: 100, to: 200 }, 100);
    asker.want({ from: 200, to: 300 }, 100);
    expect(ask).toHaveBeenCalledTimes(1);
    waiting[0]?.(timeline({ fromMicros: -50, toMicros: 150 }));
    await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(ask.mock.lastCall?.[0]).toMatchObject({ from: 150, to: 350 });
    expect(answers).toHaveLength(1);
    asker.end();
    waiting[1]?.(timeline());
    await Promise.resolve();
    expect(answers).toHaveLength(1);
  });
});

describe('the forecast', () => {
  const account = {
    name: 'a',
    budgetMicro: 1000,
    spentMicro: 100,
    reservedMicro: 50,
    replayed: null,
    lifecycle: 'READY',
    lifecycleReason: null,
    openReservations: 1,
    lastActivity: null,
    createdAt: null,
    burn: {
      microPerHour: 10,
      fromMicros: 0,
      toMicros: 1000,
      settlements: 3,
      query: '',
      exhaustedAtMicros: 9,
    },
  };

  test('is made for one account, and only where money went lately', () => {
    expect(forecastOf([account], null, timeline())?.available).toBe(850);
    expect(forecastOf([account, { ...account, name: 'b' }], null, timeline())).toBeNull();
    expect(forecastOf([{ ...account, burn: null }], 'a', timeline())).toBeNull();
    expect(forecastOf([{ ...account, spentMicro: 1000 }], 'a', timeline())).toBeNull();
  });

  test('gets room behind the last entry', () => {
    const seconds = timeline({
      wholeToMicros: 1e9,
      toMicros: 1e9,
      stretches: [{ fromMicros: 0, toMicros: 1e9 }],
    });
    const without = wholeSpan(seconds, null);
    const made = wholeSpan(seconds, forecastOf([account], 'a', seconds));
    expect(without?.to).toBeLessThan(1.02e9);
    expect(made?.to).toBeGreaterThan(1.1e9);
    expect(wholeSpan(timeline({ wholeFromMicros: null, wholeToMicros: null }), null)).toBeNull();
  });
});
