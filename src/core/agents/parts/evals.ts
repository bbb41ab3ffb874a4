import type { EvalRow as ContractRow, EvalsPart } from '../../../contract/agent-parts.ts';
import { term } from '../../records/query.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { daysFromText, NO_DAY } from '../../records/time.ts';
import { FLAG } from '../records/table.ts';
import type { RecordTables } from '../records/table.ts';
import { plainNumber, scalarText } from '../settings/numbers.ts';
import { readFrontmatter } from '../text/frontmatter.ts';
import { isDay } from '../../yaml/yaml-scalar.ts';
import { isList, isMap } from '../../yaml/yaml-value.ts';
import type { YamlMap } from '../../yaml/yaml-value.ts';
import { fileOf, filesBelow, filesOf, jsonLines, oncePerFile, readJson, textOf } from './read.ts';

/** One line of `evals/runs/*.jsonl`; `weightedScore` is `score` of the contract. */
export type EvalRow = ContractRow & { readonly weightedScore: number | null };

type EvalLines = { readonly rows: readonly EvalRow[]; readonly bad: number };

const readLines = oncePerFile((file: FolderFile): EvalLines => {
  const rows: EvalRow[] = [];
  let bad = 0;
  const fileDay = /(\d{4}-\d{2}-\d{2})\.jsonl$/.exec(file.path)?.[1] ?? null;
  for (const { line, text } of jsonLines(file.text ?? '')) {
    const read = readJson(text);
    if (read.ok && isMap(read.value)) rows.push(rowOf(read.value, file.path, line, fileDay));
    else bad++;
  }
  return { rows, bad };
});

function rowOf(map: YamlMap, path: string, line: number, fileDay: string | null): EvalRow {
  const text = (key: string): string | null => scalarText(map.get(key));
  const ts = text('ts');
  const verdict = text('verdict');
  const score = plainNumber(map.get('weighted_score'));
  const scores = map.get('scores');
  const hardFails = map.get('hard_fails');
  const day = ts !== null && isDay(ts.slice(0, 10)) ? ts.slice(0, 10) : ts === null ? fileDay : null;
  return {
    path,
    line,
    ts,
    day,
    testId: text('test_id') ?? '',
    category: text('category') ?? '',
    verdict: verdict === 'pass' || verdict === 'fail' ? verdict : 'judge_error',
    score,
    weightedScore: score,
    scores: isMap(scores)
      ? Array.from(scores, ([name, value]) => ({ name: String(name), value: plainNumber(value) })).filter(
          (one): one is { name: string; value: number } => one.value !== null,
        )
      : [],
    hardFails: isList(hardFails) ? hardFails.map((fail) => scalarText(fail) ?? JSON.stringify(null)) : [],
    agentModel: text('agent_model'),
    judgeModel: text('judge_model'),
    justification: text('judge_justification') ?? '',
  };
}

function linesOf(folder: AgentFolder, agent: string): EvalLines {
  const rows: EvalRow[] = [];
  let bad = 0;
  for (const entry of filesOf(folder, folder.pathOf(agent, 'evals/runs'), '.jsonl')) {
    const file = fileOf(folder, entry.path);
    if (file === null) continue;
    const read = readLines(file);
    for (const row of read.rows) rows.push(row);
    bad += read.bad;
  }
  return { rows, bad };
}

/** The lines of all eval runs of an agent, in order of file and line (formats/atomic-agents.md §2.16). */
export function readEvalLines(folder: AgentFolder, agent: string): readonly EvalRow[] {
  return linesOf(folder, agent).rows;
}

/** `YYYY-MM-DD` some days earlier. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

type Rubric = {
  readonly threshold: number | null;
  readonly weights: readonly { name: string; weight: number }[];
};

/** Weights and threshold of `evals/rubric.md`. */
export function readRubric(folder: AgentFolder, agent: string): Rubric {
  const text = textOf(folder, folder.pathOf(agent, 'evals/rubric.md'));
  if (text === null) return { threshold: null, weights: [] };
  const { meta } = readFrontmatter(text);
  const weights = meta.get('weights');
  return {
    threshold: plainNumber(meta.get('threshold_pass')),
    weights: isMap(weights)
      ? Array.from(weights, ([name, weight]) => ({ name: String(name), weight: plainNumber(weight) ?? 0 }))
      : [],
  };
}

/** Means by day over 90 days, both ends included; lines without a value are left out. */
function byDay(rows: readonly EvalRow[], today: string, value: (row: EvalRow) => number | null): Trend {
  const from = daysBefore(today, 90);
  const days = new Map<string, { sum: number; n: number }>();
  for (const row of rows) {
    const score = value(row);
    if (row.day === null || row.day < from || row.day > today || score === null) continue;
    const day = days.get(row.day) ?? { sum: 0, n: 0 };
    days.set(row.day, { sum: day.sum + score, n: day.n + 1 });
  }
  return Array.from(days, ([day, { sum, n }]) => ({ day, mean: sum / n, n })).sort((a, b) =>
    a.day < b.day ? -1 : 1,
  );
}

type Trend = { readonly day: string; readonly mean: number; readonly n: number }[];

/** The last day's mean less the first day's, inside the last 30 days (§7); null with fewer than two days. */
function deltaOf(trend: Trend, today: string): number | null {
  const inside = trend.filter(({ day }) => day >= daysBefore(today, 30));
  if (inside.length < 2) return null;
  return Math.round((inside.at(-1)!.mean - inside[0]!.mean) * 1e6) / 1e6;
}

/** The quality of an agent: lines, trend, dimensions, golden cases (formats/atomic-agents.md §2.16, §7). */
export function readEvals(
  folder: AgentFolder,
  agent: string,
  today: string,
  tables: RecordTables | null,
): EvalsPart {
  const { rows, bad } = linesOf(folder, agent);
  const rubric = readRubric(folder, agent);
  // a line without a score counts as 0 in the code, also one of which the judge failed
  const trend = byDay(rows, today, (row) => row.score ?? 0);
  const names = new Set(rubric.weights.map(({ name }) => name));
  for (const row of rows) for (const { name } of row.scores) names.add(name);
  const recent = rows.filter(({ day }) => day !== null && day >= daysBefore(today, 30) && day <= today);
  const judged = recent.filter(({ verdict }) => verdict !== 'judge_error');
  const passed = judged.filter(({ verdict }) => verdict === 'pass').length;
  return {
    part: 'evals',
    threshold: rubric.threshold,
    weights: rubric.weights,
    rows: rows.toReversed(),
    badLines: bad,
    trend,
    dimensions: Array.from(names, (name) => {
      const own = byDay(rows, today, (row) => row.scores.find((score) => score.name === name)?.value ?? null);
      return { name, trend: own.map(({ day, mean }) => ({ day, mean })), delta: deltaOf(own, today) };
    }),
    delta30: deltaOf(trend, today),
    passRate:
      judged.length === 0 ? null : { value: passed / judged.length, part: passed, whole: judged.length },
    golden: goldenOf(folder, agent, rows),
    helperProvenance: provenanceOf(agent, tables, today),
  };
}

function goldenOf(folder: AgentFolder, agent: string, rows: readonly EvalRow[]): EvalsPart['golden'] {
  const root = folder.pathOf(agent, 'evals/golden');
  const last = new Map<string, string>();
  for (const row of rows) last.set(row.testId, row.verdict);
  return filesBelow(folder, root)
    .filter(({ name }) => name.endsWith('.md'))
    .map(({ path, name }) => ({
      path,
      category: path
        .slice(root.length + 1)
        .split('/')
        .slice(0, -1)
        .join('/'),
      lastVerdict: last.get(name.slice(0, -3)) ?? null,
    }));
}

/** The share of helper lines of the last 30 days that say that they kept where their facts came from (§7). */
function provenanceOf(
  agent: string,
  tables: RecordTables | null,
  today: string,
): EvalsPart['helperProvenance'] {
  const table = tables?.agents.find((one) => one.agent === agent);
  if (table === undefined) return null;
  const from = daysBefore(today, 30);
  const first = daysFromText(from) ?? NO_DAY;
  const last = daysFromText(today) ?? NO_DAY;
  let kept = 0;
  let whole = 0;
  for (let row = 0; row < table.count; row++) {
    const day = table.day[row]!;
    if (table.trigger.names[table.trigger.ids[row]!] !== 'helper' || day < first || day > last) continue;
    whole++;
    if ((table.flags[row]! & FLAG.provenancePreserved) !== 0) kept++;
  }
  if (whole === 0) return null;
  return {
    share: kept / whole,
    part: kept,
    whole,
    query: `${term('agent', agent)} trigger:helper day:${from}..${today}`,
  };
}
