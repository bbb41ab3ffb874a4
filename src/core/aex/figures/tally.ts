import { ENTRY_KINDS } from '../../../contract/ledger.ts';
import { NO_DAY } from '../../records/time.ts';
import { FLAG, NONE, type LedgerColumns } from '../columns.ts';
import { DENIED_KINDS, KIND, kindTable } from '../views/rows.ts';

/** What the entries of an agent come to. `last`: its last row; `first`: its earliest time, NaN: none can be read. */
export type AgentTally = {
  entries: number;
  settlements: number;
  releases: number;
  denials: number;
  overruns: number;
  spent: number;
  last: number;
  first: number;
};

/** Settlements, what they cost, and their tokens. */
export type SpendTally = { settlements: number; spent: number; prompt: number; completion: number };

/** Rows of which one latest time is known. */
export const BLOCK_ROWS = 4096;
const DAY = 86_400e6;

const NAMED = ENTRY_KINDS.map((kind) => kind !== 'reserve' && kind !== 'dispatch' && kind !== 'commit');
const DENIED = kindTable(...DENIED_KINDS);

/**
 * What the entries of a ledger come to, from one walk over them; entries that were added are put to it, which costs what
 * they cost. Only for use at once: it goes on with the index.
 */
export class Tally {
  count = 0;
  /** by the number of the text of the agent, in the order of their first entries */
  readonly agents = new Map<number, AgentTally>();
  /** entries of each kind by their detail; not of kinds that are not told apart by it */
  readonly details: readonly ReadonlyMap<number, number>[] = ENTRY_KINDS.map(() => new Map<number, number>());
  readonly byModel = new Map<number, SpendTally>();
  /** by UTC day since 1970 */
  readonly byDay = new Map<number, SpendTally>();
  /** the earliest time of all, NaN: none can be read */
  first = Number.NaN;
  /** the latest time of each `BLOCK_ROWS` rows, -Infinity: none can be read */
  readonly latest: number[] = [];

  /** Puts the entries to it that it does not have. */
  follow(columns: LedgerColumns): void {
    const { count, agent, kind, flags, micros, detail, amount, prompt, completion } = columns;
    let id = 0;
    let own: AgentTally | undefined;
    for (let row = this.count; row < count; row++) {
      if (agent[row] !== id) {
        id = agent[row]!;
        own = id === 0 ? undefined : groupIn(this.agents, id, blankAgent);
      }
      const what = kind[row]!;
      const time = micros[row]!;
      const block = Math.floor(row / BLOCK_ROWS);
      if (block === this.latest.length) this.latest.push(-Infinity);
      if (time > this.latest[block]!) this.latest[block] = time;
      if (!(this.first <= time) && time === time) this.first = time;
      const cost = what === KIND.commit ? amount[row]! || 0 : 0;
      if (own !== undefined) {
        own.entries += 1;
        own.last = row;
        if (!(own.first <= time) && time === time) own.first = time;
        if (what === KIND.commit) {
          own.settlements += 1;
          own.spent += cost;
        } else if (what === KIND.release) own.releases += 1;
        else own.denials += DENIED[what]!;
        if ((flags[row]! & FLAG.overrun) !== 0) own.overruns += 1;
      }
      if (what === KIND.commit) {
        const day = Number.isNaN(time) ? NO_DAY : Math.floor(time / DAY);
        for (const group of [
          groupIn(this.byModel, detail[row]!, blankSpend),
          groupIn(this.byDay, day, blankSpend),
        ]) {
          group.settlements += 1;
          group.spent += cost;
          group.prompt += prompt[row]! || 0;
          group.completion += completion[row]! || 0;
        }
      } else if (NAMED[what] === true) {
        const counts = this.details[what] as Map<number, number>;
        counts.set(detail[row]!, (counts.get(detail[row]!) ?? 0) + 1);
      }
    }
    this.count = Math.max(this.count, count);
  }
}

const blankAgent = (): AgentTally => ({
  entries: 0,
  settlements: 0,
  releases: 0,
  denials: 0,
  overruns: 0,
  spent: 0,
  last: -1,
  first: Number.NaN,
});
const blankSpend = (): SpendTally => ({ settlements: 0, spent: 0, prompt: 0, completion: 0 });

function groupIn<T>(groups: Map<number, T>, key: number, blank: () => T): T {
  let group = groups.get(key);
  if (group === undefined) groups.set(key, (group = blank()));
  return group;
}

/** The texts of an index stay the same object while it grows, and are of no other. */
const tallies = new WeakMap<LedgerColumns['texts'], Tally>();

/** The tally of all entries of an index. */
export function tallyOf(columns: LedgerColumns): Tally {
  const known = tallies.get(columns.texts);
  const tally = known === undefined || known.count > columns.count ? new Tally() : known;
  tally.follow(columns);
  // An older state of an index that grew meanwhile is counted for itself.
  if (known === undefined || tally.count >= known.count) tallies.set(columns.texts, tally);
  return tally;
}

/** Reservations that nothing settled yet, by agent. They end with later entries, so they are counted anew. */
export function openByAgent({ count, agent, executions }: LedgerColumns): ReadonlyMap<number, number> {
  const open = new Map<number, number>();
  const { reserve, settle } = executions;
  for (let number = 0; number < executions.count; number++) {
    if (settle[number] !== NONE) continue;
    const row = reserve[number]!;
    if (row < count) open.set(agent[row]!, (open.get(agent[row]!) ?? 0) + 1);
  }
  return open;
}
