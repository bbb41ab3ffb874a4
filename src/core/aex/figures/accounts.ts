import type { LedgerFigure } from '../../../contract/ledger.ts';
import { FLAG, type LedgerColumns } from '../columns.ts';
import { ledgerQuery, ledgerTerm } from '../query/query.ts';
import { agentsOf } from '../views/balances.ts';
import { costOf, DENIED_KINDS, isOpen, KIND, kindTable } from '../views/rows.ts';

/** What the entries of an agent come to. Running the query of a figure gives exactly its entries. */
export type AccountFigures = {
  readonly entries: LedgerFigure;
  readonly settlements: LedgerFigure;
  readonly releases: LedgerFigure;
  /** refused for want of budget or by policy, as far as there are entries of it */
  readonly denials: LedgerFigure;
  readonly overruns: LedgerFigure;
  readonly openReservations: LedgerFigure;
  /** micro-dollars of its settlements */
  readonly spent: LedgerFigure;
  /** by the rules of the balance replay (formats/aex.md §7), after its last entry */
  readonly replayed: { readonly spentMicro: number; readonly reservedMicro: number };
};

type Sums = {
  entries: number;
  settlements: number;
  releases: number;
  denials: number;
  overruns: number;
  open: number;
  spent: number;
  last: number;
};

/** The figures of these agents and of all others that have entries. */
export function accountsOf(
  columns: LedgerColumns,
  agents: readonly string[],
): ReadonlyMap<string, AccountFigures> {
  const sums = sumsByAgent(columns);
  const made = new Map<string, AccountFigures>();
  const add = (agent: string, own: Sums): void =>
    void made.set(agent, figuresOf(columns, ledgerTerm('agent', agent), own));
  for (const agent of agents) add(agent, blank());
  for (const [id, own] of sums) add(columns.texts.text(id)!, own);
  return made;
}

const blank = (): Sums => ({
  entries: 0,
  settlements: 0,
  releases: 0,
  denials: 0,
  overruns: 0,
  open: 0,
  spent: 0,
  last: -1,
});

function sumsByAgent(columns: LedgerColumns): ReadonlyMap<number, Sums> {
  const { count, agent, kind, flags } = columns;
  const denied = kindTable(...DENIED_KINDS);
  const byAgent = new Map(agentsOf(columns).map((id) => [id, blank()]));
  let id = 0;
  let own = blank();
  for (let row = 0; row < count; row++) {
    if (agent[row] !== id) {
      id = agent[row]!;
      own = byAgent.get(id) ?? blank();
    }
    own.entries += 1;
    own.last = row;
    const what = kind[row]!;
    if (what === KIND.commit) {
      own.settlements += 1;
      own.spent += costOf(columns, row);
    } else if (what === KIND.release) own.releases += 1;
    else if (what === KIND.reserve) own.open += isOpen(columns, row) ? 1 : 0;
    else own.denials += denied[what]!;
    if ((flags[row]! & FLAG.overrun) !== 0) own.overruns += 1;
  }
  return byAgent;
}

function figuresOf(columns: LedgerColumns, agent: string, own: Sums): AccountFigures {
  const figure = (value: number, term: string): LedgerFigure => ({ value, query: ledgerQuery(agent, term) });
  return {
    entries: figure(own.entries, ''),
    settlements: figure(own.settlements, 'is:settlement'),
    releases: figure(own.releases, 'type:release'),
    denials: figure(own.denials, 'is:denied'),
    overruns: figure(own.overruns, 'is:overrun'),
    openReservations: figure(own.open, 'is:open'),
    spent: figure(own.spent, 'is:settlement'),
    replayed: {
      spentMicro: own.last === -1 ? 0 : columns.spent[own.last]!,
      reservedMicro: own.last === -1 ? 0 : columns.reserved[own.last]!,
    },
  };
}
