import type { AccountRow } from '../rows.ts';
import type { LedgerLook } from '../store.ts';
import {
  agentsIn,
  agentsOfExecutions,
  deletedAgents,
  NAMING_TABLES,
  namedByEntries,
  ownerOfRows,
  type NamingTable,
} from './agent-names.ts';
import { emptySums, sumsOf, type Sums } from './balances.ts';
import { nameNumber, type Facts } from './facts.ts';
import type { StreamAlignment } from './stream.ts';
import { secondsOf, STATEMENT_SECONDS } from './times.ts';

/** An agent that has several names: each of its tables says one of them. */
export type Renamed = {
  /** number of the name that the entries say; the other names are taken for it */
  readonly number: number;
  readonly names: readonly string[];
  /** name of its row in `agents` */
  readonly live: string | null;
  /** the names in each table that names agents */
  readonly tables: ReadonlyMap<NamingTable, readonly string[]>;
  /** its counters are those of its entries */
  readonly counted: boolean;
};

/** Names that are of one agent, found before anything is compared. */
export type Renames = {
  /** by number of the agent */
  readonly all: ReadonlyMap<number, Renamed>;
  /** takes names that only the older stream says for those of its entries; true: there are some */
  inStream(alignment: StreamAlignment): boolean;
};

/**
 * Agents whose name is not the same in all tables, by what else is equal: counters, executions, rows of the older stream.
 * From then on the names of one agent have one number, so that the rename is told once and nothing else of it.
 */
export function findRenamed(look: LedgerLook, facts: Facts, accounts: readonly AccountRow[]): Renames {
  const named = namedByEntries(facts);
  const live = new Map(accounts.map((account) => [account.name, account]));
  const byEntries = (name: string): boolean => named[facts.numbers.get(name) ?? 0] === 1;
  const tables = new Map(NAMING_TABLES.map((table) => [table, agentsIn(look, table)] as const));
  const strangers = facts.names.filter((name, number) => named[number] === 1 && !live.has(name));
  const others = new Set([...tables.values()].flat());
  const foreign = [...others].filter((name) => !live.has(name) && !byEntries(name));
  const found = new Map<number, Set<string>>();
  if (strangers.length === 0 && foreign.length === 0) return { all: new Map(), inStream: () => false };
  const deleted = deletedAgents(look);
  const agentOf = agentsOfExecutions(facts);
  const alias = (name: string, number: number): void => {
    const names = found.get(number) ?? new Set([facts.names[number]!]);
    names.add(name);
    found.set(number, names);
    facts.numbers.set(name, number);
  };
  const lost = strangers.filter((name) => !deleted.has(name));
  // a name that is a model's as well stays what it is
  const idle = accounts.filter(({ name }) => !facts.numbers.has(name));
  if (lost.length > 0 && idle.length > 0) {
    const sums = sumsOf(facts, new Map());
    for (const account of idle) {
      const best = lost
        .map((name) => ({ name, number: facts.numbers.get(name)! }))
        .find(({ number }) => isSame(look, facts, account, number, sums, agentOf));
      if (best === undefined) continue;
      lost.splice(lost.indexOf(best.name), 1);
      alias(account.name, best.number);
    }
  }
  for (const name of foreign) {
    if (deleted.has(name) || facts.numbers.has(name)) continue;
    const owners = (['executions', 'reservations'] as const).flatMap((table) =>
      tables.get(table)!.includes(name) ? [ownerOfRows(look, facts, table, name, agentOf)] : [],
    );
    const first = owners.find((one) => one !== null);
    // one row of another name was changed for itself
    if (first === undefined || owners.some((one) => one === null || one.number !== first.number)) continue;
    if (owners.every((one) => one!.rows > 1)) alias(name, first.number);
  }
  const all = new Map<number, Renamed>();
  const write = (): void => {
    if (found.size === 0) return;
    const sums = sumsOf(facts, new Map());
    for (const [number, names] of found) {
      all.set(number, renamedOf(number, names, live, tables, sums));
    }
  };
  write();
  return {
    all,
    inStream: (alignment) => {
      const size = found.size;
      const added = foreign.filter((name) => {
        if (deleted.has(name) || facts.numbers.has(name)) return false;
        const number = ownerInStream(facts, alignment, name);
        if (number !== null) alias(name, number);
        return number !== null;
      });
      if (added.length > 0 || found.size > size) write();
      return added.length > 0;
    },
  };
}

function renamedOf(
  number: number,
  names: ReadonlySet<string>,
  live: ReadonlyMap<string, AccountRow>,
  tables: ReadonlyMap<NamingTable, readonly string[]>,
  sums: ReadonlyMap<number, Sums>,
): Renamed {
  const own = [...names].find((name) => live.has(name)) ?? null;
  const account = own === null ? undefined : live.get(own);
  const said = NAMING_TABLES.map(
    (table) => [table, tables.get(table)!.filter((name) => names.has(name))] as const,
  );
  return {
    number,
    names: [...names],
    live: own,
    tables: new Map(said),
    counted: account !== undefined && isCounted(account, sums.get(number) ?? emptySums()),
  };
}

/** Whether the row of an agent that no entry names is that of another one: its counters, its last activity, its executions. */
function isSame(
  look: LedgerLook,
  facts: Facts,
  account: AccountRow,
  number: number,
  sums: ReadonlyMap<number, Sums>,
  agentOf: Uint32Array,
): boolean {
  const sum = sums.get(number) ?? emptySums();
  if (isCounted(account, sum)) return true;
  const owner = ownerOfRows(look, facts, 'executions', account.name, agentOf);
  if (owner !== null) return owner.number === number;
  const active = secondsOf(account.lastActivity);
  const at = sum.lastActivityAt;
  return at >= 0 && active !== null && Math.abs(active - facts.seconds[at]!) <= STATEMENT_SECONDS;
}

function isCounted(account: AccountRow, sum: Sums): boolean {
  const tokens = sum.prompt + sum.completion;
  return (
    (sum.spent !== 0 && account.spentMicro === sum.spent) ||
    (tokens !== 0 && account.promptTokens === sum.prompt && account.completionTokens === sum.completion)
  );
}

/** The one agent whose entries stand beside the rows of a name in the older stream; null: none, several, or one row. */
function ownerInStream(facts: Facts, alignment: StreamAlignment, name: string): number | null {
  let number = 0;
  let rows = 0;
  for (const [at, row] of alignment.differing) {
    if (row.agent !== name) continue;
    const its = facts.agent[at]!;
    if (its === 0 || (number !== 0 && its !== number)) return null;
    number = its;
    rows += 1;
  }
  return rows > 1 ? number : null;
}

/** All names of an agent, by one of them. */
export function namesOfAgent(
  renamed: ReadonlyMap<number, Renamed>,
  facts: Facts,
  name: string,
): readonly string[] {
  if (renamed.size === 0) return [name];
  return renamed.get(nameNumber(facts, name))?.names ?? [name];
}
