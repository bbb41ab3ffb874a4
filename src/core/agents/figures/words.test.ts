import { describe, expect, it } from 'vitest';
import type { Attention, Health, Reliability } from '../../../contract/fleet.ts';
import { DEFAULT_METRICS } from '../settings/targets.ts';
import { alertKey } from './alert-key.ts';
import { bandOf, pointsOf, rowOf } from './curve.ts';
import { dayOf, endOf, monthBefore, textOf } from './days.ts';
import { forecastOf } from './forecast.ts';
import { fleetHealth } from './health.ts';
import { cheaperOf, sortRecommendations } from './recommendations.ts';
import { stateWord } from './state-word.ts';
import { suggestedCaps } from './suggested.ts';

const pointsAt = (name: keyof typeof DEFAULT_METRICS, value: number): number =>
  pointsOf(name as 'pass_rate', value, DEFAULT_METRICS[name]!);

const days = (count: number, micros: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => ({ day: at, micros: micros(at) }));

const idea = (points: number | null, savesMicros: number | null) => ({
  agent: 'elm',
  kind: 'quality' as const,
  title: '',
  reasons: [],
  query: null,
  points,
  savesMicros,
});

const scored = (agent: string, composite: number | null, capped = false): Health => ({
  agent,
  axes: [],
  capped,
  cappedBy: null,
  composite,
  shown: composite,
  band: null,
  how: [],
});

describe('points of a metric', () => {
  it('are 100 within the tolerance, 0 at the floor, and a straight line between', () => {
    expect(pointsAt('error_rate', 0.05)).toBe(100);
    expect(pointsAt('error_rate', 0.4)).toBe(0);
    expect(pointsAt('error_rate', 0.225)).toBeCloseTo(50, 9);
    expect(pointsAt('error_rate', 0.9)).toBe(0);
    expect(pointsAt('pass_rate', 0.7)).toBeGreaterThanOrEqual(99.999);
    expect(pointsAt('pass_rate', 0.35)).toBeCloseTo(50, 9);
    expect(pointsAt('spend_vs_trend', -0.5)).toBe(100);
    expect(pointsAt('skipped_rate', 0.159)).toBeCloseTo(68.857, 3);
  });

  it('fall back to the default where a target leaves no span', () => {
    const flat = { target: 0.4, better: 'lower', band: 0, floor: 0.4 } as const;
    expect(pointsOf('error_rate', 0.225, flat)).toBeCloseTo(50, 9);
  });

  it('give rows and bands by their limits', () => {
    expect([80, 79.9, 60, 59.9].map(rowOf)).toEqual(['ok', 'warn', 'warn', 'crit']);
    expect([80, 79, 60, 59].map((shown) => bandOf(shown, false))).toEqual(['green', 'amber', 'amber', 'red']);
    expect(bandOf(60, true)).toBe('red');
  });
});

describe('the state of an agent in a word', () => {
  const reliability: Reliability = {
    primaryRuns: { value: 10, query: '' },
    errorRate: 0,
    blockedRate: 0,
    inflightRate: 0,
    principalRate: 0,
    skippedRate: 0,
  };
  const health: Health = {
    agent: 'elm',
    axes: [],
    capped: false,
    cappedBy: null,
    composite: 90,
    shown: 90,
    band: 'green',
    how: [],
  };
  const alert = { state: 'open', title: 'No owner is named' } as Attention;
  const now = endOf(dayOf('2026-06-08')!);
  const fine = {
    health,
    reliability,
    attention: [],
    lastPrimaryMicros: now - 3600e6,
    nowMicros: now,
    spike: null,
  };

  it('is the first that fits', () => {
    expect(stateWord(fine).word).toBe('OK');
    expect(stateWord({ ...fine, attention: [alert] }).word).toBe('WARN');
    expect(stateWord({ ...fine, attention: [{ ...alert, state: 'acked' }] }).word).toBe('OK');
    expect(stateWord({ ...fine, health: { ...health, band: 'amber', shown: 70 } }).word).toBe('WARN');
    expect(stateWord({ ...fine, spike: 'Spends more' }).word).toBe('WARN');
    const stale = { ...fine, lastPrimaryMicros: now - 86_400e6 - 1, attention: [alert] };
    expect(stateWord(stale)).toEqual({ word: 'STALE', why: 'The last primary run was 24 hours ago.' });
    expect(stateWord({ ...stale, lastPrimaryMicros: null }).word).toBe('STALE');
    const failing = { ...stale, reliability: { ...reliability, errorRate: 0.2 } };
    expect(stateWord(failing).word).toBe('ERROR');
    expect(
      stateWord({ ...stale, health: { ...health, capped: true, cappedBy: 'pass_rate has 3 points' } }).word,
    ).toBe('ERROR');
  });
});

describe('the forecast of a month', () => {
  const today = dayOf('2026-06-11')!;

  it('is what was spent and the mean of whole days for those to come', () => {
    const { forecast } = forecastOf(today, today - 40, () => 1e9, false);
    expect(forecast).toMatchObject({
      month: '2026-06',
      micros: 30e6,
      lowMicros: 30e6,
      highMicros: 30e6,
      todayMicros: 1e6,
    });
    expect(forecast!.how).toMatch(/^An estimate: \$11\.000000 spent/);
  });

  it('never falls below what is spent, and takes today as it is when it is over', () => {
    const spent = (day: number): number => (day === today ? 9e9 : day % 2 === 0 ? 2e9 : 0);
    const { forecast } = forecastOf(today, today - 28, spent, true);
    expect(forecast!.todayMicros).toBeNull();
    expect(forecast!.lowMicros).toBeGreaterThanOrEqual(9e6);
    expect(forecast!.lowMicros).toBeLessThan(forecast!.micros);
    expect(forecast!.highMicros).toBeGreaterThan(forecast!.micros);
  });

  it('is none with less than a week, and says so', () => {
    expect(forecastOf(today, today - 6, () => 1e9, false)).toEqual({
      forecast: null,
      why: 'There are 6 whole days before 2026-06-11; a forecast needs 7.',
    });
    expect(forecastOf(today, null, () => 0, false).forecast).toBeNull();
  });
});

describe('suggested caps', () => {
  it('need 14 days', () => {
    expect(suggestedCaps(days(13, () => 1e6)).suggested).toBeNull();
    expect(suggestedCaps(days(13, () => 1e6)).noSuggestion).toContain('13 days');
  });

  it('are the larger of 2 × p95 and 3 × the mean, and 1.5 × thirty days', () => {
    expect(suggestedCaps(days(20, () => 1e6)).suggested).toMatchObject({
      dailyMicros: 3e6,
      monthlyMicros: 45e6,
    });
    const spiky = suggestedCaps(days(20, (at) => (at < 18 ? 0 : 10e6))).suggested;
    expect(spiky).toMatchObject({ dailyMicros: 20e6, monthlyMicros: 45e6 });
  });
});

describe('keys, days and families', () => {
  it('are those of upstream', () => {
    expect(alertKey('quill', 'governance.GOVERNANCE_INVALID', 'governance_parse_error')).toBe(
      'v1:5216e5690ba0',
    );
    expect(alertKey('sentry', 'reliability.high_skipped_rate', 'high_skipped_rate')).toBe('v1:f0e3660ca3ad');
    expect(monthBefore(dayOf('2026-03-31')!, 1)).toMatchObject({
      name: '2026-02',
      from: dayOf('2026-02-01'),
    });
    expect(textOf(monthBefore(dayOf('2026-01-15')!, 1).to)).toBe('2025-12-31');
    expect(['gpt-5', 'claude-opus-4-7-20260101', 'claude-haiku-4-5', 'unknown'].map(cheaperOf)).toEqual([
      'gpt-5-mini',
      'claude-sonnet-4-6-20260101',
      null,
      null,
    ]);
  });

  it('rank what could be done by points, then by dollars', () => {
    const sorted = sortRecommendations([idea(null, 5), idea(3, null), idea(null, 9), idea(7, null)]);
    expect(sorted.map(({ points, savesMicros }) => [points, savesMicros])).toEqual([
      [7, null],
      [3, null],
      [null, 9],
      [null, 5],
    ]);
  });

  it('the fleet is no better than its worst agent', () => {
    expect(fleetHealth([scored('a', 100), scored('b', 70)])).toMatchObject({ shown: 70, band: 'amber' });
    expect(fleetHealth([scored('a', 100), scored('b', 60, true)])).toMatchObject({ shown: 60, band: 'red' });
    expect(fleetHealth([scored('a', null)])).toMatchObject({ shown: null, band: null });
  });
});
