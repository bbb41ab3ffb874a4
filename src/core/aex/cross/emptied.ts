import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { KIND, type Facts } from './facts.ts';

/** Tables of which every row is gone. */
export type Emptied = {
  readonly executions: boolean;
  readonly reservations: boolean;
  readonly agents: boolean;
};

/** Tells of tables that hold nothing although entries call for rows in them: once, not row by row. */
export function tellEmptied(look: LedgerLook, facts: Facts, board: Board): Emptied {
  const { executions, reservations, agents } = look.counts();
  const named = new Set<number>();
  let reserved = 0;
  if (executions === 0 || reservations === 0 || agents === 0) {
    for (let at = 0; at < facts.count; at++) {
      if (facts.agent[at] !== 0) named.add(facts.agent[at]!);
      if (facts.kind[at] === KIND.reserve && facts.execution[at] !== NONE) reserved += 1;
    }
  }
  const tell = (table: 'executions' | 'reservations' | 'agents', rows: number, wanted: number): boolean => {
    if (rows > 0 || wanted < 2 || !look.has(table)) return false;
    board.add(`table:${table}`, {
      kind: 'row-missing',
      severity: 'error',
      message: `The table ${table} is empty, and entries call for ${wanted} rows in it: all of them were removed. AEX empties no table. What they said can't be compared any more; the entries are not affected.`,
      expected: `${wanted} rows in ${table}`,
      found: 'none',
      sure: 'proved',
      because: [witness('entry', 'the entries', `name ${wanted} of them`, true)],
    });
    return true;
  };
  return {
    executions: tell('executions', executions, facts.ids.count),
    reservations: tell('reservations', reservations, reserved),
    agents: tell('agents', agents, named.size),
  };
}
