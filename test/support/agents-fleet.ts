import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomBelow } from './random.ts';

/** What a fleet is made with. */
export type FleetPlan = {
  readonly seed: number;
  readonly agents?: number;
  readonly days?: number;
  /** without what the runtime's own reader stops at or takes otherwise: arrays, NaN, booleans as costs, misfiled lines */
  readonly forRuntime?: boolean;
};

type Record_ = Record<string, unknown>;
type Line = { readonly day: number; readonly text: string };

const MODELS = [
  'claude-opus-4-7-20260101',
  'claude-sonnet-4-6-20260101',
  'claude-haiku-4-5-20251001',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'moonshot/kimi-k2.6',
  'vertex/gemini-2.0-flash-lite',
  'qwen-local-32b',
  'n/a',
];
const PRIMARY = ['agent_call', 'http', 'cron', 'skill', 'api', 'manual', 'dream', 'eval', 'policy_decision'];
const STATUS = [
  'ok',
  'ok',
  'ok',
  'ok',
  'ok',
  'error',
  'skipped',
  'lock_busy',
  'in_flight',
  'deduped',
  'principal_not_verified',
];
const OFFSETS = [-300, 0, 330, 60, -210, 765];
const TODAY = Date.UTC(2026, 5, 20) / 86_400_000;

/** The day that generated fleets are as of. */
export const GENERATED_TODAY = '2026-06-20';

const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const two = (value: number): string => String(value).padStart(2, '0');

const priced = (model: string, input: number, output: number): number => {
  if (model === 'n/a') return 0;
  return Math.round(input * (1 + MODELS.indexOf(model)) * 0.37 + output * 1.9) / 1e6;
};

const block = (lines: string): string => `# Governance\n\n\`\`\`yaml\ngovernance:\n${lines}\`\`\`\n`;

/** Writes a root of agent folders with everything odd that formats/atomic-agents.md §15 knows; the same for a seed. */
export function generateFleet(
  root: string,
  plan: FleetPlan,
): { readonly agents: readonly string[]; readonly today: string } {
  const below = randomBelow(plan.seed);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const chance = (percent: number): boolean => below(100) < percent;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const names = ['birch', 'cedar', 'elm', 'fir', 'oak', 'pine-2', 'rowan', 'ash_1'].slice(
    0,
    plan.agents ?? 2 + below(4),
  );
  const days = plan.days ?? pick([5, 20, 70, 120]);
  const logs = new Map<string, Line[]>(names.map((name) => [name, []]));
  const homes = new Map(names.map((name) => [name, pick(OFFSETS)]));
  let serial = 0;

  const stamp = (day: number, offset: number): string => {
    const size = Math.abs(offset);
    const zone =
      offset === 0 && chance(30)
        ? 'Z'
        : `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    const fraction = pick(['', '.250', '.123456']);
    return `${dayText(day)}T${two(below(24))}:${two(below(60))}:${two(below(60))}${fraction}${zone}`;
  };
  const log = (agent: string, day: number, record: Record_): void => {
    logs.get(agent)!.push({ day, text: JSON.stringify(record) });
  };
  const call = (agent: string, day: number, trigger: string, more: Record_ = {}): Record_ => {
    const model = pick(MODELS);
    const input = below(9000);
    const output = below(1500);
    const hit = chance(40) ? below(input + 1) : 0;
    const status = pick(STATUS);
    return {
      ts: stamp(day, homes.get(agent)!),
      run_id: `run-${dayText(day).replaceAll('-', '')}-${++serial}`,
      ...(chance(80) ? { primitive: 'other' } : {}),
      trigger,
      ...(chance(95) ? { model } : {}),
      input_tokens: input,
      output_tokens: output,
      ...(status === 'deduped' || status === 'in_flight' ? {} : { cost_usd: priced(model, input, output) }),
      ...(chance(60) ? { cost_source: 'actor' } : {}),
      ...(hit > 0 ? { cache_hit_tokens: hit, cache_miss_tokens: input - hit } : {}),
      ...(model === 'qwen-local-32b' && chance(80) ? { cost_estimated_via_fallback: true } : {}),
      ...(chance(97) ? { status } : {}),
      summary: pick(['late invoice', 'Ärger “mit” Zitat', 'weekly review', 'a\\b "c"']),
      ...more,
    };
  };

  for (let back = days; back >= 0; back--) {
    const day = TODAY - back;
    for (const agent of names) {
      if (chance(25)) continue;
      for (let runs = 1 + below(4); runs > 0; runs--) {
        const run = call(agent, day, pick(PRIMARY));
        const parent = {
          parent_run_id: run['run_id'],
          run_id: chance(70) ? run['run_id'] : `run-child-${++serial}`,
        };
        for (let n = below(3); n > 0; n--)
          log(
            agent,
            day,
            call(agent, day, 'helper', {
              ...parent,
              ...(chance(50) ? { provenance_preserved: chance(60) } : {}),
            }),
          );
        for (let n = below(3); n > 0; n--) {
          log(agent, day, {
            ts: stamp(day, homes.get(agent)!),
            ...parent,
            trigger: pick(['tool_call', 'tool_call_deferred', 'cost_warning']),
            tool_name: 'notes__read',
            ...(chance(50) ? { status: 'ok' } : {}),
          });
        }
        if (names.length > 1 && chance(30)) {
          const target = pick(names.filter((name) => name !== agent));
          const own = call(target, day, 'delegate');
          if (chance(80)) log(target, day, own);
          const { input_tokens, output_tokens, cost_usd, model } = own;
          const mirrored = {
            input_tokens,
            output_tokens,
            model,
            ...(cost_usd === undefined ? {} : { cost_usd }),
          };
          log(agent, day, {
            ...call(agent, day, 'delegate', parent),
            ...mirrored,
            delegated_agent: target,
            ...(chance(95) ? { delegate_run_id: own['run_id'] } : {}),
          });
        }
        if (chance(20))
          log(agent, day, {
            ...call(agent, day, 'judgment', parent),
            cost_source: 'judge',
            event: 'judgment',
          });
        if (chance(8))
          log(
            agent,
            day,
            call(agent, day, 'embed_batch_reservation', { ...parent, embed_batch_blocked: true }),
          );
        if (chance(6)) run['embed_batch_blocked'] = true;
        if (chance(7)) run['fallback'] = true;
        if (chance(3)) run['critical'] = true;
        if (!chance(4)) log(agent, day, run);
      }
    }
  }

  for (const agent of names) {
    const lines = logs.get(agent)!;
    for (let n = below(8); n > 0; n--) lines.splice(below(lines.length + 1), 0, oddLine(agent));
    const files = new Map<number, string[]>();
    for (const { day, text } of lines.toSorted((a, b) => a.day - b.day))
      files.set(day, [...(files.get(day) ?? []), text]);
    for (const [day, texts] of files) {
      const end = chance(6) ? `\n${JSON.stringify(call(agent, day, 'cron')).slice(0, 20 + below(40))}` : '\n';
      const spoilt = chance(2) ? '{"broken\n'.repeat(texts.length + 2) : '';
      const blank = chance(10) ? '\n\n' : '';
      write(
        `${agent}/log/${dayText(day).slice(0, 7)}/${dayText(day)}.jsonl`,
        blank + spoilt + texts.join('\n') + end,
      );
    }
    settings(agent);
    evals(agent);
  }
  shared();
  return { agents: names.toSorted(), today: GENERATED_TODAY };

  function oddLine(agent: string): Line {
    const day = TODAY - below(days + 1);
    const record = call(agent, day, pick(PRIMARY));
    const text = (value: unknown): Line => ({
      day,
      text: typeof value === 'string' ? value : JSON.stringify(value),
    });
    const without = (...keys: string[]): Line =>
      text(Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key))));
    const gone = `run-gone-${++serial}`;
    const kinds = [
      () => text({ ...record, cost_usd: 'a lot' }),
      () => text({ ...record, cost_usd: null }),
      () => text('{"ts": "2026-06-01T00:00:00Z", "cost_usd": 0.5, '),
      () => text({ ...record, ts: String(record['ts']).replace(/(Z|[+-]\d\d:\d\d)$/, '') }),
      () => text({ ...record, ts: 'yesterday' }),
      () => text({ ...record, ts: '2026-02-30T10:00:00Z' }),
      () => without('ts'),
      () => text({ ...record, parent_run_id: gone }),
      () =>
        text({
          ...record,
          trigger: 'delegate',
          delegated_agent: 'nobody',
          delegate_run_id: gone,
          parent_run_id: record['run_id'],
        }),
      () => without('run_id', 'primitive', 'cost_source', 'model', 'trigger'),
    ];
    const strange = [
      () => text({ ...record, cost_usd: true }),
      () => text(JSON.stringify(record).replace(/^\{/, '{"cost_usd_x":NaN,')),
      () => text({ ...record, ts: stamp(day - 1 - below(3), homes.get(agent)!) }),
      () => text('["an array"]'),
      () => text('42'),
      () => text({ ...record, input_tokens: '12' }),
      () => text({ ...record, cost_usd: -0.01 }),
    ];
    return pick(plan.forRuntime === true ? kinds : [...kinds, ...strange])();
  }

  function settings(agent: string): void {
    const on = chance(70);
    const cap = (): string => pick(['0', '0.0001', '0.02', '0.5', '5']);
    write(
      `${agent}/model.md`,
      `# Model\n\n## Default model\n\n**\`${pick(MODELS.slice(0, 8))}\`**\n\n## Fallback\n\n\`gpt-5-nano\`\n\n| Max system prompt | 12,000 tokens |\n\n${
        chance(90)
          ? `\`\`\`yaml\ncost_guardrails:\n  enabled: ${on}\n  daily_cap_usd: ${cap()}\n  monthly_cap_usd: ${cap()}\n  daily_cap_action: ${pick(['skip', 'fallback', 'alert'])}\n  monthly_cap_action: ${pick(['skip', 'alert'])}\n  warning_thresholds: [0.50, 0.80]\n\`\`\`\n`
          : ''
      }`,
    );
    write(`${agent}/persona/IDENTITY.md`, `# ${agent}\n`);
    write(`${agent}/persona/SOUL.md`, 'Plain.\n');
    write(`${agent}/memory/INDEX.md`, '# Memory Index\n');
    write(`${agent}/tools.md`, `# Tools\n\n## Write paths\n- \`memory/\`\n`);
    const forms = [
      null,
      '# Governance\n\nNothing yet.\n',
      block('  owner: ops@example.invalid\n  permission_tier: everything\n'),
      block('  permission_tier: writes\n  lifecycle_status: active\n'),
      block('  owner: ops@example.invalid\n  permission_tier: read-only\n  customer_data: no\n'),
    ];
    const form = pick(forms);
    if (form !== null) write(`${agent}/governance.md`, form);
  }

  function evals(agent: string): void {
    if (chance(20)) return;
    const good = 30 + below(70);
    for (let day = TODAY - Math.min(days, 80); day <= TODAY; day += 1 + below(9)) {
      const rows: string[] = [];
      for (let n = 1 + below(5); n > 0; n--) {
        const verdict = chance(6) ? pick(['judge_error', undefined]) : chance(good) ? 'pass' : 'fail';
        rows.push(
          JSON.stringify({
            ts: `${dayText(day)}T04:00:${String(10 - n).padStart(2, '0')}+00:00`,
            agent,
            test_id: `00${n}_case`,
            category: 'happy',
            scores: { output_quality: 1 + below(5) },
            weighted_score: 1 + below(17) / 4,
            hard_fails: chance(8) ? ['HF1'] : [],
            ...(verdict === undefined ? {} : { verdict }),
          }),
        );
      }
      write(`${agent}/evals/runs/${dayText(day)}.jsonl`, `${rows.join('\n')}\n${chance(5) ? '{"torn' : ''}`);
    }
  }

  function shared(): void {
    if (chance(70)) {
      const own = names
        .map((name) =>
          chance(40)
            ? `  ${name}:\n    cost_caps:\n      ${pick(['daily_usd', 'monthly_usd'])}: ${pick(['0', '0.01', '3'])}\n`
            : '',
        )
        .join('');
      const fleet = chance(60)
        ? `cost_caps:\n  daily_usd: ${pick(['0.3', '4'])}\n${chance(50) ? '  monthly_usd: 9\n' : ''}`
        : '';
      if (own + fleet !== '')
        write('policy.md', `# Policy\n\n\`\`\`yaml\n${fleet}${own === '' ? '' : `agents:\n${own}`}\`\`\`\n`);
    }
    const weights = pick([null, [0.34, 0.33, 0.33], [0.5, 0.25, 0.25], [0.9, 0.9, 0.9], [0, 0.5, 0.5]]);
    if (weights !== null) {
      write(
        'targets.md',
        `# Targets\n\n\`\`\`yaml\nscoring:\n  weights:\n    cost: ${weights[0]}\n    quality: ${weights[1]}\n    reliability: ${weights[2]}\n\`\`\`\n`,
      );
    }
    const lines: string[] = [];
    for (let n = below(12); n > 0; n--) {
      const [kind, bucket] = pick([
        ['governance.NO_GOVERNANCE', 'no_governance_file'],
        ['governance.GOVERNANCE_INCOMPLETE', 'no_owner_field'],
        ['quality_regression', 'score_regression_threshold'],
        ['reliability.high_skipped_rate', 'high_skipped_rate'],
        ['cost_spike', 'cost_above_threshold'],
      ] as const);
      const digest = createHash('sha256')
        .update(['v1', pick(names), kind, bucket].join('\0'))
        .digest('hex');
      const action = pick(['ack', 'snooze', 'snooze', 'unsnooze']);
      const until = { snooze_until: `${dayText(TODAY + pick([-4, 3, 9]))}T09:00:00+00:00` };
      lines.push(
        JSON.stringify({
          ts: '2026-06-18T09:00:00+00:00',
          actor: 'operator',
          alert_key: `v1:${digest.slice(0, 12)}`,
          action,
          ...(action === 'snooze' ? until : {}),
        }),
      );
    }
    if (lines.length > 0)
      write('_console/alert_state.jsonl', `${lines.join('\n')}\n${chance(20) ? '{"torn' : ''}`);
  }
}
