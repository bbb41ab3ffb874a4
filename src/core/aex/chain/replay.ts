import { field } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import type { JsonNode } from '../../json/tree.ts';
import { limits } from '../../storage/limits.ts';
import type { ReadEntry } from '../entry.ts';
import type { PayloadFields } from '../payload-scan.ts';
import { pythonInt } from '../rules/python-value.ts';
import type { LedgerLook } from '../store.ts';
import { lessDownToZero, plus, tidy, type ExactMicro } from './amount.ts';
import { liveMicro } from './live.ts';
import type { BalanceMismatch, ReplayVerdict } from './verdict.ts';

/** A replay of balances: entries by ascending seq, then the verdict against the agents of the same look. */
export type Replay = {
  /** `read`: bits of `READ`, as `readPayloadInto` gave them with the fields */
  entry(entry: ReadEntry, fields: Readonly<PayloadFields>, read: number): void;
  /** The same for an entry without anything odd, of which this is known. */
  plain(agent: string, type: string, estimated: number, cost: number): void;
  verdict(look: LedgerLook): ReplayVerdict;
};

type State = { name: string; spentMicro: ExactMicro; reservedMicro: ExactMicro };

/** Adds up what the entries say, by the rules of the original's replay (formats/aex.md §7), exactly at any size. */
export function createReplay(): Replay {
  const agents = new Map<string, State>();
  const unreadable: number[] = [];
  let moreUnreadable = 0;
  let firstUnreadable: number | null = null;

  // A few names stand in many entries: those that came last are found by their length and first letter.
  const recent: (State | undefined)[] = Array.from({ length: 64 });
  const stateOf = (name: string): State => {
    const at = (name.charCodeAt(0) ^ (name.length << 3)) & 63;
    const last = recent[at];
    if (last?.name === name) return last;
    let state = agents.get(name);
    if (state === undefined) agents.set(name, (state = { name, spentMicro: 0, reservedMicro: 0 }));
    return (recent[at] = state);
  };
  const refuse = (seq: number): void => {
    firstUnreadable ??= seq;
    if (unreadable.length < limits.ledgerBreaks) unreadable.push(seq);
    else moreUnreadable++;
  };

  return {
    entry(entry, fields, read) {
      if (entry.agent === null || entry.agent === '') return;
      // To the original a name in bytes is another one than the same name in letters.
      if (entry.odd?.includes('agent is a BLOB') === true) return;
      const state = stateOf(entry.agent);
      if (read !== 0) {
        const payload = readExactly(entry);
        if (payload === null) refuse(entry.seq);
        else settle(state, entry.type, payload.estimated, payload.cost);
        return;
      }
      settle(state, entry.type, fields.estimated ?? 0, fields.cost ?? 0);
    },
    plain(agent, type, estimated, cost) {
      if (agent !== '') settle(stateOf(agent), type, estimated, cost);
    },
    verdict(look) {
      const { mismatches, unread } = compare(look, agents);
      const texts = mismatches
        .slice(0, mostTexts)
        .map((m) => `${m.agent}: ${m.counter} replay=${m.replayedMicro} live=${m.liveMicro}`);
      let detail = texts.length === 0 ? 'ledger replay matches spent counters' : texts.join('; ');
      if (unread !== null) detail = `agent ${unread} has a counter that is no integer`;
      if (firstUnreadable !== null) detail = `payload is not readable at seq=${firstUnreadable}`;
      const ok = mismatches.length === 0 && unread === null && firstUnreadable === null;
      return { ok, detail, agents, mismatches, unreadable, moreUnreadable };
    },
  };
}

/** Mismatches that the original names in its text. */
const mostTexts = 10;

function settle(state: State, type: string, estimated: ExactMicro, cost: ExactMicro): void {
  if (type === 'budget.reserve') {
    state.reservedMicro = plus(state.reservedMicro, estimated);
  } else if (type === 'usage.commit') {
    state.spentMicro = plus(state.spentMicro, cost);
    if (estimated > 0) state.reservedMicro = lessDownToZero(state.reservedMicro, estimated);
  } else if (type === 'reservation.release') {
    if (estimated > 0) state.reservedMicro = lessDownToZero(state.reservedMicro, estimated);
  }
}

type Amounts = { readonly estimated: ExactMicro; readonly cost: ExactMicro };

/** The amounts of an unusual payload, as Python takes them; null where it fails. */
function readExactly({ type, payload }: ReadEntry): Amounts | null {
  const parsed = parseJson(payload);
  if (!parsed.ok) return null;
  const none = { estimated: 0, cost: 0 };
  const isCommit = type === 'usage.commit';
  if (!isCommit && type !== 'budget.reserve' && type !== 'reservation.release') return none;
  if (parsed.node.kind !== 'object') return null;
  const estimated = amount(parsed.node, 'estimated_micro');
  const cost = isCommit ? amount(parsed.node, 'cost_micro') : 0;
  return estimated === null || cost === null ? null : { estimated, cost };
}

function amount(node: JsonNode, key: string): ExactMicro | null {
  const value = field(node, key);
  if (value === undefined) return 0;
  const integer = pythonInt(value);
  return integer === null ? null : tidy(integer);
}

type Compared = { readonly mismatches: BalanceMismatch[]; readonly unread: string | null };

/** Every agent of the database in the order in which the original reads them, with what differs. */
function compare(look: LedgerLook, agents: ReadonlyMap<string, State>): Compared {
  const mismatches: BalanceMismatch[] = [];
  let unread: string | null = null;
  const rows = look.db
    .prepare<[], readonly [unknown, unknown, unknown]>(
      look.select('agents', ['name', 'spent_micro', 'reserved_micro']),
    )
    .raw()
    .safeIntegers();
  for (const [name, spent, reserved] of rows.iterate()) {
    const agent = typeof name === 'string' ? name : 'None';
    const replayed = (typeof name === 'string' ? agents.get(name) : undefined) ?? nothing;
    const live = [
      ['spent', replayed.spentMicro, liveMicro(spent)],
      ['reserved', replayed.reservedMicro, liveMicro(reserved)],
    ] as const;
    for (const [counter, replayedMicro, value] of live) {
      if (value === null) unread ??= agent;
      else if (value !== replayedMicro) mismatches.push({ agent, counter, replayedMicro, liveMicro: value });
    }
  }
  return { mismatches, unread };
}

const nothing: Omit<State, 'name'> = { spentMicro: 0, reservedMicro: 0 };
