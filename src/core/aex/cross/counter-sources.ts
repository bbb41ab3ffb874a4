import type { LedgerWitness } from '../../../contract/ledger-report.ts';
import type { LedgerLook } from '../store.ts';
import { witness } from './board.ts';
import type { Facts } from './facts.ts';
import { money } from './words.ts';

/** Amounts by number of the agent that rows beside the entries add up to. */
type Totals = ReadonlyMap<number, number>;
type Source = { readonly kind: 'reservation' | 'stream'; readonly where: string; readonly totals: Totals };

const known = new WeakMap<LedgerLook, Map<'spent' | 'reserved', readonly Source[]>>();

/**
 * What reservations and the older stream add up to for a counter of an agent, where that is what its entries or its row
 * say: of an agent that was made again under its name they hold older rows as well.
 */
export function counterWitnesses(
  look: LedgerLook,
  facts: Facts,
  counter: 'spent' | 'reserved',
  agent: number,
  { sum, live }: { readonly sum: number; readonly live: number | null },
): readonly LedgerWitness[] {
  let sources = known.get(look);
  if (sources === undefined) {
    sources = new Map();
    known.set(look, sources);
  }
  let some = sources.get(counter);
  if (some === undefined) {
    some = sourcesOf(look, facts, counter);
    sources.set(counter, some);
  }
  return some.flatMap(({ kind, where, totals }) => {
    const total = totals.get(agent);
    if (total === undefined || (total !== sum && total !== live)) return [];
    return [witness(kind, where, `${money(total)} ${counter}`, total === sum)];
  });
}

function sourcesOf(look: LedgerLook, facts: Facts, counter: 'spent' | 'reserved'): readonly Source[] {
  const reservations = look.select('reservations', ['agent', 'state', 'estimated_micro', 'actual_micro']);
  const amount =
    counter === 'spent'
      ? `CASE state WHEN 'COMMITTED' THEN actual_micro ELSE 0 END`
      : `CASE state WHEN 'RESERVED' THEN estimated_micro ELSE 0 END`;
  const found: Source[] = [
    {
      kind: 'reservation',
      where: 'its reservations',
      totals: totalsOf(look, facts, `SELECT agent, total(${amount}) FROM (${reservations}) GROUP BY agent`),
    },
  ];
  if (counter === 'spent') {
    const events = look.select('events', ['agent', 'action', 'cost_micro']);
    found.push({
      kind: 'stream',
      where: 'the older event stream',
      totals: totalsOf(
        look,
        facts,
        `SELECT agent, total(cost_micro) FROM (${events}) WHERE action = 'usage.commit' GROUP BY agent`,
      ),
    });
  }
  return found;
}

function totalsOf(look: LedgerLook, facts: Facts, sql: string): Totals {
  const totals = new Map<number, number>();
  for (const row of look.db.prepare(sql).raw().iterate()) {
    const [agent, total] = row as readonly unknown[];
    const number = typeof agent === 'string' ? facts.numbers.get(agent) : undefined;
    if (number === undefined || typeof total !== 'number') continue;
    totals.set(number, (totals.get(number) ?? 0) + total);
  }
  return totals;
}
