import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { KIND, type Facts } from './facts.ts';
import type { StreamAlignment } from './stream.ts';
import { ACTIONS } from './stream-facts.ts';
import { sequenceOf } from './tail.ts';

/** Kinds of entries that have a row in the older stream. */
const TWINNED: ReadonlySet<number> = new Set(ACTIONS.values());

/** Tables of which every row is gone. */
export type Emptied = {
  readonly executions: boolean;
  readonly reservations: boolean;
  readonly agents: boolean;
  readonly events: boolean;
};

/** Tells of tables that hold nothing although entries call for rows in them: once, not row by row. */
export function tellEmptied(
  look: LedgerLook,
  facts: Facts,
  alignment: StreamAlignment,
  board: Board,
): Emptied {
  const { executions, reservations, agents } = look.counts();
  const named = new Set<number>();
  let reserved = 0;
  let twinned = 0;
  if (executions === 0 || reservations === 0 || agents === 0 || alignment.rows === 0) {
    for (let at = 0; at < facts.count; at++) {
      if (facts.agent[at] !== 0) named.add(facts.agent[at]!);
      if (TWINNED.has(facts.kind[at]!)) twinned += 1;
      if (facts.kind[at] === KIND.reserve && facts.execution[at] !== NONE) reserved += 1;
    }
  }
  for (const { agent } of alignment.deletions) named.delete(facts.numbers.get(agent) ?? 0);
  const tell = (table: keyof Emptied, rows: number, wanted: number): boolean => {
    if (rows > 0 || wanted < 2 || !look.has(table)) return false;
    board.add(`table:${table}`, {
      kind: 'row-missing',
      severity: 'error',
      message: `The table ${table} is empty, and it held at least ${wanted} rows: all of them were removed. AEX empties no table. What they said can't be compared any more; the entries are not affected.`,
      expected: `${wanted} rows in ${table}`,
      found: 'none',
      sure: 'proved',
      because: [witness('entry', 'the entries and numbers given', `call for ${wanted} rows`, true)],
    });
    return true;
  };
  return {
    executions: tell('executions', executions, facts.ids.count),
    reservations: tell('reservations', reservations, reserved),
    agents: alignment.moreDeletions === 0 && tell('agents', agents, named.size),
    events:
      alignment.readable &&
      tell('events', alignment.rows, Math.max(twinned, sequenceOf(look, 'events') ?? 0)),
  };
}

/** Of a log that was emptied every other difference is only a consequence. */
export function joinEmptyLog(look: LedgerLook, board: Board): void {
  if (look.counts().entries > 0 || board.get('tail') === undefined) return;
  for (const [key, { severity }] of board.keyed()) {
    if (key !== 'tail' && !key.startsWith('table:') && severity !== 'notice') board.delete(key);
  }
  board.unknown('log', 'No entry is left, so whether the other tables say what they said can’t be known.');
}
