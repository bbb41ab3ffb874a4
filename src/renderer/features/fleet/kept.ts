import { FILTERS, SORTS, type FleetFilter, type FleetSort } from './order.ts';

export const FLEET_TABS = ['attention', 'health', 'scores', 'advice', 'targets'] as const;
export type FleetTab = (typeof FLEET_TABS)[number];

/** How the fleet of a source is shown. Kept for the source, but for the search. */
export type FleetForm = {
  readonly filter: FleetFilter;
  readonly sort: FleetSort;
  /** the other way round */
  readonly back: boolean;
  readonly tab: FleetTab;
  readonly snoozed: boolean;
  /** the agent whose score is shown; null: the first of the table */
  readonly agent: string | null;
  readonly search: string;
};

const FIRST: FleetForm = {
  filter: 'all',
  sort: 'need',
  back: false,
  tab: 'attention',
  snoozed: false,
  agent: null,
  search: '',
};

const oneOf = <T>(list: readonly T[], value: unknown, otherwise: T): T =>
  list.find((item) => item === value) ?? otherwise;

/** What was kept, as far as it still means something. */
export function readForm(text: string | null): FleetForm {
  if (text === null) return FIRST;
  let kept: Record<string, unknown>;
  try {
    kept = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return FIRST;
  }
  return {
    ...FIRST,
    filter: oneOf(FILTERS, kept['filter'], FIRST.filter),
    sort: oneOf(SORTS, kept['sort'], FIRST.sort),
    back: kept['back'] === true,
    tab: oneOf(FLEET_TABS, kept['tab'], FIRST.tab),
    snoozed: kept['snoozed'] === true,
    agent: typeof kept['agent'] === 'string' ? kept['agent'] : null,
  };
}
