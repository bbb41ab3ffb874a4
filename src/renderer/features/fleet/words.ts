import type { Attention, Band, Metric, Running, StateWord } from '../../../contract/fleet.ts';
import type { Tone } from '../../ui/badge/Badge.tsx';

/** The state of an agent (formats/atomic-agents.md §8) as it stands on screen. */
export const STATES: Record<StateWord, { readonly label: string; readonly tone: Tone }> = {
  ERROR: { label: 'Error', tone: 'bad' },
  STALE: { label: 'Stale', tone: 'neutral' },
  WARN: { label: 'Warning', tone: 'warn' },
  OK: { label: 'OK', tone: 'ok' },
};

export const RUNNING: Record<Running['state'], string> = {
  running: 'running now',
  probably: 'probably running',
  idle: '',
  unknown: '',
};

export const BANDS: Record<Band, Tone> = { green: 'ok', amber: 'warn', red: 'bad' };

export const SEVERITY: Record<Attention['severity'], { readonly label: string; readonly tone: Tone }> = {
  critical: { label: 'Critical', tone: 'bad' },
  high: { label: 'High', tone: 'bad' },
  medium: { label: 'Medium', tone: 'warn' },
  low: { label: 'Low', tone: 'neutral' },
  info: { label: 'Info', tone: 'neutral' },
};

export const AXES = { cost: 'Cost', quality: 'Quality', reliability: 'Reliability' } as const;

/** A metric by its name in `targets.md`. */
export const METRICS: Readonly<Record<string, string>> = {
  spend_vs_trend: 'Spending against the trend',
  pass_rate: 'Evals passed',
  hard_fail_rate: 'Evals with a hard fail',
  error_rate: 'Runs that failed',
  blocked_rate: 'Runs that were blocked',
  skipped_rate: 'Runs that were skipped',
};

export const ARROWS: Record<'better' | 'worse' | 'same', string> = {
  better: '↗ better',
  worse: '↘ worse',
  same: '→ same',
};

/** A share as a percentage with at most one decimal. */
export const percent = (share: number): string =>
  `${(share * 100).toFixed(1).replace(/\.0$/, '').replace('-', '−')}\u00A0%`;

/** The value of a metric: all of them are shares. */
export const metricValue = ({ value }: Pick<Metric, 'value'>): string =>
  value === null ? '' : percent(value);

/** What gives full points, as a sentence says it. */
export const targetWords = ({ better, target, band, floor }: Metric): string =>
  better === 'lower'
    ? `at most ${percent(target)}, ${percent(band)} tolerated, no points from ${percent(floor)}`
    : `at least ${percent(target)}, ${percent(band)} tolerated, no points at ${percent(floor)}`;

/** `2026-06-15T09:00:00+00:00` as `15 Jun 2026`, a text that is no time as it stands. */
export function untilWords(text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return text;
  const words = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  return words.format(at).replace(/\bSept\b/, 'Sep');
}
