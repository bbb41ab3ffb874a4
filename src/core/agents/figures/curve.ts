import { DEFAULT_METRICS } from '../settings/targets.ts';
import type { MetricTarget } from '../settings/targets.ts';

/** A target with its direction, tolerance and the value that gives no points (formats/atomic-agents.md §8). */
export type Target = Pick<MetricTarget, 'target' | 'better' | 'band' | 'floor'>;

export const METRIC_NAMES = [
  'spend_vs_trend',
  'pass_rate',
  'hard_fail_rate',
  'error_rate',
  'blocked_rate',
  'skipped_rate',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

export const AXIS_NAMES = ['cost', 'quality', 'reliability'] as const;
export type AxisName = (typeof AXIS_NAMES)[number];

/** The metrics of each axis. */
export const METRICS_OF: Readonly<Record<AxisName, readonly MetricName[]>> = {
  cost: ['spend_vs_trend'],
  quality: ['pass_rate', 'hard_fail_rate'],
  reliability: ['error_rate', 'blocked_rate', 'skipped_rate'],
};

/** Points of a value: 100 within the band, 0 at the floor, a straight line between; a target without a span falls back. */
export function pointsOf(name: MetricName, value: number, target: Target): number {
  const span = (of: Target): number =>
    of.better === 'lower' ? of.floor - (of.target + of.band) : of.target - of.band - of.floor;
  const used = span(target) > 0 ? target : DEFAULT_METRICS[name]!;
  const edge = used.better === 'lower' ? used.target + used.band : used.target - used.band;
  const met = used.better === 'lower' ? value <= edge : value >= edge;
  if (met) return 100;
  const points = ((used.floor - value) / (used.floor - edge)) * 100;
  return Math.min(100, Math.max(0, points));
}

/** The row of a metric by its points: from 80 ok, from 60 a warning. */
export function rowOf(points: number): 'ok' | 'warn' | 'crit' {
  return points >= 80 ? 'ok' : points >= 60 ? 'warn' : 'crit';
}

/** The band by the integer that is shown. */
export function bandOf(shown: number, capped: boolean): 'green' | 'amber' | 'red' {
  if (capped) return 'red';
  return shown >= 80 ? 'green' : shown >= 60 ? 'amber' : 'red';
}
