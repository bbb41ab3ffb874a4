import type { LedgerWitness } from '../../../contract/ledger-report.ts';
import { toolPolicyHash } from '../rules/identity.ts';
import type { LedgerLook } from '../store.ts';
import { NAMING_TABLES, type NamingTable } from './agent-names.ts';
import { witness, type Board } from './board.ts';
import { seqAt, type Facts } from './facts.ts';
import { TOOL_ENDPOINT } from './identity.ts';
import type { Renamed } from './renamed.ts';
import { toolOf } from './bodies.ts';
import { listed, shown } from './words.ts';

const TABLES: Readonly<Record<NamingTable, string>> = {
  executions: 'the executions',
  reservations: 'the reservations',
  events: 'the older event stream',
  rate_windows: 'the rate windows',
};
const WITNESSES = {
  executions: 'execution',
  reservations: 'reservation',
  events: 'stream',
  rate_windows: 'counter',
} as const;

/** Tool runs whose policy hash is computed for each name. */
const MAX_RUNS = 20;

/** Tells of each agent that is named differently in different tables. */
export function tellRenamed(
  look: LedgerLook,
  facts: Facts,
  renamed: ReadonlyMap<number, Renamed>,
  board: Board,
): void {
  for (const one of renamed.values()) tell(look, facts, one, board);
}

function tell(look: LedgerLook, facts: Facts, one: Renamed, board: Board): void {
  const inLog = facts.names[one.number]!;
  const [first, last] = entriesOf(facts, one.number);
  const proved = provedName(look, one);
  const places = (name: string): string[] => [
    ...(name === one.live ? ['its row in agents'] : []),
    ...(name === inLog ? ['the entries'] : []),
    ...NAMING_TABLES.filter((table) => one.tables.get(table)!.includes(name)).map((table) => TABLES[table]),
  ];
  // a rate window goes with the row; the log is the longest record
  const weight = (name: string): number =>
    (name === proved ? 10 : 0) +
    (name === inLog ? 0.5 : 0) +
    places(name).filter((place) => place !== TABLES.rate_windows).length;
  const [truth, ...others] = one.names.toSorted((a, b) => weight(b) - weight(a)) as [string, ...string[]];
  const lead = weight(truth) - weight(others[0]!);
  const logIsRight = inLog === truth;
  const where = others.map((name) => `${shown(name)} in ${listed(places(name))}`);
  const after =
    logIsRight && one.live !== truth && last >= 0
      ? ` The entries up to ${seqAt(facts, last)} still have the first name.`
      : '';
  const because = one.names.flatMap((name) => witnesses(facts, one, name, name === truth, [first, last]));
  if (one.counted)
    because.push(
      witness('counter', 'the counters of its row', `those of the entries of ${shown(inLog)}`, true),
    );
  if (proved !== null)
    because.push(
      witness('hash', 'the policy hashes of its tool runs', `computed with the name ${shown(proved)}`, true),
    );
  const how =
    proved !== null
      ? 'proved by hashes of its tool runs'
      : lead < 1
        ? 'possible: as much speaks for the other name'
        : 'likely, by what most tables say';
  board.add(`renamed:${truth}`, {
    kind: 'agent-differs',
    severity: 'error',
    seq: null,
    agent: one.live ?? truth,
    message: `One agent has several names: it is ${shown(truth)} in ${listed(places(truth))}, and ${listed(where)}. AEX has no command to rename an agent: the name was changed there.${one.counted ? ' Its figures are those of one agent.' : ''}${after} That ${shown(truth)} is the name it was given is ${how}.`,
    expected: `agent ${shown(truth)}`,
    found: `agent ${listed(others.map(shown))}`,
    since: first < 0 ? null : seqAt(facts, logIsRight ? last : first),
    sure: proved !== null ? 'proved' : lead < 1 ? 'possible' : 'likely',
    because,
  });
}

function witnesses(
  facts: Facts,
  one: Renamed,
  name: string,
  agrees: boolean,
  [first, last]: readonly [number, number],
): LedgerWitness[] {
  const says = `agent ${shown(name)}`;
  const said: LedgerWitness[] = [];
  if (name === one.live) said.push(witness('counter', 'the row in agents', says, agrees));
  if (name === facts.names[one.number] && first >= 0) {
    const seq = seqAt(facts, first);
    said.push(witness('entry', `entries ${seq} to ${seqAt(facts, last)}`, says, agrees, seq));
  }
  for (const table of NAMING_TABLES) {
    if (one.tables.get(table)!.includes(name))
      said.push(witness(WITNESSES[table], TABLES[table], says, agrees));
  }
  return said;
}

/** Places of the first and last entry of an agent; −1: none. */
function entriesOf(facts: Facts, number: number): readonly [number, number] {
  let first = -1;
  let last = -1;
  for (let at = 0; at < facts.count; at++) {
    if (facts.agent[at] !== number) continue;
    if (first < 0) first = at;
    last = at;
  }
  return [first, last];
}

/** The name with which the policy hashes of its tool runs were computed; null: it has none, or none fits. */
function provedName(look: LedgerLook, { names, tables }: Renamed): string | null {
  if (!look.has('executions', 'policy_hash') || !look.has('executions', 'response_body')) return null;
  const runs = look.db.prepare<[string, string], readonly unknown[]>(
    `${look.select('executions', ['agent', 'endpoint', 'policy_hash', 'response_body'])} WHERE agent = ? AND endpoint = ? LIMIT ${MAX_RUNS}`,
  );
  for (const stored of tables.get('executions')!) {
    for (const [, , policy, response] of runs.raw().all(stored, TOOL_ENDPOINT)) {
      const tool = typeof response === 'string' ? toolOf(response) : null;
      const name = tool === null ? undefined : names.find((one) => toolPolicyHash(one, tool) === policy);
      if (name !== undefined) return name;
    }
  }
  return null;
}
