import { readFileSync, readdirSync } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import type { RecordSort, Sum } from '../../src/contract/records.ts';
import type { AgentsRoot } from '../../src/core/agents/places.ts';
import { providerOf, recompute, rateOf } from '../../src/core/agents/prices.ts';
import type { Is, RecordFilter, Term } from '../../src/core/records/query.ts';
import { limits } from '../../src/core/storage/limits.ts';
import { NO_DAY, daysFromText, readTimestamp } from '../../src/core/records/time.ts';

/** Records read and filtered as plainly as can be: whole files, `JSON.parse`, one object a record, no tables. */
export type SlowRecord = {
  readonly id: string;
  readonly agent: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly fileDay: number;
  readonly day: number;
  readonly micros: number;
  readonly hour: number;
  readonly cost: number;
  is: Set<Is>;
};

export function slowRecords(root: AgentsRoot): SlowRecord[] {
  const records: SlowRecord[] = [];
  for (const { name, dir } of root.agents)
    for (const month of readdirSync(join(dir, 'log')).sort())
      for (const file of readdirSync(join(dir, 'log', month)).sort()) {
        const bytes = readFileSync(join(dir, 'log', month, file));
        const fileDay = daysFromText(file.replace('.jsonl', ''));
        for (let from = 0; from < bytes.length;) {
          const lf = bytes.indexOf(10, from);
          const end = lf === -1 ? bytes.length : lf;
          const value = objectIn(bytes.subarray(from, end));
          if (value !== null)
            records.push(recordOf(name, `${name}/log/${month}/${file}#${from}`, value, fileDay));
          from = end + 1;
        }
      }
  for (const record of records) relate(record, records);
  return records;
}

function objectIn(bytes: Buffer): Record<string, unknown> | null {
  if (!isUtf8(bytes)) return null;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number =>
  typeof value === 'number' && Math.abs(value) <= limits.agentCount ? Math.trunc(value) : 0;

function recordOf(agent: string, id: string, value: Record<string, unknown>, fileDay: number): SlowRecord {
  const moment = readTimestamp(text(value['ts']));
  const cost =
    typeof value['cost_usd'] === 'number' && Math.abs(value['cost_usd']) <= limits.agentCostUsd
      ? value['cost_usd']
      : null;
  const day = moment === null || fileDay === NO_DAY ? NO_DAY : moment.day;
  const trigger = text(value['trigger']);
  const status = text(value['status']);
  const model = typeof value['model'] === 'string' ? value['model'] : null;
  const input = number(value['input_tokens']);
  const output = number(value['output_tokens']);
  const hit = number(value['cache_hit_tokens']);
  const isMirror =
    trigger === 'delegate' &&
    (text(value['delegated_agent']) !== '' || text(value['delegate_run_id']) !== '');
  const logged = cost === null ? 0 : Math.round(cost * 1e9);
  const recomputed = recompute(model, input, output, hit);
  const family = ['helper', 'delegate', 'tool_call', 'escalation_', 'embed_'].some((start) =>
    trigger.startsWith(start),
  );
  const single = ['judgment', 'cost_warning', 'capture_write_error'].includes(trigger);
  const facts: Partial<Record<Is, boolean>> = {
    primary: text(value['parent_run_id']) === '' && !family && !single,
    child: text(value['parent_run_id']) !== '',
    'mirror-alone': isMirror,
    helper: trigger === 'helper',
    judge: trigger === 'judgment' || value['cost_source'] === 'judge',
    tool: trigger.startsWith('tool_call'),
    capture: trigger === 'capture_write_error' || value['primitive'] === 'capture',
    delegated: trigger === 'delegate' && !isMirror,
    failed: status === 'error',
    blocked: status === 'lock_busy' || value['embed_batch_blocked'] === true,
    skipped: status === 'skipped' || status === 'deduped',
    unpriced: model !== null && model !== 'n/a' && rateOf(model) === null,
    estimated: value['cost_estimated_via_fallback'] === true,
    fallback: value['fallback'] === true,
    critical: value['critical'] === true,
    misfiled: moment !== null && fileDay !== NO_DAY && moment.day !== fileDay,
    naive: moment?.naive === true,
    undated: day === NO_DAY,
    dated: day !== NO_DAY,
    stray: fileDay === NO_DAY,
    'bad-cost': 'cost_usd' in value && cost === null,
    negative: logged < 0,
    differs: cost !== null && recomputed !== null && Math.abs(recomputed - logged) > 1000,
    cached: hit + number(value['cache_miss_tokens']) > 0,
  };
  const local = moment === null ? Number.NaN : moment.micros + moment.offsetMinutes * 60e6;
  return {
    id,
    agent,
    value,
    fileDay,
    day,
    micros: moment?.micros ?? Number.NaN,
    hour: Number.isNaN(local) ? Number.NaN : new Date(Math.floor(local / 1000)).getUTCHours(),
    cost: logged,
    is: new Set((Object.keys(facts) as Is[]).filter((key) => facts[key] === true)),
  };
}

/** Parents and targets, by looking through everything. */
function relate(record: SlowRecord, all: readonly SlowRecord[]): void {
  const { value, agent, is } = record;
  const parent = text(value['parent_run_id']);
  const ownLine = (other: SlowRecord, run: string): boolean =>
    text(other.value['run_id']) === run && text(other.value['parent_run_id']) !== run;
  if (parent !== '' && !all.some((other) => other.agent === agent && ownLine(other, parent)))
    is.add('orphan');
  const run = text(value['delegate_run_id']);
  if (!is.has('mirror-alone') || run === '') return;
  const names = [...new Set(all.map((other) => other.agent))];
  const target = text(value['delegated_agent']);
  const searched = names.includes(target) ? [target] : names.filter((name) => name !== agent);
  const found = all.some(
    (other) =>
      searched.includes(other.agent) && ownLine(other, run) && other.day !== NO_DAY && !isAnyMirror(other),
  );
  if (!found) return;
  is.delete('mirror-alone');
  is.add('mirror');
}

const isAnyMirror = ({ is }: SlowRecord): boolean => is.has('mirror') || is.has('mirror-alone');

/** The records of a filter and their sum. */
export function slowMatch(
  all: readonly SlowRecord[],
  filter: RecordFilter,
): { records: SlowRecord[]; sum: Sum } {
  const undated = filter.terms.some(
    (term) =>
      !term.negated &&
      ((term.kind === 'day' && term.key === 'file') ||
        (term.kind === 'is' && (term.any.includes('undated') || term.any.includes('stray')))),
  );
  const records = all.filter(
    (record) =>
      (undated || record.day !== NO_DAY) && filter.terms.every((term) => fits(record, term) !== term.negated),
  );
  let nanos = 0n;
  let inputTokens = 0;
  let outputTokens = 0;
  for (const { value, cost } of records) {
    nanos += BigInt(cost);
    inputTokens += number(value['input_tokens']);
    outputTokens += number(value['output_tokens']);
  }
  return { records, sum: { lines: records.length, inputTokens, outputTokens, costMicros: rounded(nanos) } };
}

function rounded(nanos: bigint): number {
  const whole = nanos / 1000n;
  const rest = nanos - whole * 1000n;
  const up = rest > 1000n || (rest === 500n && whole % 2n !== 0n) ? 1n : 0n;
  const down = rest < -500n || (rest === -500n && whole % 2n !== 0n) ? 1n : 0n;
  return Number(whole + up - down);
}

type Ends = { readonly from: number | null; readonly to: number | null };
const inside = (value: number, { from, to }: Ends): boolean =>
  !Number.isNaN(value) && (from === null || value >= from) && (to === null || value <= to);

function fits(record: SlowRecord, term: Term): boolean {
  const { value } = record;
  switch (term.kind) {
    case 'text': {
      const keys = ['summary', 'error', 'tool_name', 'run_id', 'parent_run_id', 'delegate_run_id'];
      return keys.some((key) => text(value[key]).toLowerCase().includes(term.text.toLowerCase()));
    }
    case 'is':
      return term.any.some((one) => record.is.has(one));
    case 'name': {
      const model = typeof value['model'] === 'string' ? value['model'] : null;
      const source = value['cost_source'];
      const found = {
        agent: record.agent,
        provider: providerOf(model),
        source: typeof source === 'string' ? source : 'actor',
        run: text(value['run_id']),
        parent: text(value['parent_run_id']),
        tool: text(value['tool_name']),
        mandate: text(value['mandate_id']),
        conversation: text(value['conversation_id']),
        workflow: text(value['workflow_id']),
        model: text(value['model']),
        trigger: text(value['trigger']),
        primitive: text(value['primitive']),
        status: text(value['status']),
      }[term.key];
      return term.any.includes(found);
    }
    case 'day': {
      const day = term.key === 'day' ? record.day : record.fileDay;
      return day !== NO_DAY && term.any.some((ends) => inside(day, ends));
    }
    case 'month': {
      const date = new Date(record.day * 86_400_000);
      const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
      return record.day !== NO_DAY && term.any.some((ends) => inside(month, ends));
    }
    case 'at':
      return term.any.some(
        ({ from, to }) =>
          (from === null || record.micros >= from) &&
          (to === null || record.micros < to) &&
          !Number.isNaN(record.micros),
      );
    case 'number': {
      const latency = value['latency_ms'];
      const found = {
        cost: 'cost_usd' in value ? record.cost : Number.NaN,
        tokens: number(value['input_tokens']) + number(value['output_tokens']),
        latency:
          typeof latency === 'number' && Math.abs(latency) <= limits.agentCount
            ? Math.trunc(latency)
            : Number.NaN,
        hour: record.hour,
      }[term.key];
      if (Number.isNaN(found)) return term.absent;
      return term.any.some(
        (ends) =>
          inside(found, ends) && !(ends.over && found === ends.from) && !(ends.under && found === ends.to),
      );
    }
  }
}

/** In an order of the window: equal ones latest first, but for `oldest`; those without a value last. */
export function slowSort(records: readonly SlowRecord[], sort: RecordSort): SlowRecord[] {
  const key = ({ value, micros, cost }: SlowRecord): number => {
    if (sort === 'cost') return cost;
    if (sort === 'tokens') return number(value['input_tokens']) + number(value['output_tokens']);
    if (sort !== 'latency') return micros;
    const latency = value['latency_ms'];
    return typeof latency === 'number' && Math.abs(latency) <= limits.agentCount
      ? Math.trunc(latency)
      : Number.NaN;
  };
  const sign = sort === 'oldest' ? 1 : -1;
  return records
    .map((record, at) => ({ record, at, key: key(record) }))
    .sort((a, b) => {
      if (Number.isNaN(a.key) !== Number.isNaN(b.key)) return Number.isNaN(a.key) ? 1 : -1;
      return (Number.isNaN(a.key) ? 0 : (a.key - b.key) * sign) || (a.at - b.at) * sign;
    })
    .map(({ record }) => record);
}
