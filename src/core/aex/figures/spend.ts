import type { SpendRow } from '../../../contract/ledger-accounts.ts';
import { NO_DAY, textFromDays } from '../../records/time.ts';
import type { LedgerColumns } from '../columns.ts';
import { ledgerQuery, ledgerTerm } from '../query/query.ts';
import { costOf, KIND } from '../views/rows.ts';
import { tallyOf, type SpendTally } from './tally.ts';

export const SPEND_BY = ['day', 'agent', 'model'] as const;
export type SpendBy = (typeof SPEND_BY)[number];

const DAY = 86_400e6;

/**
 * What was spent by the chained log, in the order of the keys: settlements and their costs by UTC day of the entry,
 * agent, or model (`tool:NAME` for a tool run). The older event stream says it too and is not asked. An empty key: the
 * time can't be read, or there is no such name. `agent`: only of one.
 */
export function spendBy(
  columns: LedgerColumns,
  by: SpendBy,
  agent: string | null = null,
): readonly SpendRow[] {
  const { texts } = columns;
  const rows: SpendRow[] = [];
  for (const [value, { settlements, spent: spentMicro }] of groupsOf(columns, by, agent)) {
    const key = by === 'day' ? (value === NO_DAY ? '' : textFromDays(value)) : (texts.text(value) ?? '');
    const term = by === 'day' && key === '' ? 'is:undated' : ledgerTerm(by, key);
    const query = ledgerQuery(agent === null ? null : ledgerTerm('agent', agent), 'is:settlement', term);
    rows.push({ key, settlements, spentMicro, query });
  }
  return joined(rows).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

type Group = Pick<SpendTally, 'settlements' | 'spent'>;

function groupsOf(columns: LedgerColumns, by: SpendBy, agent: string | null): ReadonlyMap<number, Group> {
  if (agent === null && by !== 'agent') {
    const { byDay, byModel } = tallyOf(columns);
    return by === 'day' ? byDay : byModel;
  }
  const { count, kind, micros, texts } = columns;
  const only = agent === null ? null : texts.findText(agent);
  const names = by === 'agent' ? columns.agent : columns.detail;
  const groups = new Map<number, { settlements: number; spent: number }>();
  for (let row = 0; row < count; row++) {
    if (kind[row] !== KIND.commit || (only !== null && (only === 0 || columns.agent[row] !== only))) continue;
    const value = by === 'day' ? dayOf(micros[row]!) : names[row]!;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, { settlements: 1, spent: costOf(columns, row) });
    else {
      group.settlements += 1;
      group.spent += costOf(columns, row);
    }
  }
  return groups;
}

const dayOf = (time: number): number => (Number.isNaN(time) ? NO_DAY : Math.floor(time / DAY));

/** An absent text and an empty one are one key. */
function joined(rows: readonly SpendRow[]): SpendRow[] {
  const empty = rows.filter((row) => row.key === '');
  if (empty.length < 2) return [...rows];
  const [first, second] = empty as [SpendRow, SpendRow];
  return [
    ...rows.filter((row) => row.key !== ''),
    {
      ...first,
      settlements: first.settlements + second.settlements,
      spentMicro: first.spentMicro + second.spentMicro,
    },
  ];
}
