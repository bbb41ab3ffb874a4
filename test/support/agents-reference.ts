import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';

/**
 * A slow second opinion on the figures of agent folders: plain objects, JSON.parse, one question at a time. It shares no
 * code with `src/core/agents`, so that a mistake there is not made here too. The form is that of `expected.json`.
 */
type Line = Record<string, unknown>;
type Rec = {
  agent: string;
  file: string;
  fileDay: string;
  fileMonth: string;
  line: Line;
  day: string | null;
};
type Bag = { lines: number; input_tokens: number; output_tokens: number; cost_usd: number };

const DAY = 86_400_000;
const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
const isRecord = (value: unknown): value is Line =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Decimals in which every double that can be a tie is exact. */
const PLACES = 60;

/** Rounds like Python's `round`, on the exact decimal expansion. */
export function pythonRound(value: number, places: number): number {
  const text = Math.abs(value).toFixed(PLACES);
  const cut = text.length - (PLACES - places);
  const head = BigInt(text.slice(0, cut).replace('.', ''));
  const tail = BigInt(text.slice(cut));
  const middle = 5n * 10n ** BigInt(PLACES - places - 1);
  const rounded = tail > middle || (tail === middle && head % 2n === 1n) ? head + 1n : head;
  const result = Number(rounded) / 10 ** places;
  return value < 0 ? -result : result;
}

const PRICES: Record<string, readonly [number, number]> = {
  'claude-opus-4-8': [5, 25],
  'claude-opus-4-7': [5, 25],
  'claude-opus-4-7-20260101': [5, 25],
  'claude-sonnet-4-6': [3, 15],
  'claude-sonnet-4-6-20260101': [3, 15],
  'claude-haiku-4-5': [0.8, 4],
  'claude-haiku-4-5-20251001': [0.8, 4],
  'gpt-5': [5, 20],
  'gpt-5-mini': [0.5, 2],
  'gpt-5-nano': [0.1, 0.5],
  'vertex/gemini-2.5-pro': [1.25, 10],
  'vertex/gemini-2.5-flash': [0.3, 2.5],
  'vertex/gemini-2.0-flash': [0.1, 0.4],
  'vertex/gemini-2.0-flash-lite': [0.075, 0.3],
};
for (const name of 'moonshot-v1-8k moonshot-v1-32k moonshot-v1-128k kimi-k2.6 kimi-2.6 kimi-k2.5 kimi-k2-0905-preview kimi-k2-0711-preview'.split(
  ' ',
)) {
  PRICES[`moonshot/${name}`] = [0.3, 1.2];
}

/** Millionths of a dollar; what is no number counts as nothing. */
function cost(line: Line): number {
  const value = line['cost_usd'];
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value * 1e6) : 0;
}
const tokens = (line: Line, key: string): number =>
  typeof line[key] === 'number' && Number.isFinite(line[key]) ? Math.trunc(line[key]) : 0;
const text = (line: Line, key: string): string | null => (typeof line[key] === 'string' ? line[key] : null);

function dayOfTs(line: Line): string | null {
  const ts = text(line, 'ts');
  const match = ts?.match(
    /^(\d{4}-\d{2}-\d{2})(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
  );
  const day = match?.[1];
  if (day === undefined || Number.isNaN(Date.parse(`${day}T00:00:00Z`)) || plus(day, 0) !== day) return null;
  return day;
}
const isNaive = (line: Line): boolean => !/(Z|[+-]\d{2}:?\d{2})$/.test((text(line, 'ts') ?? '').slice(10));

function sum(records: readonly Rec[]): Bag {
  let micros = 0;
  const bag = { lines: records.length, input_tokens: 0, output_tokens: 0 };
  for (const { line } of records) {
    bag.input_tokens += tokens(line, 'input_tokens');
    bag.output_tokens += tokens(line, 'output_tokens');
    micros += cost(line);
  }
  return { ...bag, cost_usd: micros / 1e6 };
}
function by(records: readonly Rec[], key: (rec: Rec) => string): Record<string, Bag> {
  const groups: Record<string, Rec[]> = {};
  for (const rec of records) (groups[key(rec)] ??= []).push(rec);
  return Object.fromEntries(
    Object.keys(groups)
      .sort()
      .map((name) => [name, sum(groups[name]!)]),
  );
}
const money = (records: readonly Rec[]): number => sum(records).cost_usd;
const less = (a: number, b: number): number => Math.round(a * 1e6 - b * 1e6) / 1e6;

/** The agents of a root, by name. */
export function referenceAgents(root: string): string[] {
  return readdirSync(root)
    .filter((name) => !/^[._]/.test(name) && existsSync(join(root, name, 'model.md')))
    .sort();
}

type Read = {
  records: Rec[];
  files: number;
  bad: Record<string, number>;
  corrupt: Record<string, [number, number]>;
};

function readLogs(root: string, agent: string): Read {
  const read: Read = { records: [], files: 0, bad: {}, corrupt: {} };
  const bad = (what: string): void => void (read.bad[what] = (read.bad[what] ?? 0) + 1);
  const folder = join(root, agent, 'log');
  if (!existsSync(folder)) return read;
  for (const month of readdirSync(folder).sort()) {
    if (!/^\d{4}-\d{2}$/.test(month) || !statSync(join(folder, month)).isDirectory()) continue;
    for (const name of readdirSync(join(folder, month)).sort()) {
      if (!name.endsWith('.jsonl')) continue;
      read.files++;
      const file = `log/${month}/${name}`;
      const lines = readFileSync(join(folder, month, name), 'utf8').split('\n');
      const tally: [number, number] = [0, 0];
      read.corrupt[file] = tally;
      lines.forEach((one, at) => {
        if (one.trim() === '') return;
        tally[1]++;
        let value: unknown;
        try {
          value = JSON.parse(one);
        } catch {
          tally[0]++;
          return bad(at === lines.length - 1 ? 'torn_tail' : 'not_json');
        }
        if (!isRecord(value)) {
          tally[0]++;
          return bad('not_object');
        }
        const fileDay = name.slice(0, -'.jsonl'.length);
        const rec = { agent, file, fileDay, fileMonth: month, line: value, day: dayOfTs(value) };
        const logged = value['cost_usd'];
        if (logged !== undefined && typeof logged !== 'number') {
          bad('bad_cost');
          tally[0]++;
        } else if (typeof logged === 'number' && logged < 0) tally[0]++;
        if (rec.day === null) bad('bad_ts');
        else {
          if (isNaive(value)) bad('naive_ts_kept');
          if (rec.day !== fileDay) bad('misfiled_kept');
        }
        read.records.push(rec);
      });
    }
  }
  return read;
}

const HELD_BACK =
  /^(helper.*|delegate.*|tool_call.*|judgment|cost_warning|capture_write_error|escalation_.*|embed_.*)$/;
const isPrimary = ({ line }: Rec): boolean =>
  (line['parent_run_id'] === undefined || line['parent_run_id'] === null || line['parent_run_id'] === '') &&
  !HELD_BACK.test(text(line, 'trigger') ?? '');
const isMirror = ({ line }: Rec): boolean =>
  line['trigger'] === 'delegate' && (!!line['delegated_agent'] || !!line['delegate_run_id']);

function blocks(file: string): Line[] {
  if (!existsSync(file)) return [];
  const found = [...readFileSync(file, 'utf8').matchAll(/```ya?ml\n([\s\S]*?)\n```/g)];
  return found.flatMap((match) => {
    try {
      const value: unknown = parseYaml(match[1]!);
      return isRecord(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}
const within = (day: string | null, from: string, to: string): boolean =>
  day !== null && day >= from && day <= to;
const rate = (part: number, whole: number): number => (whole === 0 ? 0 : pythonRound(part / whole, 4));
const amount = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const least = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
};

function guardrail(root: string, agent: string, read: Read, today: string): Line {
  const own = blocks(join(root, agent, 'model.md')).find((block) => isRecord(block['cost_guardrails']));
  const rails = (own?.['cost_guardrails'] ?? {}) as Line;
  const enabled = rails['enabled'] === true;
  const policy = Object.assign({}, ...blocks(join(root, 'policy.md'))) as Line;
  const forAgent = ((policy['agents'] as Record<string, Line> | undefined)?.[agent] ?? {}) as Line;
  const cap = (name: 'daily' | 'monthly'): { own: number; effective: number | null } => {
    const mine = amount(rails[`${name}_cap_usd`]) ?? 0;
    const caps = [policy, forAgent].map((of) =>
      amount((of['cost_caps'] as Line | undefined)?.[`${name}_usd`]),
    );
    return { own: mine, effective: least([...caps, enabled && mine > 0 ? mine : null]) };
  };
  const actors = read.records.filter(
    ({ line }) => (line['cost_source'] ?? 'actor') === 'actor' && cost(line) >= 0,
  );
  const spoilt = Object.entries(read.corrupt)
    .filter(([file, [corrupt, all]]) => file.startsWith(`log/${today.slice(0, 7)}/`) && corrupt > all / 2)
    .map(([file]) => file);
  const todayFile = `log/${today.slice(0, 7)}/${today}.jsonl`;
  const blind = spoilt.includes(todayFile);
  const onDay = blind ? 0 : money(actors.filter(({ file }) => file === todayFile));
  const inMonth = blind
    ? 0
    : money(
        actors.filter(({ file, fileMonth }) => fileMonth === today.slice(0, 7) && !spoilt.includes(file)),
      );
  const daily = cap('daily');
  const monthly = cap('monthly');
  return {
    enabled,
    daily_cap_usd: daily.own,
    monthly_cap_usd: monthly.own,
    daily_cap_action: rails['daily_cap_action'] ?? 'skip',
    monthly_cap_action: rails['monthly_cap_action'] ?? 'alert',
    effective_daily_cap_usd: daily.effective,
    effective_monthly_cap_usd: monthly.effective,
    spent_today_actor_usd: onDay,
    spent_month_actor_usd: inMonth,
    degraded_files: spoilt,
    daily_cap_fired: daily.effective !== null && onDay >= daily.effective,
    monthly_cap_fired: monthly.effective !== null && inMonth >= monthly.effective,
  };
}

type Eval = { day: string; ts: string; verdict: unknown; score: number | null; fails: number };
function readEvals(root: string, agent: string): Eval[] {
  const folder = join(root, agent, 'evals', 'runs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .flatMap((one): Eval[] => {
          try {
            const line: unknown = JSON.parse(one);
            if (!isRecord(line)) return [];
            const ts = text(line, 'ts') ?? name.slice(0, 10);
            const fails = Array.isArray(line['hard_fails']) ? line['hard_fails'].length : 0;
            const score = amount(line['weighted_score']);
            return [{ day: ts.slice(0, 10), ts, verdict: line['verdict'] ?? 'judge_error', score, fails }];
          } catch {
            return [];
          }
        }),
    );
}

/** Default targets: value that gives 100 up to the band, and the floor that gives 0. */
const CURVE = {
  spend_vs_trend: [0.07, 0.5],
  error_rate: [0.05, 0.4],
  blocked_rate: [0.05, 0.3],
  skipped_rate: [0.05, 0.4],
  hard_fail_rate: [0.05, 0.5],
} as const;
function points(name: keyof typeof CURVE | 'pass_rate', value: number): number {
  if (name === 'pass_rate') return value >= 0.8 - 0.1 ? 100 : Math.max(0, (value / (0.8 - 0.1)) * 100);
  const target = name === 'spend_vs_trend' ? 0.05 + 0.02 : CURVE[name][0];
  if (value <= target) return 100;
  return Math.max(0, Math.min(100, ((CURVE[name][1] - value) / (CURVE[name][1] - target)) * 100));
}
const mean = (values: readonly number[]): number =>
  values.reduce((all, value) => all + value, 0) / values.length;

function weightsOf(root: string): Record<string, number> {
  const thirds = { cost: 1 / 3, quality: 1 / 3, reliability: 1 / 3 };
  for (const name of ['targets.override.md', 'targets.md']) {
    const scoring = blocks(join(root, name)).find((block) => isRecord(block['scoring']))?.['scoring'] as Line;
    if (!isRecord(scoring?.['weights'])) continue;
    const found = ['cost', 'quality', 'reliability'].map((axis) =>
      amount((scoring['weights'] as Line)[axis]),
    );
    if (found.every((value) => value !== null && value >= 0 && value <= 1)) {
      const total = (found as number[]).reduce((all, value) => all + value, 0);
      if (Math.abs(total - 1) <= 0.01 + 1e-12)
        return { cost: found[0]!, quality: found[1]!, reliability: found[2]! };
    }
  }
  return thirds;
}

function governance(root: string, agent: string): string {
  const path = join(root, agent, 'governance.md');
  if (!existsSync(path)) return 'NO_GOVERNANCE';
  const block = blocks(path).find((one) => isRecord(one['governance']))?.['governance'] as Line | undefined;
  if (block === undefined) return 'GOVERNANCE_NO_BLOCK';
  const allowed: Record<string, readonly unknown[]> = {
    permission_tier: ['read-only', 'draft-only', 'writes', 'sends-or-acts'],
    lifecycle_status: ['active', 'paused', 'deprecated', 'retired'],
    customer_data: ['yes', 'no', 'partial', true, false],
    writes_sor: ['yes', 'no', 'partial', true, false],
  };
  for (const [key, values] of Object.entries(allowed)) {
    if (block[key] !== undefined && block[key] !== null && !values.includes(block[key]))
      return 'GOVERNANCE_INVALID';
  }
  return typeof block['owner'] === 'string' && block['owner'].trim() !== ''
    ? 'VALID'
    : 'GOVERNANCE_INCOMPLETE';
}

const keyOf = (agent: string, kind: string, bucket: string): string =>
  `v1:${createHash('sha256').update(['v1', agent, kind, bucket].join('\0')).digest('hex').slice(0, 12)}`;
const BUCKETS: Record<string, string> = {
  NO_GOVERNANCE: 'no_governance_file',
  GOVERNANCE_INVALID: 'governance_parse_error',
  GOVERNANCE_NO_BLOCK: 'governance_no_block',
  GOVERNANCE_INCOMPLETE: 'no_owner_field',
};

/** The figures of a root that do not need the parts of a folder (notes, escalations), in the form of `expected.json`. */
export function reference(root: string, today: string): { agents: Record<string, Line>; fleet: Line } {
  const names = referenceAgents(root);
  const reads = Object.fromEntries(names.map((name) => [name, readLogs(root, name)]));
  const weights = weightsOf(root);
  const states: Record<string, Line> = {};
  const statePath = join(root, '_console', 'alert_state.jsonl');
  if (existsSync(statePath)) {
    for (const one of readFileSync(statePath, 'utf8').split('\n')) {
      try {
        const line: unknown = JSON.parse(one);
        if (isRecord(line) && typeof line['alert_key'] === 'string') states[line['alert_key']] = line;
      } catch {
        // a broken line changes nothing
      }
    }
  }
  const attention: { severity: string; agent: string; class: string; alert_key: string; state: string }[] =
    [];
  const alert = (severity: string, agent: string, kind: string, bucket: string): void => {
    const alert_key = keyOf(agent, kind, bucket);
    const last = states[alert_key];
    const until = last?.['snooze_until'];
    const asleep =
      last?.['action'] === 'snooze' &&
      typeof until === 'string' &&
      Date.parse(until) > Date.parse(`${today}T23:59:59Z`);
    const state = last?.['action'] === 'ack' ? 'acked' : asleep ? 'snoozed' : 'open';
    attention.push({ severity, agent, class: kind, alert_key, state });
  };
  const agents: Record<string, Line> = {};
  let shownWorst = Infinity;
  let anyCapped = false;
  const composites: number[] = [];
  let covered = 0;
  let dropped = 0;

  for (const name of names) {
    const read = reads[name]!;
    const dated = read.records.filter(({ day }) => day !== null);
    const mirrors = dated.filter(isMirror);
    const resolved = mirrors.filter(({ line }) => {
      const target = text(line, 'delegated_agent');
      const run = line['delegate_run_id'];
      if (typeof run !== 'string' || run === '') return false;
      const where = target === null ? names.filter((other) => other !== name) : [target];
      return where.some((other) =>
        (reads[other]?.records ?? []).some((rec) => rec.line['run_id'] === run && !isMirror(rec)),
      );
    });
    dropped += money(resolved);
    const helpers = dated.filter(({ line }) => line['trigger'] === 'helper');
    const total = sum(dated);
    const hit = dated.reduce((all, { line }) => all + tokens(line, 'cache_hit_tokens'), 0);
    const miss = dated.reduce((all, { line }) => all + tokens(line, 'cache_miss_tokens'), 0);
    const hitOf: Record<string, number> = {};
    for (const { line } of dated) {
      const model = text(line, 'model') ?? '';
      if (model in PRICES) hitOf[model] = (hitOf[model] ?? 0) + tokens(line, 'cache_hit_tokens');
    }
    // in tenths of a billionth: whole numbers for every rate of the table
    const savedTenths = Object.entries(hitOf).reduce(
      (all, [model, count]) => all + count * Math.round(PRICES[model]![0] * 1000 * 9),
      0,
    );
    const primary = dated.filter((rec) => isPrimary(rec) && within(rec.day, plus(today, -30), today));
    const withStatus = (...words: string[]): Rec[] =>
      primary.filter(({ line }) => words.includes(String(line['status'])));
    const blocked = primary.filter(
      ({ line }) => line['status'] === 'lock_busy' || line['embed_batch_blocked'] === true,
    );
    const n = primary.length;
    const reliability = {
      primary_runs: n,
      error_rate: rate(withStatus('error').length, n),
      blocked_rate: rate(blocked.length, n),
      inflight_rate: rate(withStatus('in_flight').length, n),
      principal_rate: rate(withStatus('principal_not_verified').length, n),
      skipped_rate: rate(withStatus('skipped', 'deduped').length, n),
    };
    const evals = readEvals(root, name);
    const recent = evals.filter(({ day }) => within(day, plus(today, -30), today));
    const prior = evals.filter(({ day }) => within(day, plus(today, -60), plus(today, -31)));
    const scorable = recent.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
    const last = (rows: readonly Eval[]): number | null => {
      const scored = rows.filter(({ score }) => score !== null);
      scored.sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
      return scored.at(-1)?.score ?? null;
    };
    const newest = last(recent);
    const older = last(prior);
    const delta = newest === null || older === null ? null : pythonRound(newest - older, 6);
    const spendRecent = money(dated.filter(({ day }) => within(day, plus(today, -30), today)));
    const spendPrior = money(dated.filter(({ day }) => within(day, plus(today, -61), plus(today, -31))));

    const metricScores: Record<string, number> = {};
    const axes: Record<string, number> = {};
    const exact: Record<string, number> = {};
    const axis = (title: string, values: Record<string, number>): void => {
      const scored = Object.entries(values).map(([metric, value]) => {
        const score = points(metric as 'pass_rate', value);
        exact[metric] = score;
        metricScores[metric] = pythonRound(score, 1);
        return score;
      });
      axes[title] = pythonRound(mean(scored), 1);
    };
    if (n > 0) {
      const { error_rate, blocked_rate, skipped_rate } = reliability;
      axis('reliability', { error_rate, blocked_rate, skipped_rate });
    }
    if (scorable.length > 0) {
      axis('quality', {
        pass_rate: scorable.filter(({ verdict }) => verdict === 'pass').length / scorable.length,
        hard_fail_rate: scorable.filter(({ fails }) => fails > 0).length / scorable.length,
      });
    }
    if (spendPrior > 0) axis('cost', { spend_vs_trend: spendRecent / spendPrior - 1 });
    const present = Object.keys(axes);
    const weight = present.reduce((all, title) => all + weights[title]!, 0);
    const capped = [...Object.values(axes), ...Object.values(exact)].some((score) => score < 30);
    let composite: number | null = null;
    if (present.length > 0 && weight > 0) {
      composite = present.reduce((all, title) => all + axes[title]! * weights[title]!, 0) / weight;
      if (capped) composite = Math.min(60, composite);
      composite = pythonRound(composite, 4);
    }
    const display = composite === null ? null : pythonRound(composite, 0);
    const band =
      display === null ? null : capped ? 'red' : display >= 80 ? 'green' : display >= 60 ? 'amber' : 'red';
    if (composite !== null) {
      composites.push(composite);
      shownWorst = Math.min(shownWorst, composite);
      anyCapped ||= capped;
    }
    if (present.length === 3) covered++;

    const state = governance(root, name);
    if (state !== 'VALID') {
      alert(
        state === 'GOVERNANCE_INCOMPLETE' ? 'medium' : 'high',
        name,
        `governance.${state}`,
        BUCKETS[state]!,
      );
    }
    const perDay = (from: string, to: string): number[] => {
      const days = by(
        dated.filter(({ day }) => within(day, from, to)),
        ({ day }) => day!,
      );
      return Object.values(days).map(({ cost_usd }) => cost_usd);
    };
    const before = perDay(plus(today, -60), plus(today, -31));
    const now = perDay(plus(today, -30), today);
    if (before.length >= 7 && now.length > 0 && mean(before) > 0 && mean(now) >= 3 * mean(before)) {
      alert('high', name, 'cost_spike', 'cost_above_threshold');
    }
    if (reliability.error_rate >= 0.2) {
      alert(
        reliability.error_rate >= 0.5 ? 'high' : 'medium',
        name,
        'reliability.high_error_rate',
        'high_error_rate',
      );
    }
    for (const kind of ['blocked_rate', 'skipped_rate'] as const) {
      if (reliability[kind] >= 0.1) alert('medium', name, `reliability.high_${kind}`, `high_${kind}`);
    }
    if (delta !== null && delta <= -0.1) {
      alert('medium', name, 'quality_regression', 'score_regression_threshold');
    }

    const used: Record<string, number> = {};
    for (const { line, day } of dated) {
      const model = text(line, 'model') ?? '';
      if (!within(day, `${today.slice(0, 7)}-01`, `${today.slice(0, 7)}-31`)) continue;
      if (line['trigger'] !== 'helper' && model in PRICES) used[model] = (used[model] ?? 0) + 1;
    }
    const most = Math.max(0, ...Object.values(used));
    const fileDays: Record<string, number> = {};
    for (const rec of read.records) {
      const actor = (rec.line['cost_source'] ?? 'actor') === 'actor';
      fileDays[rec.fileDay] = (fileDays[rec.fileDay] ?? 0) + (actor ? Math.max(0, cost(rec.line)) : 0);
    }
    const runs = new Set(
      read.records
        .filter(({ line }) => line['run_id'] !== line['parent_run_id'])
        .map(({ line }) => line['run_id']),
    );
    const status: Record<string, number> = {};
    for (const { line } of dated) {
      const word = text(line, 'status') ?? 'unknown';
      status[word] = (status[word] ?? 0) + 1;
    }
    agents[name] = {
      log_files: read.files,
      bad: read.bad,
      total,
      total_without_delegate_mirrors_usd: less(total.cost_usd, money(resolved)),
      by_day: by(dated, ({ day }) => day!),
      by_model: by(dated, ({ line }) => text(line, 'model') ?? 'n/a'),
      by_month: by(dated, ({ day }) => day!.slice(0, 7)),
      by_trigger: by(dated, ({ line }) => text(line, 'trigger') ?? 'unknown'),
      by_cost_source: by(dated, ({ line }) => text(line, 'cost_source') ?? 'actor'),
      by_day_model: by(dated, ({ day, line }) => `${day}|${text(line, 'model') ?? 'n/a'}`),
      status,
      cache: {
        hit,
        miss,
        hit_pct: hit + miss === 0 ? null : pythonRound((hit / (hit + miss)) * 100, 1),
        saved_usd: pythonRound(savedTenths / 1e4, 0) / 1e6,
      },
      helpers: sum(helpers),
      delegate_mirrors: { lines: mirrors.length, cost_usd: money(mirrors), resolved: resolved.length },
      guardrail: guardrail(root, name, read, today),
      guardrail_file_day_actor_usd: Object.fromEntries(
        Object.entries(fileDays).map(([day, micros]) => [day, micros / 1e6]),
      ),
      most_used_known_models_this_month: Object.keys(used)
        .filter((model) => used[model] === most)
        .sort(),
      reliability_30d: reliability,
      spend_recent_usd: spendRecent,
      spend_prior_usd: spendPrior,
      health: { axes, metric_scores: metricScores, capped, composite, display, band },
      evals: { rows_30d: recent.length, scorable: scorable.length, delta_30d: delta },
      governance: state,
      children_without_parent_line: dated.filter(
        ({ line }) => !!line['parent_run_id'] && !runs.has(line['parent_run_id']),
      ).length,
    };
  }

  const all = names.flatMap((name) => reads[name]!.records.filter(({ day }) => day !== null));
  const ranks = ['critical', 'high', 'medium', 'low', 'info'];
  attention.sort(
    (a, b) =>
      ranks.indexOf(a.severity) - ranks.indexOf(b.severity) ||
      (a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : 0),
  );
  const display = composites.length === 0 ? null : pythonRound(Math.min(mean(composites), shownWorst), 0);
  return {
    agents,
    fleet: {
      agents: names.length,
      records: all.length,
      cost_all_lines_usd: money(all),
      cost_without_delegate_mirrors_usd: less(money(all), dropped),
      double_counted_usd: less(dropped, 0),
      by_day: by(all, ({ day }) => day!),
      by_model: by(all, ({ line }) => text(line, 'model') ?? 'n/a'),
      attention,
      health: {
        display,
        band:
          display === null
            ? null
            : anyCapped
              ? 'red'
              : display >= 80
                ? 'green'
                : display >= 60
                  ? 'amber'
                  : 'red',
        coverage: `${covered}/${names.length}`,
      },
    },
  };
}
