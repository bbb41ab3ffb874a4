import type { BadLine, RecordMark, RecordSort } from '../../../contract/records.ts';
import type { Tone } from '../../ui/badge/Badge.tsx';

type MarkWords = {
  readonly word: string;
  readonly tone: Tone;
  /** what it means, in a sentence or two */
  readonly means: string;
};

/** What is unusual about a record, in the words of a person (formats/atomic-agents.md §3–§5, §15). */
export const MARK_WORDS: Readonly<Record<RecordMark, MarkWords>> = {
  undated: {
    word: 'no time',
    tone: 'warn',
    means: 'Its time can’t be read. It is in no figure but the spending that guardrails count.',
  },
  naive: {
    word: 'no offset',
    tone: 'neutral',
    means: 'Its time has no offset from UTC, as in old logs. It is taken as it stands.',
  },
  misfiled: {
    word: 'misfiled',
    tone: 'warn',
    means:
      'Its time is of another day than the file it stands in. Figures count it by its time, guardrails by the file.',
  },
  'bad-cost': {
    word: 'cost unreadable',
    tone: 'warn',
    means: 'What was logged as its cost is no number. It counts as nothing.',
  },
  fallback: {
    word: 'fallback',
    tone: 'neutral',
    means: 'The fallback model was used, because a cap was reached or the default model failed.',
  },
  critical: { word: 'critical', tone: 'warn', means: 'It was let through whatever the caps said.' },
  estimated: {
    word: 'estimated',
    tone: 'warn',
    means: 'The model had no price when it ran, so the highest rates of all models were logged.',
  },
  unpriced: {
    word: 'no price',
    tone: 'warn',
    means: 'The model has no price in the table, so the logged cost can’t be checked.',
  },
  differs: {
    word: 'cost differs',
    tone: 'neutral',
    means: 'Today’s prices give another cost than was logged. Figures use what was logged.',
  },
  mirror: {
    word: 'copy',
    tone: 'neutral',
    means:
      'The coordinator’s copy of a delegated run, whose own line was found. Counted once, it is left out of sums over all agents.',
  },
  'mirror-alone': {
    word: 'copy alone',
    tone: 'neutral',
    means:
      'The coordinator’s copy of a delegated run, whose own line was not found. It is the only trace, and is counted.',
  },
  orphan: {
    word: 'no parent',
    tone: 'neutral',
    means:
      'It names a run that started it, and that run has no line: it may have been killed, or not be logged yet.',
  },
};

/** How a status is coloured. What is not known is not coloured. */
export function statusTone(status: string | null): 'plain' | 'muted' | 'warn' | 'bad' {
  switch (status) {
    case 'error':
      return 'bad';
    case 'skipped':
    case 'lock_busy':
    case 'principal_not_verified':
      return 'warn';
    case 'ok':
    case null:
      return 'muted';
    default:
      return 'plain';
  }
}

/** What a status means, behind it. */
export const STATUS_MEANS: Readonly<Record<string, string>> = {
  ok: 'it ended well',
  error: 'it failed',
  skipped: 'it was not run, because a cap was reached',
  lock_busy: 'it was not run, because another run held the agent’s lock',
  in_flight: 'an equal request was on its way already',
  deduped: 'an equal request had been answered before; that answer was given again',
  principal_not_verified: 'it was not run, because the caller was not known',
};

export const SORT_WORDS: Readonly<Record<RecordSort, string>> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  cost: 'Most expensive first',
  tokens: 'Most tokens first',
  latency: 'Slowest first',
};

export const BAD_LINE_WORDS: Readonly<Record<BadLine['kind'], string>> = {
  'not-json': 'not JSON',
  'not-object': 'no record',
  torn: 'torn',
  'being-written': 'being written',
  'not-utf8': 'not UTF-8',
  'too-long': 'too long',
};
