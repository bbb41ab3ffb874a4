import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../peers.ts';
import { randomBelow } from '../random.ts';
import { makeLedger, type LedgerMaker, type MadeModel } from './ledger-maker.ts';
import type { Plain } from './python-text.ts';

/** What a generated ledger holds. */
export type GenerateOptions = {
  /** entries of the event log; the last execution is ended, so there may be a few more */
  readonly entries: number;
  readonly seed: number;
  /** seconds since 1970 of the first entry; default 2026-03-02 07:00 UTC */
  readonly from?: number;
  /** days from the first entry to the last, about; default: one for each 6,500 entries, at least 3 */
  readonly days?: number;
  readonly agents?: number;
  /** characters of an answer on average; default 240 */
  readonly answer?: number;
  /** reservations that are open at the end; default 0 */
  readonly open?: number;
};

export type Generated = {
  readonly entries: number;
  readonly agents: readonly string[];
  /** seconds since 1970 of the last entry */
  readonly to: number;
};

const LOCAL = 'http://127.0.0.1:9922/v1';
/** Models of generated ledgers. */
export const MADE_MODELS: ReadonlyMap<string, MadeModel> = new Map([
  [
    'mini',
    {
      provider: 'local',
      providerModel: 'vendor-mini-001',
      baseUrl: LOCAL,
      inputMicro: 2,
      outputMicro: 8,
      maxTokens: 1024,
    },
  ],
  [
    'big',
    {
      provider: 'local',
      providerModel: 'vendor-big-7',
      baseUrl: LOCAL,
      inputMicro: 25,
      outputMicro: 100,
      maxTokens: 2048,
    },
  ],
  [
    'alt',
    {
      provider: 'alt',
      providerModel: 'alt-x',
      baseUrl: 'http://127.0.0.1:9923/v1',
      inputMicro: 3,
      outputMicro: 5,
      maxTokens: 512,
    },
  ],
  [
    'embed',
    {
      provider: 'local',
      providerModel: 'vendor-embed',
      baseUrl: LOCAL,
      inputMicro: 1,
      outputMicro: 0,
      maxTokens: 512,
    },
  ],
]);

/** The text of a price list with these models (formats/aex.md §16). */
export function modelsYaml(models: ReadonlyMap<string, MadeModel>, defaultModel: string): string {
  const providers = new Map([...models.values()].map(({ provider, baseUrl }) => [provider, baseUrl]));
  return [
    'version: 1',
    'providers:',
    ...[...providers].flatMap(([name, url]) => [
      `  ${name}:`,
      `    base_url: ${url}`,
      '    type: openai_compatible',
    ]),
    `default_model: ${defaultModel}`,
    'models:',
    ...[...models].flatMap(([name, model]) => [
      `  ${name}:`,
      `    provider: ${model.provider}`,
      `    provider_model: ${model.providerModel}`,
      `    pricing: {input_micro: ${model.inputMicro}, output_micro: ${model.outputMicro}}`,
      `    limits: {max_tokens: ${model.maxTokens}}`,
      '    capabilities: {tools: true}',
    ]),
    '',
  ].join('\n');
}

const NAMES = [
  'researcher',
  'planner',
  'reviewer',
  'coder',
  'night-batch',
  'support',
  'translator',
  'summarizer',
];
const WORDS =
  'ledger harbour plan berth crane invoice tide table price note answer source review boat week pier'.split(
    ' ',
  );
const TOOL = {
  name: 'adder',
  version: '1.0',
  entrypoint: '/usr/bin/python3 /opt/tools/adder.py',
  sha256: 'ab'.repeat(32),
  cost_micro: 750,
};

/** An execution that waits for its next step. */
type Running = {
  readonly id: string;
  readonly agent: string;
  readonly step: 'dispatch' | 'settle';
  readonly at: number;
  readonly plan: Plan;
};

/** How an execution is meant to go. */
type Plan = {
  readonly kind: 'chat' | 'stream' | 'embed' | 'tool';
  readonly model: string;
  readonly prompt: number;
  readonly completion: number;
  readonly ends: 'commit' | 'free' | 'upstream' | 'gone' | 'error';
  readonly takes: number;
};

type Random = (below: number) => number;

function planOf(random: Random): Plan {
  const of = random(100);
  const kind = of < 62 ? 'chat' : of < 80 ? 'stream' : of < 92 ? 'embed' : 'tool';
  const ends = random(100);
  return {
    kind,
    model: kind === 'embed' ? 'embed' : ['mini', 'mini', 'mini', 'alt', 'big'][random(5)]!,
    prompt: 20 + random(900),
    completion: kind === 'embed' ? 0 : 5 + random(350),
    ends: ends < 92 ? 'commit' : ends < 94 ? 'free' : ends < 97 ? 'upstream' : ends < 99 ? 'gone' : 'error',
    takes: kind === 'embed' ? 0.2 + random(10) / 10 : 0.5 + random(200) / 10,
  };
}

function responseOf(plan: Plan, answer: string): Plain {
  const model = MADE_MODELS.get(plan.model)!.providerModel;
  const usage = { prompt_tokens: plan.prompt, completion_tokens: plan.completion };
  if (plan.kind === 'stream') return { stream: true, usage };
  if (plan.kind === 'embed')
    return {
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: [1, 0, -1] }],
      model,
      usage: { prompt_tokens: plan.prompt, total_tokens: plan.prompt },
    };
  const choice = { index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' };
  const body = { id: 'cmpl-1', object: 'chat.completion', created: 1700000000, model, choices: [choice] };
  return plan.ends === 'free'
    ? body
    : { ...body, usage: { ...usage, total_tokens: plan.prompt + plan.completion } };
}

const textOf = (random: Random, length: number): string => {
  let text = '';
  while (text.length < length) text += `${WORDS[random(WORDS.length)]!} `;
  return text;
};

/** Sends one request of a plan; the next step of its execution, or null where it ended at once. */
function send(
  maker: LedgerMaker,
  random: Random,
  agent: string,
  at: number,
  plan: Plan,
  number: number,
): Running | null {
  if (plan.kind === 'tool') {
    const admitted = maker.admit({
      agent,
      at,
      endpoint: '/v1/tools/execute',
      tool: TOOL.name,
      arguments: `{"a":${number},"b":2}`,
      estimatedMicro: TOOL.cost_micro,
    });
    return admitted.did === 'reserved'
      ? { id: admitted.id, agent, step: 'dispatch', at: at + 0.01, plan }
      : null;
  }
  const model = MADE_MODELS.get(plan.model)!;
  const most = Math.min(model.maxTokens, plan.completion + (random(50) === 0 ? -4 : random(600)));
  const max = Math.max(1, most);
  const path =
    plan.kind === 'embed'
      ? '/v1/embeddings'
      : random(3) === 0
        ? '/openai/v1/chat/completions'
        : '/v1/chat/completions';
  const estimatedMicro =
    plan.kind === 'embed' ? plan.prompt + 3 : plan.prompt * model.inputMicro + max * model.outputMicro;
  const admitted = maker.admit({
    agent,
    at,
    endpoint: path,
    model: plan.model,
    estimatedMicro,
    body: `{"max_tokens":${max},"messages":[{"content":"question ${number}","role":"user"}],"model":"${plan.model}"}`,
    ...(random(15) === 0 ? { key: `call-${number}` } : {}),
  });
  return admitted.did === 'reserved'
    ? { id: admitted.id, agent, step: 'dispatch', at: at + 0.01, plan }
    : null;
}

/** Takes the next step of an execution; the one after it, or null where it is over. */
function go(maker: LedgerMaker, random: Random, running: Running, answer: string): Running | null {
  const { id, agent, at, plan } = running;
  if (running.step === 'dispatch') {
    maker.dispatch(id, at);
    return { ...running, step: 'settle', at: at + plan.takes };
  }
  if (plan.kind === 'tool') {
    if (plan.ends === 'upstream') {
      maker.release(id, at, 'Tool execution failed: Plugin failed with exit code 3', 400);
      maker.toolFailed(id, agent, at, TOOL.name, 'Plugin failed with exit code 3');
      return null;
    }
    const response = { tool_name: TOOL.name, result: { sum: random(1000) }, stdout: 'adding\n', stderr: '' };
    const spent = maker.commit(id, at, {
      prompt: 0,
      completion: 0,
      costMicro: TOOL.cost_micro,
      model: `tool:${TOOL.name}`,
      response,
    });
    if (spent) maker.toolRan(id, at, TOOL.name, TOOL.cost_micro);
    return null;
  }
  if (plan.ends === 'upstream') {
    const status = [429, 500, 503][random(3)]!;
    maker.release(
      id,
      at,
      `Upstream /v1/chat/completions failed with HTTP ${status}: simulated ${status}`,
      status,
    );
  } else if (plan.ends === 'gone') maker.release(id, at, 'Streaming ended before settlement', 502);
  else if (plan.ends === 'error') maker.release(id, at, 'Upstream provider error', 502);
  else {
    const free = plan.ends === 'free' && plan.kind === 'chat';
    const model = MADE_MODELS.get(plan.model)!;
    maker.commit(id, at, {
      prompt: free ? 0 : plan.prompt,
      completion: free ? 0 : plan.completion,
      costMicro: free ? 0 : plan.prompt * model.inputMicro + plan.completion * model.outputMicro,
      model: plan.model,
      response: responseOf(free ? plan : { ...plan, ends: 'commit' }, answer),
    });
  }
  return null;
}

/** Writes a healthy ledger by a seed, and its price list beside it. `file` must not exist. */
export function generateLedger(file: string, options: GenerateOptions): Generated {
  const random = randomBelow(options.seed);
  const from = options.from ?? Date.UTC(2026, 2, 2, 7) / 1000;
  const days = options.days ?? Math.max(3, Math.round(options.entries / 6500));
  const agents = NAMES.slice(0, options.agents ?? 6);
  const hex = (): string => Array.from({ length: 32 }, () => random(16).toString(16)).join('');
  const maker = makeLedger(file, { models: MADE_MODELS, token: hex });
  maker.tool(TOOL, from - 3600);
  // about 7,000 micro each, so that one of them runs out and the others do not
  const each = (options.entries / 3.2 / agents.length) * 7000;
  agents.forEach((name, index) => {
    maker.agent(name, {
      budgetMicro: Math.round(each * (index === 2 ? 0.7 : 2.5)),
      rpm: index === 3 ? 20 : 600,
      at: from - 3000,
      ...(index === 4 ? { tpm: 40_000 } : {}),
    });
  });
  const answers = Array.from({ length: 64 }, () =>
    textOf(random, (options.answer ?? 240) / 2 + random(options.answer ?? 240)),
  );
  // on a working day, eleven hours are worked; 5 of 7 days are
  const pace = (days * 11 * 3600 * 5) / 7 / (options.entries / 3.2);
  let now = from;
  let number = 0;
  let running: Running[] = [];
  const step = (next: Running | null): void => {
    if (next === null) return;
    const place = running.findIndex(({ at }) => at > next.at);
    running.splice(place < 0 ? running.length : place, 0, next);
  };
  const nobody = new Map<string, number>();
  while (maker.entries() < options.entries) {
    now += Math.min(900, -Math.log((1 + random(9999)) / 10_001) * pace);
    while (running.length > 0 && running[0]!.at <= now) {
      step(go(maker, random, running.shift()!, answers[random(answers.length)]!));
    }
    const hour = Math.floor(now / 3600) % 24;
    const weekday = (Math.floor(now / 86_400) + 4) % 7;
    if (running.length === 0 && (hour >= 18 || weekday === 0 || weekday === 6)) {
      now = Math.floor(now / 86_400 + 1) * 86_400 + 7 * 3600 + random(1800);
      continue;
    }
    if (running.length > 8 || hour >= 18) continue;
    const agent = agents[random(agents.length)]!;
    if (maker.available(agent) < 30_000) {
      // who has nothing left asks a few times more, and then now and then
      const asked = (nobody.get(agent) ?? 0) + 1;
      nobody.set(agent, asked);
      if (asked > 40 && random(40) !== 0) continue;
    }
    if (random(4000) === 0) {
      maker.transition(agent, 'PAUSED', 'weekly review', now);
      maker.transition(agent, 'READY', 'review done', now);
    }
    step(send(maker, random, agent, now, planOf(random), ++number));
  }
  for (const one of running) {
    let next: Running | null = one;
    now = Math.max(now, one.at);
    while (next !== null) {
      next = go(maker, random, next, answers[0]!);
      now = Math.max(now, next?.at ?? now);
    }
  }
  for (let i = 0; i < (options.open ?? 0); i++) {
    const agent = agents[i % agents.length]!;
    const opened = send(maker, random, agent, now + i / 10, { ...planOf(random), kind: 'chat' }, ++number);
    if (opened !== null) go(maker, random, opened, '');
  }
  const entries = maker.entries();
  maker.finish();
  writeFileSync(join(dirname(file), 'models.yaml'), modelsYaml(MADE_MODELS, 'mini'));
  return { entries, agents, to: now };
}

/** A generated ledger in `.cache/bench`, made on first use; the path of its database. */
export function cachedLedger(entries: number, seed = 1): string {
  const folder = join(projectRoot, '.cache', 'bench', `ledger-${entries}-${seed}`);
  const file = join(folder, 'aex.db');
  if (existsSync(file)) return file;
  const fresh = `${folder}.${process.pid}.tmp`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  generateLedger(join(fresh, 'aex.db'), { entries, seed });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return file;
}
