import type { Escalation } from '../../../contract/escalations.ts';
import { goesWrong, waits } from './words.ts';

export const ESCALATION_FILTERS = [
  'all',
  'waiting',
  'wrong',
  'approved',
  'denied',
  'revised',
  'redacted',
  'auto_decided',
] as const;
export type EscalationFilter = (typeof ESCALATION_FILTERS)[number];

export const FILTER_LABELS: Record<EscalationFilter, string> = {
  all: 'All',
  waiting: 'Waiting',
  wrong: 'Ignored or broken',
  approved: 'Approved',
  denied: 'Denied',
  revised: 'Revised',
  redacted: 'Redacted',
  auto_decided: 'Decided by time',
};

export type EscalationForm = {
  readonly filter: EscalationFilter;
  /** empty: all agents */
  readonly agent: string;
  readonly search: string;
  /** the path of the one that is shown */
  readonly path: string | null;
};

export const FIRST_FORM: EscalationForm = { filter: 'all', agent: '', search: '', path: null };

export function passesFilter(one: Escalation, filter: EscalationFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'waiting') return waits(one);
  if (filter === 'wrong') return goesWrong(one);
  return one.verdict === filter;
}

/** Those that the filter, the agent and every word of the search let through, in their order. */
export function narrowed(all: readonly Escalation[], form: EscalationForm): readonly Escalation[] {
  const words = form.search.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    if (!passesFilter(one, form.filter)) return false;
    if (form.agent !== '' && one.agent !== form.agent) return false;
    if (words.length === 0) return true;
    const text = [one.agent, one.tool, one.actionClass, one.proposalId, one.reason, one.argumentsText]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
