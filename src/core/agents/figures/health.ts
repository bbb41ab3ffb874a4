import type { Axis, Health, Metric } from '../../../contract/fleet.ts';
import type { EvalRow } from '../parts/evals.ts';
import { AXIS_NAMES, METRICS_OF, bandOf } from './curve.ts';
import type { AxisName } from './curve.ts';
import type { Digest } from './digest.ts';
import { metricOf } from './metrics.ts';
import type { TargetOf } from './metrics.ts';
import { roundEven } from './numbers.ts';

/** Points below which an axis or a metric holds the whole score down. */
const CAP_BELOW = 30;
const CAPPED_AT = 60;

export type HealthInput = {
  readonly today: number;
  readonly evals: readonly EvalRow[];
  readonly targetOf: TargetOf;
  readonly weights: Readonly<Record<AxisName, number>>;
  readonly weightsFrom: string;
  /** why an axis can't be relied on, such as an unreadable log; null: it can */
  readonly degraded: string | null;
};

/** The health score of an agent (formats/atomic-agents.md §8), every number with what made it. */
export function healthOf(digest: Digest, input: HealthInput): Health {
  const axes = AXIS_NAMES.map((name) => axisOf(name, digest, input));
  const present = axes.filter(({ points }) => points !== null);
  const weight = present.reduce((sum, axis) => sum + axis.weight, 0);
  if (present.length === 0 || weight === 0) {
    const how = axes.map(({ name, missing }) => `${name}: ${missing ?? 'has no weight'}`);
    const empty = { capped: false, cappedBy: null, composite: null, shown: null, band: null };
    return { agent: digest.agent, axes, ...empty, how: ['There is no score.', ...how] };
  }
  const mean = present.reduce((sum, axis) => sum + axis.points! * axis.weight, 0) / weight;
  const cappedBy = cappedBecause(axes);
  const composite = roundEven(cappedBy === null ? mean : Math.min(CAPPED_AT, mean), 4);
  const shown = roundEven(composite, 0);
  const how = [
    ...axes.map(axisWords),
    `${present.map(({ name, points, weight: own }) => `${name} ${points} × ${roundEven(own / weight, 4)}`).join(' + ')} = ${roundEven(mean, 4)} (weights from ${input.weightsFrom}${present.length < axes.length ? ', spread over the axes that are there' : ''}).`,
    ...(cappedBy === null
      ? []
      : [`${cappedBy}, below ${CAP_BELOW}: the score is at most ${CAPPED_AT}, and red.`]),
    `Shown is ${shown}, rounded half to even.`,
  ];
  const capped = cappedBy !== null;
  return { agent: digest.agent, axes, capped, cappedBy, composite, shown, band: bandOf(shown, capped), how };
}

function axisOf(name: AxisName, digest: Digest, input: HealthInput): Axis {
  const metrics = METRICS_OF[name].map((metric) =>
    metricOf(metric, digest, input.evals, input.today, input.targetOf),
  );
  const points = metrics.flatMap((metric) => (metric.points === null ? [] : [metric.points]));
  const degraded = name === 'quality' ? null : input.degraded;
  const missing =
    degraded ??
    (points.length < metrics.length ? (metrics.find((one) => one.points === null)?.how ?? null) : null);
  const mean = points.reduce((sum, one) => sum + one, 0) / points.length;
  return {
    name,
    points: missing === null ? roundEven(mean, 1) : null,
    missing,
    weight: input.weights[name],
    metrics: missing === null ? metrics : metrics.map(withoutPoints),
  };
}

function withoutPoints(metric: Metric): Metric {
  return { ...metric, points: null, row: null };
}

function cappedBecause(axes: readonly Axis[]): string | null {
  for (const axis of axes) {
    if (axis.points === null) continue;
    for (const { name, points } of axis.metrics) {
      if (points !== null && points < CAP_BELOW) return `${name} has ${roundEven(points, 1)} points`;
    }
    if (axis.points < CAP_BELOW) return `${axis.name} has ${axis.points} points`;
  }
  return null;
}

function axisWords(axis: Axis): string {
  if (axis.points === null) return `${axis.name} is left out: ${axis.missing ?? ''}`;
  const parts = axis.metrics.map(({ name, points }) => `${name} ${roundEven(points ?? 0, 1)}`);
  return `${axis.name}: ${parts.join(', ')}; the mean is ${axis.points}.`;
}

/** The score of all agents: their mean, and no better than the worst (formats/atomic-agents.md §8). */
export function fleetHealth(healths: readonly Health[]): {
  readonly shown: number | null;
  readonly band: Health['band'];
  readonly coverage: { readonly part: number; readonly whole: number };
  readonly how: readonly string[];
} {
  const scored = healths.filter(({ composite }) => composite !== null);
  const part = healths.filter(({ axes }) => axes.every(({ points }) => points !== null)).length;
  const coverage = { part, whole: healths.length };
  const covered = `${part} of ${healths.length} agents have all three axes.`;
  if (scored.length === 0)
    return { shown: null, band: null, coverage, how: ['No agent has a score.', covered] };
  const mean = scored.reduce((sum, { composite }) => sum + composite!, 0) / scored.length;
  const worst = scored.reduce((low, one) => (one.composite! < low.composite! ? one : low));
  const capped = scored.filter((one) => one.capped);
  const shown = roundEven(Math.min(mean, worst.composite!), 0);
  const how = [
    `The mean of ${scored.length} scores is ${roundEven(mean, 2)}, the worst is ${worst.agent} with ${worst.composite}. The smaller one counts.`,
    ...(capped.length === 0
      ? []
      : [`Red, because ${capped.map(({ agent }) => agent).join(', ')} is held down.`]),
    covered,
  ];
  return { shown, band: bandOf(shown, capped.length > 0), coverage, how };
}
