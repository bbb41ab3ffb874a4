import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom, type Random } from './generate-random.ts';

/** What a generated fleet holds. */
export type MadeAgents = {
  readonly agents: number;
  readonly records: number;
  readonly files: number;
  readonly bytes: number;
};

const models = [
  ['claude-sonnet-4-6-20260101', 3, 15],
  ['claude-opus-4-7-20260101', 5, 25],
  ['gpt-5-mini', 0.5, 2],
] as const;
const helperModel = ['claude-haiku-4-5-20251001', 0.8, 4] as const;
const triggers = ['cron', 'skill', 'api', 'manual', 'http', 'agent_call'] as const;
const tools = ['mail__send', 'ledger__append', 'calendar__create_event', 'notes__search', 'files__read'];
const subjects = [
  'receipts',
  'the spring issue',
  'overdue items',
  'a supplier question',
  'the monthly numbers',
];
const verbs = ['Sort', 'Review', 'Draft', 'Compare', 'Prepare', 'Answer'];

type Line = { readonly micros: number; readonly text: string };

/**
 * Writes a root of agents with run logs of `days` days: primary runs with tools, helpers and delegations to the next
 * agents, with a bad line here and there. The same seed gives the same bytes.
 */
export function generateAgents(
  root: string,
  { agents, records, days, seed }: { agents: number; records: number; days: number; seed: number },
): MadeAgents {
  const random = randomFrom(seed);
  const names = Array.from({ length: agents }, (_, i) => `agent-${String(i).padStart(2, '0')}`);
  for (const name of names) writeAgent(join(root, name), name);
  const made = { agents, records: 0, files: 0, bytes: 0 };
  const first = Date.UTC(2026, 0, 1) * 1000;
  for (let day = 0; day < days; day++) {
    const lines = names.map((): Line[] => []);
    const wanted = Math.round((records * (day + 1)) / days) - made.records;
    let count = 0;
    while (count < wanted) {
      const agent = random.int(agents);
      const at = first + day * 86_400e6 + random.int(80_000) * 1e6 + random.int(1e6);
      count += writeRun(random, names, lines, agent, at, wanted - count);
    }
    const date = new Date(first / 1000 + day * 86_400_000).toISOString().slice(0, 10);
    for (const [agent, list] of lines.entries()) {
      const folder = join(root, names[agent]!, 'log', date.slice(0, 7));
      mkdirSync(folder, { recursive: true });
      list.sort((a, b) => a.micros - b.micros);
      const text = list.map((line) => `${line.text}\n`).join('');
      writeFileSync(join(folder, `${date}.jsonl`), text);
      made.files += 1;
      made.bytes += text.length;
    }
    made.records += count;
  }
  return made;
}

function writeAgent(folder: string, name: string): void {
  mkdirSync(join(folder, 'persona'), { recursive: true });
  writeFileSync(join(folder, 'persona', 'IDENTITY.md'), `# ${name}\n`);
  writeFileSync(join(folder, 'persona', 'SOUL.md'), 'Plain and short.\n');
  writeFileSync(
    join(folder, 'model.md'),
    '## Default model\n\n**`claude-sonnet-4-6-20260101`**\n\n```yaml\ncost_guardrails:\n  enabled: true\n  daily_cap_usd: 3\n```\n',
  );
}

/** A flat object as Python's `json.dumps` writes it, with a blank behind each comma and colon. */
const asPython = (record: Record<string, unknown>): string =>
  `{${Object.entries(record)
    .map(([key, value]) => `"${key}": ${JSON.stringify(value)}`)
    .join(', ')}}`;

const iso = (micros: number): string =>
  `${new Date(micros / 1000).toISOString().slice(0, 19)}.${String(micros % 1e6).padStart(6, '0')}+00:00`;
const runIdAt = (micros: number): string => {
  const text = iso(micros);
  return `run-${text.slice(0, 10).replaceAll('-', '')}-${text.slice(11, 19).replaceAll(':', '')}-${text.slice(20, 26)}`;
};

function call(
  random: Random,
  [model, input, output]: readonly [string, number, number],
): Record<string, unknown> {
  const tokens = 800 + random.int(7000);
  const hit = random.chance(0.6) ? Math.floor(tokens * random.pick([0.5, 0.7, 0.8])) : 0;
  const out = 60 + random.int(1500);
  const cost = Math.round(hit * input * 0.1 + (tokens - hit) * input + out * output) / 1e6;
  return {
    model,
    input_tokens: tokens,
    output_tokens: out,
    cost_usd: cost,
    cost_source: 'actor',
    cache_hit_tokens: hit,
    cache_miss_tokens: tokens - hit,
  };
}

/** One primary run with what it started, children before their parent. Returns how many records it wrote. */
function writeRun(
  random: Random,
  names: readonly string[],
  lines: readonly Line[][],
  agent: number,
  started: number,
  most: number,
): number {
  let at = started;
  let count = 0;
  const run = runIdAt(started);
  const put = (to: number, record: Record<string, unknown>): void => {
    at += 200_000 + random.int(3e6);
    lines[to]!.push({ micros: at, text: asPython({ ts: iso(at), ...record }) });
    count += 1;
  };
  const child = { run_id: run, parent_run_id: run, parent_agent: names[agent] };
  const summary = `${random.pick(verbs)} ${random.pick(subjects)} ${random.int(5000)}`;
  const toolsUsed = random.int(4);
  for (let i = 0; i < Math.min(toolsUsed, most - 1); i++) {
    const tool = random.pick(tools);
    put(agent, {
      run_id: run,
      primitive: 'tool',
      trigger: 'tool_call',
      parent_run_id: run,
      tool_name: tool,
      tool_use_id: `tc_${random.int(2 ** 31).toString(16)}`,
      latency_ms: random.int(900),
      status: 'ok',
      summary: `tool ${tool}`,
      input_tokens: 0,
      output_tokens: 0,
      model: 'n/a',
    });
  }
  if (random.chance(0.25) && count < most - 1)
    put(agent, {
      ...child,
      primitive: 'helper',
      trigger: 'helper',
      ...call(random, helperModel),
      status: 'ok',
      summary: `Look into ${random.pick(subjects)}`,
      latency_ms: random.int(2000),
    });
  if (random.chance(0.15) && count < most - 2) {
    const target = (agent + 1 + random.int(names.length - 1)) % names.length;
    const cost = call(random, random.pick(models));
    const delegated = runIdAt(at + 500_000);
    const common = { primitive: 'delegate', trigger: 'delegate', ...cost, status: 'ok' };
    put(target, { run_id: delegated, ...common, summary, latency_ms: random.int(5000) });
    put(agent, {
      ...child,
      ...common,
      summary: `delegate to ${names[target]}`,
      latency_ms: random.int(5000),
      delegated_agent: names[target],
      delegate_run_id: delegated,
    });
  }
  const failed = random.chance(0.03);
  const trigger = random.pick(triggers);
  put(agent, {
    run_id: run,
    primitive: trigger === 'http' || trigger === 'agent_call' ? 'agent_call' : 'other',
    trigger,
    ...call(random, random.pick(models)),
    status: failed ? 'error' : 'ok',
    summary,
    latency_ms: 500 + random.int(6000),
    ...(failed ? { error: random.pick(['OverloadedError', 'ProviderTimeout: 30s']) } : {}),
    ...(toolsUsed > 0 ? { tool_iterations: toolsUsed } : {}),
  });
  return count;
}
