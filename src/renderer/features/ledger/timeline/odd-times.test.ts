import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { randomBelow } from '../../../../../test/support/random.ts';
import type { LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import { timelineOf } from '../../../../core/aex/timeline/timeline.ts';
import { noFacts } from '../../../../core/aex/views/facts.ts';
import { columnsOf, randomEntries, type PlainEntry } from '../../../../core/aex/views/testing.ts';
import { questionOf } from './asker.ts';
import type { Colours } from './colours.ts';
import { layoutOf } from './layout.ts';
import { paintTimeline } from './paint.ts';
import { panSpan, SMALLEST_SPAN, zoomSpan, type Span } from './span.ts';
import { wholeSpan } from './whole.ts';
import { clusterWords, recordWords, spanWords } from './words.ts';

const base = randomEntries(11, 40, { odd: 0 });
const at = (micros: (index: number, entry: PlainEntry) => number): readonly PlainEntry[] =>
  base.map((entry, index) => ({ ...entry, micros: micros(index, entry) }));

const START = Date.UTC(2026, 2, 2) * 1000;
const LEDGERS: Readonly<Record<string, readonly PlainEntry[]>> = {
  'all in one second': at(() => START),
  'all in one millisecond': at((index) => START + 1 + index * 7),
  'before 1970': at((index) => -86_400e6 * 400 + index * 3e6),
  'across 1970': at((index) => (index - 20) * 86_400e6),
  'the years 1 to 9999': at((index) => (index % 2 === 0 ? -62_135_596_800e6 : 253_402_300_799e6)),
  'unreadable times between': at((index, { micros }) => (index % 3 === 0 ? Number.NaN : micros)),
  'no readable time but one': at((index) => (index === 7 ? START : Number.NaN)),
  'a clock that goes back': at((index) => START + (index % 10) * 60e6 - Math.floor(index / 10) * 30e6),
  'a year of silence': at((index) => START + (index < 20 ? 0 : 365 * 86_400e6) + index * 1e6),
  'a single entry': base.slice(0, 1),
};

/** A canvas that takes only numbers it can draw. */
function canvas(): CanvasRenderingContext2D {
  const target: Record<string, unknown> = {};
  return new Proxy(target, {
    get: (_, key) => {
      if (key === 'measureText') return (text: string) => ({ width: text.length * 6 });
      return (...args: readonly unknown[]) => {
        for (const arg of args) if (typeof arg === 'number') expect(arg).toSatisfy(Number.isFinite);
      };
    },
    set: (_, key, value) => {
      if (key === 'lineWidth' || key === 'globalAlpha') expect(value).toSatisfy(Number.isFinite);
      return true;
    },
  }) as unknown as CanvasRenderingContext2D;
}

const colours = new Proxy({}, { get: () => '#000' }) as Colours;
const nothing = { pointer: null, marked: null, execution: null, brush: null, burn: null };

function draw(timeline: LedgerTimeline, span: Span, width: number): void {
  const layout = layoutOf({ timeline, span, width, height: 200, fontPx: 11, zone: 'utc' });
  expect(layout.ticks.length).toBeLessThan(500);
  expect(layout.money.length).toBeLessThan(100);
  for (const { x } of layout.clusters) expect(x).toSatisfy(Number.isFinite);
  for (const { x0, x1 } of layout.runs) expect(x1).toBeGreaterThan(x0);
  paintTimeline(canvas(), layout, { ...nothing, marked: layout.clusters[0]?.key ?? null }, colours);
  for (const cluster of layout.clusters) expect(clusterWords(cluster, 'utc')).not.toMatch(/NaN|Invalid/);
  expect(spanWords(span, 'utc') + recordWords(layout.runs)).not.toMatch(/NaN|Invalid|undefined/);
}

// what the drawing asks of a window
beforeEach(() => void vi.stubGlobal('window', { devicePixelRatio: 1 }));
afterEach(() => void vi.unstubAllGlobals());

describe.each(Object.keys(LEDGERS))('a ledger with %s', (name) => {
  it('is drawn at any zoom and place, wide and narrow', () => {
    const below = randomBelow(5);
    const columns = columnsOf(LEDGERS[name]!);
    const facts = { ...noFacts(START), budgets: new Map([['coder', 50_000]]) };
    const ask = (from: number | null, to: number | null, buckets: number): LedgerTimeline => ({
      revision: 1,
      ...timelineOf(columns, { agent: null, from, to, buckets, fold: true }, facts),
    });
    const whole = ask(null, null, 400);
    const all = wholeSpan(whole, null)!;
    expect(all.to).toBeGreaterThan(all.from);
    for (const width of [300, 900, 2560]) {
      let span = all;
      for (let step = 0; step < 40; step++) {
        const { from, to, buckets } = questionOf(whole, span, width);
        const timeline = ask(from, to, buckets);
        draw(step % 4 === 0 ? whole : timeline, span, width);
        span =
          below(3) === 0
            ? panSpan(timeline.stretches, span, below(100) / 25 - 2, all)
            : zoomSpan(timeline.stretches, span, [0.05, 0.3, 0.5, 2, 9][below(5)]!, span.from, all);
        expect(span.to - span.from).toBeGreaterThanOrEqual(SMALLEST_SPAN * 0.5);
        expect(span.from).toBeGreaterThanOrEqual(all.from - 1);
        expect(span.to).toBeLessThanOrEqual(all.to + 1);
      }
    }
  });
});
