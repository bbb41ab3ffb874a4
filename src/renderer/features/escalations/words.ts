import type { Escalation, EscalationVerdict } from '../../../contract/escalations.ts';
import type { Tone } from '../../ui/badge/Badge.tsx';
import { formatSpan } from '../../ui/format.ts';

/** What the runtime makes of a file, in a word and in a sentence (formats/atomic-agents.md §11). */
export const VERDICTS: Record<
  EscalationVerdict,
  { readonly label: string; readonly tone: Tone; readonly means: string }
> = {
  pending: { label: 'Waiting', tone: 'warn', means: 'It waits for an answer; the action is not done.' },
  pending_with_ignored_block: {
    label: 'Answer ignored',
    tone: 'bad',
    means:
      'An answer was written, and the runtime ignores it because the state is still pending: the action is not done.',
  },
  approved: { label: 'Approved', tone: 'ok', means: 'A person approved it; the runtime does it once.' },
  denied: { label: 'Denied', tone: 'neutral', means: 'A person denied it; the action is not done.' },
  revised: {
    label: 'Revised',
    tone: 'accent',
    means: 'A person changed it; the changed proposal is judged again.',
  },
  redacted: { label: 'Redacted', tone: 'neutral', means: 'A person took it back; the action is not done.' },
  auto_decided: { label: 'Decided by time', tone: 'neutral', means: 'Nobody answered in time.' },
  unparseable: {
    label: 'Not understood',
    tone: 'bad',
    means: 'The runtime can’t tell what was decided, leaves it alone, and nothing happens.',
  },
  proposal_body_tampered: {
    label: 'Tampered',
    tone: 'bad',
    means: 'The arguments are not those that were judged; the runtime never acts on it.',
  },
  no_proposal: {
    label: 'No proposal',
    tone: 'bad',
    means: 'There is no proposal that can be read, so there is nothing to act on.',
  },
};

/** The class of an action, in words. */
const CLASSES: Readonly<Record<string, string>> = {
  read_only: 'reads only',
  reversible_write: 'reversible write',
  external_side_effect: 'external side effect',
  high_risk: 'high risk',
};
export const classWords = (name: string): string => CLASSES[name] ?? (name === '' ? 'no class' : name);

export const waits = ({ verdict }: Pick<Escalation, 'verdict'>): boolean =>
  verdict === 'pending' || verdict === 'pending_with_ignored_block';

/** Answered by a person, and not yet taken up by the runtime, which leaves its marker then. */
export const notTaken = ({ verdict, executed }: Pick<Escalation, 'verdict' | 'executed'>): boolean =>
  !executed && ['approved', 'denied', 'revised', 'redacted'].includes(verdict);

/** Written, and of no effect: what a person must hear of first. */
export const goesWrong = (one: Escalation): boolean =>
  VERDICTS[one.verdict].tone === 'bad' ||
  one.blocks.some(({ counts }) => !counts) ||
  one.findings.some(({ severity }) => severity === 'error');

/** How long it has waited: `13 h`, `12 days 4 h`. */
export const ageWords = (seconds: number): string => formatSpan(seconds * 1e6);

const OUTCOMES: Readonly<Record<string, string>> = {
  block: 'the action is not done',
  allow: 'the action is done',
};
export const outcomeWords = (outcome: string): string => OUTCOMES[outcome] ?? `“${outcome}” holds`;

/** What happens when nobody answers, and when. */
export function autoWords({ autoDecide, verdict }: Escalation): string {
  if (autoDecide === null) return 'It waits until somebody answers.';
  const { afterSeconds, leftSeconds, outcome } = autoDecide;
  const then = outcomeWords(outcome);
  if (leftSeconds === null || !waits({ verdict })) {
    return `Without an answer it would have been decided after ${ageWords(afterSeconds)}: ${then}.`;
  }
  if (leftSeconds > 0) return `Without an answer, in ${ageWords(leftSeconds)}: ${then}.`;
  return `The time for an answer ran out ${ageWords(-leftSeconds)} ago: when the runtime looks next, ${then}.`;
}

/** The same in one unit, for rows: `13 h`, `12 days`. */
export function shortAge(seconds: number): string {
  const unit = [86_400, 3600, 60].find((size) => seconds >= size) ?? 1;
  return ageWords(Math.floor(seconds / unit) * unit);
}

/** The same for a row: `11 h left`, `time ran out`. */
export function leftWords({ autoDecide, verdict }: Escalation): string {
  if (autoDecide === null || autoDecide.leftSeconds === null || !waits({ verdict })) return '';
  return autoDecide.leftSeconds > 0 ? `${shortAge(autoDecide.leftSeconds)} left` : 'time ran out';
}

/** Whether the arguments are those that were judged. */
export function hashWords({ hashOk }: Pick<Escalation, 'hashOk'>): {
  readonly label: string;
  readonly tone: Tone;
} {
  if (hashOk === null) return { label: 'not checked', tone: 'neutral' };
  return hashOk ? { label: 'unchanged', tone: 'ok' } : { label: 'changed', tone: 'bad' };
}
