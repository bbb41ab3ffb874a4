import { SEVERITIES } from '../../../contract/fleet.ts';
import type { Attention, Reliability } from '../../../contract/fleet.ts';
import { compareCodePoints } from '../../json/tree.ts';
import type { Governance } from '../settings/governance.ts';
import { alertKey } from './alert-key.ts';
import type { Digest } from './digest.ts';
import { slotFrom } from './digest.ts';
import type { ScoreDelta } from './evals.ts';
import { textOf } from './days.ts';
import type { Span } from './days.ts';
import { counted, microsOf, moneyWords, percentWords, roundEven } from './numbers.ts';
import { rangeQuery } from './queries.ts';

export type AttentionInput = {
  readonly digest: Digest;
  readonly today: number;
  readonly reliability: Reliability;
  readonly score: ScoreDelta;
  readonly governance: Pick<Governance, 'state' | 'why' | 'path'>;
  /** what holds of an alert at the moment (§9) */
  readonly stateOf: (key: string) => Pick<Attention, 'state' | 'snoozedUntil' | 'since'>;
};

const BUCKETS = {
  NO_GOVERNANCE: 'no_governance_file',
  GOVERNANCE_INVALID: 'governance_parse_error',
  GOVERNANCE_NO_BLOCK: 'governance_no_block',
  GOVERNANCE_INCOMPLETE: 'no_owner_field',
} as const;

const SPIKE = 3;
const SPIKE_DAYS = 7;
const REGRESSION = -0.1;
const HIGH_ERRORS = 0.2;
const MOST_ERRORS = 0.5;
const HIGH_RATE = 0.1;

type Draft = Omit<Attention, 'alertKey' | 'state' | 'snoozedUntil' | 'since' | 'agent'> & {
  readonly bucket: string;
};

/** What of an agent needs a person, in the order of upstream's classes (formats/atomic-agents.md §9). */
export function attentionOf(input: AttentionInput): Attention[] {
  const drafts = [governance(input), spike(input), ...rates(input), regression(input)];
  return drafts.flatMap((draft) => {
    if (draft === null) return [];
    const { bucket, ...entry } = draft;
    const key = alertKey(input.digest.agent, entry.class, bucket);
    return [{ ...entry, agent: input.digest.agent, alertKey: key, ...input.stateOf(key) }];
  });
}

const rank = ({ severity }: Attention): number => SEVERITIES.indexOf(severity);

/** Worst first, then by name. */
export function sortAttention(entries: readonly Attention[]): Attention[] {
  return entries.toSorted((a, b) => rank(a) - rank(b) || compareCodePoints(a.agent, b.agent));
}

function governance({ governance: found }: AttentionInput): Draft | null {
  if (found.state === 'VALID') return null;
  const titles = {
    NO_GOVERNANCE: 'No governance.md',
    GOVERNANCE_INVALID: 'governance.md is invalid',
    GOVERNANCE_NO_BLOCK: 'governance.md has no governance block',
    GOVERNANCE_INCOMPLETE: 'No owner is named',
  } as const;
  return {
    severity: found.state === 'GOVERNANCE_INCOMPLETE' ? 'medium' : 'high',
    class: `governance.${found.state}`,
    bucket: BUCKETS[found.state],
    title: titles[found.state],
    means: 'Nobody can tell who answers for this agent, and what it may do.',
    how: found.why,
    query: null,
    path: found.path,
  };
}

/** Spending of the days with records of a window. */
function activeDays(digest: Digest, span: Span): { readonly days: number; readonly nanos: number } {
  let days = 0;
  let nanos = 0;
  for (let slot = slotFrom(digest, span.from); slot < digest.days.length; slot++) {
    if (digest.days[slot]! > span.to) break;
    days++;
    nanos += digest.all.nanos[slot]!;
  }
  return { days, nanos };
}

/** Whether an agent spends three times as much a day as in the 30 days before (this window has 30 days, §9). */
export function spikeOf(
  digest: Digest,
  today: number,
): { readonly ratio: number; readonly how: string } | null {
  const now = activeDays(digest, { from: today - 30, to: today });
  const before = activeDays(digest, { from: today - 60, to: today - 31 });
  if (before.days < SPIKE_DAYS || now.days === 0 || before.nanos <= 0) return null;
  const [mean, old] = [now.nanos / now.days, before.nanos / before.days];
  if (mean < SPIKE * old) return null;
  const ratio = roundEven(mean / old, 1);
  const how = `${moneyWords(microsOf(mean))} a day on ${counted(now.days, 'day')} with records since ${textOf(today - 30)}, against ${moneyWords(microsOf(old))} on ${counted(before.days, 'day')} before: ${ratio} times as much (an alert from ${SPIKE}).`;
  return { ratio, how };
}

function spike({ digest, today }: AttentionInput): Draft | null {
  const found = spikeOf(digest, today);
  if (found === null) return null;
  return {
    severity: 'high',
    class: 'cost_spike',
    bucket: 'cost_above_threshold',
    title: `Spends ${found.ratio} times as much as before`,
    means: 'Something makes it work more, or on a dearer model.',
    how: found.how,
    query: rangeQuery(digest.agent, { from: today - 30, to: today }, false),
    path: null,
  };
}

function rates({ digest, today, reliability }: AttentionInput): (Draft | null)[] {
  const span = { from: today - 30, to: today };
  const runs = counted(reliability.primaryRuns.value, 'primary run');
  const entry = (
    name: string,
    rate: number,
    from: number,
    title: string,
    means: string,
    terms: string,
  ): Draft | null =>
    rate < from
      ? null
      : {
          severity: name === 'high_error_rate' && rate >= MOST_ERRORS ? 'high' : 'medium',
          class: `reliability.${name}`,
          bucket: name,
          title: `${title}: ${percentWords(rate)}`,
          means,
          how: `${percentWords(rate)} of ${runs} since ${textOf(span.from)} (an alert from ${percentWords(from)}).`,
          query: rangeQuery(digest.agent, span, false, 'is:primary', terms),
          path: null,
        };
  return [
    entry(
      'high_error_rate',
      reliability.errorRate,
      HIGH_ERRORS,
      'Many runs fail',
      'Work is not done, though it may have been paid for.',
      'status:error',
    ),
    entry(
      'high_blocked_rate',
      reliability.blockedRate,
      HIGH_RATE,
      'Many runs are blocked',
      'Runs meet each other, or embedding is refused.',
      'is:blocked',
    ),
    entry(
      'high_skipped_rate',
      reliability.skippedRate,
      HIGH_RATE,
      'Many runs are skipped',
      'A cap stops it, or it is asked the same again and again.',
      'status:skipped,deduped',
    ),
  ];
}

function regression({ score }: AttentionInput): Draft | null {
  if (score.delta === null || score.delta > REGRESSION) return null;
  return {
    severity: 'medium',
    class: 'quality_regression',
    bucket: 'score_regression_threshold',
    title: `The eval score fell by ${-score.delta}`,
    means: 'Its answers are judged worse than a month ago.',
    how: `${score.how.replace(/\.$/, '')} (an alert from −${-REGRESSION}). Single evals vary: look at the trend before you act.`,
    query: null,
    path: null,
  };
}
