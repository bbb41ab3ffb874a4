import { randomBelow } from '../../../../test/support/random.ts';
import { ENTRY_KINDS } from '../../../contract/ledger.ts';
import { TextPool } from '../../columns/text-pool.ts';
import { FLAG, NONE, TYPE_KINDS, type LedgerColumns } from '../columns.ts';

/** An entry as a test writes it down. */
export type PlainEntry = {
  readonly seq: number;
  readonly micros: number;
  readonly agent: string | null;
  readonly execution: string | null;
  readonly type: string;
  readonly detail: string | null;
  readonly estimated: number;
  readonly amount: number;
  readonly prompt: number;
  readonly completion: number;
  readonly flags: number;
  readonly expiry: number;
};

const { NaN: none } = Number;
const BLANK = {
  agent: null,
  execution: null,
  detail: null,
  estimated: none,
  amount: none,
  prompt: none,
  completion: none,
  flags: 0,
  expiry: none,
};

/** The columns of entries in the order of seq, with the balances of the replay (formats/aex.md §7). */
export function columnsOf(entries: readonly PlainEntry[]): LedgerColumns {
  const n = entries.length;
  const texts = new TextPool();
  const ids = new TextPool();
  const numbers = new Map<string, number>();
  const executions = {
    count: 0,
    ids,
    first: new Uint32Array(n),
    last: new Uint32Array(n),
    reserve: new Uint32Array(n).fill(NONE),
    settle: new Uint32Array(n).fill(NONE),
    entries: new Uint32Array(n),
  };
  const floats = (): Float64Array => new Float64Array(n);
  const columns = {
    seq: floats(),
    micros: floats(),
    kind: new Uint8Array(n),
    type: new Uint32Array(n),
    agent: new Uint32Array(n),
    execution: new Uint32Array(n),
    detail: new Uint32Array(n),
    estimated: floats(),
    amount: floats(),
    prompt: floats(),
    completion: floats(),
    flags: new Uint8Array(n),
    spent: floats(),
    reserved: floats(),
    allSpent: floats(),
    allReserved: floats(),
    next: new Uint32Array(n).fill(NONE),
    expiry: floats(),
  };
  const balances = new Map<string, { spent: number; reserved: number }>();
  let allSpent = 0;
  let allReserved = 0;
  for (const [row, entry] of entries.entries()) {
    const kind = TYPE_KINDS.get(entry.type) ?? 'other';
    columns.seq[row] = entry.seq;
    columns.micros[row] = entry.micros;
    columns.kind[row] = ENTRY_KINDS.indexOf(kind);
    columns.type[row] = texts.add(entry.type);
    columns.agent[row] = entry.agent === null ? 0 : texts.add(entry.agent);
    columns.detail[row] = entry.detail === null ? 0 : texts.add(entry.detail);
    for (const key of ['estimated', 'amount', 'prompt', 'completion', 'flags', 'expiry'] as const)
      columns[key][row] = entry[key];
    columns.execution[row] = NONE;
    if (entry.execution !== null) {
      let number = numbers.get(entry.execution);
      if (number === undefined) {
        number = executions.count++;
        numbers.set(entry.execution, number);
        ids.add(entry.execution);
        executions.first[number] = row;
      } else columns.next[executions.last[number]!] = row;
      columns.execution[row] = number;
      executions.last[number] = row;
      executions.entries[number]! += 1;
      if (kind === 'reserve' && executions.reserve[number] === NONE) executions.reserve[number] = row;
      if ((kind === 'commit' || kind === 'release') && executions.settle[number] === NONE)
        executions.settle[number] = row;
    }
    if (entry.agent === null) {
      columns.allSpent[row] = allSpent;
      columns.allReserved[row] = allReserved;
      continue;
    }
    const balance = balances.get(entry.agent) ?? { spent: 0, reserved: 0 };
    balances.set(entry.agent, balance);
    const { spent, reserved } = balance;
    const estimated = entry.estimated || 0;
    if (kind === 'reserve') balance.reserved += estimated;
    if (kind === 'commit') balance.spent += entry.amount || 0;
    if ((kind === 'commit' || kind === 'release') && estimated > 0)
      balance.reserved = Math.max(0, balance.reserved - estimated);
    allSpent += balance.spent - spent;
    allReserved += balance.reserved - reserved;
    columns.spent[row] = balance.spent;
    columns.reserved[row] = balance.reserved;
    columns.allSpent[row] = allSpent;
    columns.allReserved[row] = allReserved;
  }
  return { count: n, texts, executions, ...columns };
}

const START = Date.UTC(2026, 2, 2, 22) * 1000;
const AGENTS = ['coder', 'planner', 'Ünïcode, "x"', 'reviewer'];
const MODELS = ['mini', 'big', 'alt', null, 'a "b" c'];
const REASONS = ['Upstream provider error', 'Recovered stale reservation', 'Streaming relay failed', ''];

export type RandomOptions = {
  /** each kind of oddity in so many entries of a hundred */
  readonly odd?: number;
  /** seconds between two calls, at most */
  readonly pause?: number;
};

/**
 * Entries of `calls` random requests, many in flight at once: settled, released, denied, recovered, failed, of tools, of
 * unknown types, without agent, execution or readable time, and with a clock that steps back.
 */
export function randomEntries(seed: number, calls: number, options: RandomOptions = {}): PlainEntry[] {
  const below = randomBelow(seed);
  const oddly = (): boolean => below(100) < (options.odd ?? 3);
  const entries: PlainEntry[] = [];
  const flying: PlainEntry[][] = [];
  let seq = 0;
  let clock = START;
  const write = (entry: Omit<PlainEntry, 'seq' | 'micros'>): void => {
    seq += oddly() ? 2 : 1;
    let flags = entry.flags;
    if (oddly()) flags |= FLAG.oddPayload;
    if (oddly()) {
      clock -= 3600e6;
      flags |= FLAG.clockBack;
    }
    entries.push({ ...entry, flags, seq, micros: oddly() ? none : clock });
  };
  for (let call = 0; call < calls; call++) {
    clock += below((options.pause ?? 600) + 1) * 1e6;
    while (flying.length > 0 && below(3) > 0)
      for (const one of flying.splice(below(flying.length), 1)[0]!) write(one);
    flying.push(randomCall(below, call, clock, oddly));
    if (oddly())
      write({ ...BLANK, type: 'agent.state.transition', agent: AGENTS[0]!, detail: 'READY → PAUSED' });
    const [first, ...rest] = flying.pop()!;
    write(first!);
    if (rest.length > 0 && !oddly()) flying.push(rest);
  }
  for (const rest of flying) if (below(4) > 0) for (const one of rest) write(one);
  return entries;
}

function randomCall(
  below: (below: number) => number,
  call: number,
  clock: number,
  oddly: () => boolean,
): PlainEntry[] {
  const agent = oddly() ? null : AGENTS[below(AGENTS.length)]!;
  const execution = oddly() ? null : `run-${String(call).padStart(call % 7, '0')}`;
  const estimated = below(5000);
  const one = (type: string, more: Partial<PlainEntry>): PlainEntry => ({
    ...BLANK,
    seq: 0,
    micros: 0,
    type,
    agent,
    execution,
    ...more,
  });
  const outcome = below(10);
  if (outcome === 0)
    return [one('budget.deny', { estimated, amount: below(1000), detail: 'Insufficient budget' })];
  if (outcome === 1 && oddly())
    return [one('execution.failed', { detail: 'Interrupted during reserving' }), one('future.type', {})];
  const reserve = one('budget.reserve', { estimated, expiry: oddly() ? none : clock + 180e6 });
  const sent = one('execution.dispatched', {});
  if (outcome < 4) {
    const detail = REASONS[below(REASONS.length)]!;
    const release = one('reservation.release', {
      estimated,
      detail: detail === '' ? null : detail,
      flags: detail.startsWith('Recovered') ? FLAG.recovered : 0,
    });
    return outcome === 1
      ? [reserve, sent, release, one('tool.exec.denied', { detail: 'adder' })]
      : [reserve, sent, release];
  }
  const prompt = below(50);
  const completion = below(50);
  const amount = oddly() ? none : prompt * 2 + completion * 8 + (oddly() ? 1 : 0);
  const free = amount === 0 && prompt + completion === 0 ? FLAG.free : 0;
  const flags = (amount > estimated ? FLAG.overrun : 0) | free;
  if (outcome === 4)
    return [
      reserve,
      sent,
      one('usage.commit', { estimated, amount: estimated, prompt: 0, completion: 0, detail: 'tool:adder' }),
      one('tool.exec', { amount: estimated, detail: 'adder' }),
    ];
  const detail = MODELS[below(MODELS.length)]!;
  return [reserve, sent, one('usage.commit', { estimated, amount, prompt, completion, detail, flags })];
}
