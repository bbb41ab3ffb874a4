import type { Metric } from '../../../contract/fleet.ts';
import type { EvalRow } from '../parts/evals.ts';
import type { MetricName, Target } from './curve.ts';
import { pointsOf, rowOf } from './curve.ts';
import { windowsOf } from './days.ts';
import type { Span } from './days.ts';
import type { Digest } from './digest.ts';
import { evalWindow, evalWords } from './evals.ts';
import { counted, microsOf, moneyWords, percentWords, roundEven } from './numbers.ts';
import { rangeQuery } from './queries.ts';
import { primaryCounts } from './reliability.ts';
import { sumOfSpan } from './sums.ts';

/** A change of a week against the week before that counts as one (formats/atomic-agents.md §8). */
const ARROW = 0.01;
const ARROW_SPEND = 0.05;

/** The value of a metric in a window, and how it comes about. */
export type Measured = {
  readonly value: number | null;
  readonly how: string;
  readonly query: string | null;
  readonly of: Metric['of'];
};

/** A target in force, with the file that says so. */
export type TargetOf = (name: MetricName) => Target & { readonly from: string };

const none = (how: string): Measured => ({ value: null, how, query: null, of: null });

/** Measures a metric over a window; spending is compared with the window before of the same length. */
export function measure(
  name: MetricName,
  digest: Digest,
  evals: readonly EvalRow[],
  span: Span,
  before: Span,
): Measured {
  if (name === 'spend_vs_trend') return spending(digest, span, before);
  if (name === 'pass_rate' || name === 'hard_fail_rate') return quality(name, evals, span);
  return rate(name, digest, span);
}

function spending(digest: Digest, span: Span, before: Span): Measured {
  const recent = sumOfSpan(digest, span, false).nanos;
  const prior = sumOfSpan(digest, before, false).nanos;
  const query = rangeQuery(digest.agent, span, false);
  if (prior === 0) {
    return { ...none('Nothing was spent in the 31 days before the last 31, so there is no trend.'), query };
  }
  const value = recent / prior - 1;
  return {
    value,
    how: `${moneyWords(microsOf(recent))} in the last ${span.to - span.from + 1} days against ${moneyWords(microsOf(prior))} in as many before: ${value > 0 ? '+' : ''}${percentWords(value)}.`,
    query,
    of: null,
  };
}

function quality(name: 'pass_rate' | 'hard_fail_rate', evals: readonly EvalRow[], span: Span): Measured {
  const window = evalWindow(evals, span);
  if (window.scorable === 0) return none('No eval was judged in the last 30 days.');
  const part = name === 'pass_rate' ? window.passed : window.hardFails;
  const value = part / window.scorable;
  const did = name === 'pass_rate' ? 'passed' : 'had a hard fail';
  return {
    value,
    how: `${part} of ${window.scorable} ${did}: ${percentWords(value)} (${evalWords(window)}).`,
    query: null,
    of: { part, whole: window.scorable },
  };
}

const rates = {
  error_rate: { count: 'error', terms: ['status:error'], words: 'ended with an error' },
  blocked_rate: {
    count: 'blocked',
    terms: ['is:blocked'],
    words: 'met a lock that was held, or an embedding that was refused',
  },
  skipped_rate: {
    count: 'skipped',
    terms: ['status:skipped,deduped'],
    words: 'were skipped or answered from an earlier run',
  },
} as const;

function rate(name: keyof typeof rates, digest: Digest, span: Span): Measured {
  const counts = primaryCounts(digest, span);
  if (counts.runs === 0) return none('There were no primary runs in the last 30 days.');
  const { count, terms, words } = rates[name];
  const part = counts[count];
  const value = roundEven(part / counts.runs, 4);
  return {
    value,
    how: `${part} of ${counted(counts.runs, 'primary run')} ${words}: ${percentWords(value)}.`,
    query: rangeQuery(digest.agent, span, false, 'is:primary', ...terms),
    of: { part, whole: counts.runs },
  };
}

/** A metric with its points, its row and whether the week was better than the one before. */
export function metricOf(
  name: MetricName,
  digest: Digest,
  evals: readonly EvalRow[],
  today: number,
  targetOf: TargetOf,
): Metric {
  const windows = windowsOf(today);
  const { from: targetFrom, ...target } = targetOf(name);
  const measured = measure(name, digest, evals, windows.recent, windows.prior);
  const exact = measured.value === null ? null : pointsOf(name, measured.value, target);
  return {
    name,
    ...target,
    ...measured,
    points: exact,
    row: exact === null ? null : rowOf(exact),
    how: exact === null ? measured.how : `${measured.how} ${pointWords(exact, target)}`,
    arrow: arrowOf(name, digest, evals, today, target.better),
    targetFrom,
  };
}

function pointWords(points: number, target: Target): string {
  const { better, band, floor } = target;
  const edge = roundEven(better === 'lower' ? target.target + band : target.target - band, 4);
  const full = better === 'lower' ? `up to ${edge}` : `from ${edge}`;
  return `100 points ${full} (target ${target.target}, tolerance ${band}), 0 at ${floor}: ${roundEven(points, 1)} points.`;
}

function arrowOf(
  name: MetricName,
  digest: Digest,
  evals: readonly EvalRow[],
  today: number,
  better: 'lower' | 'higher',
): Metric['arrow'] {
  const { week, weekBefore } = windowsOf(today);
  const weekBeforeThat = { from: today - 20, to: today - 14 };
  const now = measure(name, digest, evals, week, weekBefore).value;
  const then = measure(name, digest, evals, weekBefore, weekBeforeThat).value;
  if (now === null || then === null) return null;
  const change = now - then;
  if (Math.abs(change) <= (name === 'spend_vs_trend' ? ARROW_SPEND : ARROW)) return 'same';
  return change > 0 === (better === 'higher') ? 'better' : 'worse';
}
