import type { LedgerFigure } from '../../../contract/ledger.ts';
import type { LedgerColumns } from '../columns.ts';
import { ledgerQuery, ledgerTerm } from '../query/query.ts';
import { openByAgent, tallyOf, type AgentTally } from './tally.ts';

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

/** The figures of these agents and of all others that have entries. */
export function accountsOf(
  columns: LedgerColumns,
  agents: readonly string[],
): ReadonlyMap<string, AccountFigures> {
  const open = openByAgent(columns);
  const made = new Map<string, AccountFigures>();
  const add = (agent: string, own: AgentTally | null, openReservations: number): void =>
    void made.set(agent, figuresOf(columns, ledgerTerm('agent', agent), own, openReservations));
  for (const agent of agents) add(agent, null, 0);
  for (const [id, own] of tallyOf(columns).agents) add(columns.texts.text(id)!, own, open.get(id) ?? 0);
  return made;
}

function figuresOf(
  columns: LedgerColumns,
  agent: string,
  own: AgentTally | null,
  open: number,
): AccountFigures {
  const figure = (value: number, term: string): LedgerFigure => ({ value, query: ledgerQuery(agent, term) });
  return {
    entries: figure(own?.entries ?? 0, ''),
    settlements: figure(own?.settlements ?? 0, 'is:settlement'),
    releases: figure(own?.releases ?? 0, 'type:release'),
    denials: figure(own?.denials ?? 0, 'is:denied'),
    overruns: figure(own?.overruns ?? 0, 'is:overrun'),
    openReservations: figure(open, 'is:open'),
    spent: figure(own?.spent ?? 0, 'is:settlement'),
    replayed: {
      spentMicro: own === null ? 0 : columns.spent[own.last]!,
      reservedMicro: own === null ? 0 : columns.reserved[own.last]!,
    },
  };
}
