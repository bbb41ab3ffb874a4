import type { LedgerColumns } from '../../../src/core/aex/columns.ts';
import type { AnyRow } from './log-database.ts';

/** What a payload was made to say, known without reading it. `odd`: it is not as AEX writes it. */
export type Meaning = {
  readonly numbers: ReadonlyMap<string, number | null>;
  readonly texts: ReadonlyMap<string, string | null>;
  readonly odd: boolean;
  readonly inexact: boolean;
};
export type MeantRow = AnyRow & {
  readonly meaning: Meaning;
  readonly micros: number;
  readonly expiry: number;
};

/** One entry as plain values: what `columns` should hold, in the simplest way that says it. */
export type SlowRow = {
  seq: number;
  kind: string;
  type: string;
  agent: string;
  execution: string;
  detail: string;
  micros: number;
  estimated: number;
  amount: number;
  prompt: number;
  completion: number;
  expiry: number;
  flags: string[];
  spent: number;
  reserved: number;
  allSpent: number;
  allReserved: number;
  next: number;
};
export type SlowExecution = { id: string; rows: number[]; reserve: number; settle: number };

const KINDS = new Map([
  ['budget.reserve', 'reserve'],
  ['budget.deny', 'deny'],
  ['execution.dispatched', 'dispatch'],
  ['usage.commit', 'commit'],
  ['reservation.release', 'release'],
  ['execution.failed', 'fail'],
  ['tool.exec', 'tool'],
  ['tool.exec.denied', 'tool-denied'],
  ['agent.state.transition', 'lifecycle'],
  ['policy.violation', 'policy'],
]);
const NAMES = [
  'reserve',
  'deny',
  'dispatch',
  'commit',
  'release',
  'fail',
  'tool',
  'tool-denied',
  'lifecycle',
  'policy',
  'other',
];
const FLAGS = ['oddPayload', 'clockBack', 'overrun', 'free', 'recovered', 'inexact'];

function text(value: unknown): string {
  if (value === null) return '';
  return (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value)).toWellFormed();
}

const sum = (all: ReadonlyMap<string, number>): number => [...all.values()].reduce((a, b) => a + b, 0);

/** The replay and the columns, written down again from formats/aex.md: a list of objects, walked once for each question. */
export function slowColumns(rows: readonly MeantRow[]): { entries: SlowRow[]; executions: SlowExecution[] } {
  const sorted = rows.toSorted((a, b) => Number(a.seq) - Number(b.seq));
  const spent = new Map<string, number>();
  const reserved = new Map<string, number>();
  const executions: SlowExecution[] = [];
  const entries = sorted.map((row, at): SlowRow => {
    const { numbers, texts } = row.meaning;
    const kind = KINDS.get(text(row.type)) ?? 'other';
    const agent = text(row.agent);
    const estimated = numbers.get('estimated_micro') ?? null;
    const cost = numbers.get('cost_micro') ?? null;
    const free = (): void => {
      if ((estimated ?? 0) > 0) reserved.set(agent, Math.max(0, (reserved.get(agent) ?? 0) - estimated!));
    };
    if (agent !== '') {
      if (kind === 'reserve') reserved.set(agent, (reserved.get(agent) ?? 0) + (estimated ?? 0));
      if (kind === 'commit') {
        spent.set(agent, (spent.get(agent) ?? 0) + (cost ?? 0));
        free();
      }
      if (kind === 'release') free();
    }
    const flags: string[] = [];
    if (row.meaning.odd || typeof row.payload !== 'string') flags.push('oddPayload');
    if (row.meaning.inexact) flags.push('inexact');
    const before = sorted.slice(0, at).findLast((one) => !Number.isNaN(one.micros));
    if (before !== undefined && row.micros < before.micros) flags.push('clockBack');
    const prompt = numbers.get('prompt_tokens') ?? null;
    const completion = numbers.get('completion_tokens') ?? null;
    if (kind === 'commit' && cost !== null && estimated !== null && cost > estimated) flags.push('overrun');
    if (kind === 'commit' && cost === 0 && !prompt && !completion) flags.push('free');
    const reason = texts.get('reason') ?? '';
    if (kind === 'release' && reason === 'Recovered stale reservation') flags.push('recovered');
    const id = text(row.executionId);
    if (id !== '') {
      let own = executions.find((one) => one.id === id);
      if (own === undefined) executions.push((own = { id, rows: [], reserve: -1, settle: -1 }));
      own.rows.push(at);
      if (kind === 'reserve') Object.assign(own, { reserve: at, settle: -1 });
      if ((kind === 'commit' || kind === 'release') && own.settle === -1) own.settle = at;
    }
    const from = texts.get('from') ?? null;
    const to = texts.get('to') ?? null;
    const details: Record<string, string> = {
      commit: texts.get('model') ?? '',
      release: reason,
      fail: reason,
      policy: reason,
      deny: texts.get('detail') ?? '',
      tool: texts.get('tool_name') ?? '',
      'tool-denied': texts.get('tool_name') ?? '',
      lifecycle: from === null && to === null ? '' : `${from ?? ''} → ${to ?? ''}`,
    };
    return {
      seq: Number(row.seq),
      kind,
      type: text(row.type),
      agent,
      execution: id,
      detail: (details[kind] ?? '').toWellFormed(),
      micros: row.micros,
      estimated: estimated ?? NaN,
      amount: (kind === 'deny' ? numbers.get('remaining_micro') : cost) ?? NaN,
      prompt: prompt ?? NaN,
      completion: completion ?? NaN,
      expiry: kind === 'reserve' ? row.expiry : NaN,
      flags: flags.toSorted(),
      spent: agent === '' ? 0 : (spent.get(agent) ?? 0),
      reserved: agent === '' ? 0 : (reserved.get(agent) ?? 0),
      allSpent: sum(spent),
      allReserved: sum(reserved),
      next: -1,
    };
  });
  for (const { rows: own } of executions)
    for (const [i, at] of own.entries()) entries[at]!.next = own[i + 1] ?? -1;
  return { entries, executions };
}

const place = (row: number): number => (row === 0xffff_ffff ? -1 : row);

/** What columns hold, in the same words. */
export function columnsInWords(c: LedgerColumns): { entries: SlowRow[]; executions: SlowExecution[] } {
  const entries = Array.from({ length: c.count }, (_, row): SlowRow => {
    const execution = place(c.execution[row]!);
    return {
      seq: c.seq[row]!,
      kind: NAMES[c.kind[row]!]!,
      type: c.texts.text(c.type[row]!) ?? '',
      agent: c.texts.text(c.agent[row]!) ?? '',
      execution: execution === -1 ? '' : c.executions.ids.text(execution + 1)!,
      detail: c.texts.text(c.detail[row]!) ?? '',
      micros: c.micros[row]!,
      estimated: c.estimated[row]!,
      amount: c.amount[row]!,
      prompt: c.prompt[row]!,
      completion: c.completion[row]!,
      expiry: c.expiry[row]!,
      flags: FLAGS.filter((_name, bit) => (c.flags[row]! & (1 << bit)) !== 0).toSorted(),
      spent: c.spent[row]!,
      reserved: c.reserved[row]!,
      allSpent: c.allSpent[row]!,
      allReserved: c.allReserved[row]!,
      next: place(c.next[row]!),
    };
  });
  const { executions: own } = c;
  const executions = Array.from({ length: own.count }, (_, n): SlowExecution => {
    const rows: number[] = [];
    for (let row = own.first[n]!; row !== 0xffff_ffff; row = c.next[row]!) rows.push(row);
    if (rows.at(-1) !== own.last[n] || rows.length !== own.entries[n])
      throw new Error(`execution ${n} is askew`);
    return { id: own.ids.text(n + 1)!, rows, reserve: place(own.reserve[n]!), settle: place(own.settle[n]!) };
  });
  return { entries, executions };
}
