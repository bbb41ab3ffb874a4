import type { PersonaVersion, VersionFigures } from '../../contract/edits.ts';
import { isoMicros } from '../records/query-format.ts';
import { term } from '../records/query.ts';
import { readTimestamp } from '../records/time.ts';
import { ok, type Result } from '../result.ts';
import type { EditContext } from './edit/context.ts';
import { dayOf } from './figures/days.ts';
import { query } from './figures/queries.ts';
import type { AgentFolder } from './folder.ts';
import { readEvalLines, type EvalRow } from './parts/evals.ts';
import { timelineOf, type PathHistory, type TimelineVersion } from './persona-timeline.ts';
import { PERSONA_FILES, readPersona } from './prompt-persona.ts';
import { matchRecords } from './records/match.ts';
import { FLAG, type RecordTables } from './records/table.ts';
import { fileHistory } from './write/history.ts';

/** The texts that make an agent what it is: persona (own or shared), tools and model (formats/atomic-agents.md §2.1–2.3). */
export function personaPaths(folder: AgentFolder, agent: string): readonly string[] {
  const { shared } = readPersona(folder, agent);
  const home = shared === null ? folder.pathOf(agent, 'persona') : folder.sharedPath(`.personas/${shared}`);
  const own = ['persona.link.md', 'tools.md', 'model.md'].map((name) => folder.pathOf(agent, name));
  return [...(home === null ? [] : PERSONA_FILES.map((name) => `${home}/${name}`)), ...own];
}

/** What an agent was over time, newest first, with what its runs came to under each version. */
export function personaVersions(
  ctx: EditContext,
  tables: RecordTables,
  agent: string,
): Result<readonly PersonaVersion[]> {
  const histories: PathHistory[] = [];
  for (const path of personaPaths(ctx.folder, agent)) {
    const versions = fileHistory(ctx, path);
    if (!versions.ok) return versions;
    if (versions.value.length > 0) histories.push({ path, versions: versions.value });
  }
  const end = endOfDay(ctx.today);
  const known = timelineOf(histories).filter(({ fromMicros }) => fromMicros === null || fromMicros < end);
  const evals = readEvalLines(ctx.folder, agent);
  return ok(
    known
      .map((version) =>
        Object.assign(version, { figures: figuresOf(version, tables, evals, agent, ctx.today) }),
      )
      .toReversed(),
  );
}

/** The end of a day anywhere on Earth, in microseconds. */
const endOfDay = (today: string): number => ((dayOf(today) ?? 0) + 1) * 86_400e6 + 12 * 3600e6;

function figuresOf(
  { fromMicros, toMicros }: TimelineVersion,
  tables: RecordTables,
  evals: readonly EvalRow[],
  agent: string,
  today: string,
): VersionFigures {
  const range = `${fromMicros === null ? '' : isoMicros(fromMicros)}..${toMicros === null ? '' : isoMicros(toMicros)}`;
  const text = query(term('agent', agent), range === '..' ? null : `at:${range}`, `day:..${today}`);
  const matches = matchRecords(tables, text);
  let primary = 0;
  let errors = 0;
  for (const { records, rows } of matches.agents) {
    const failed = records.status.names.indexOf('error');
    for (const row of rows) {
      if ((records.flags[row]! & FLAG.primary) !== 0) primary++;
      if (failed >= 0 && records.status.ids[row] === failed) errors++;
    }
  }
  const { costMicros } = matches.sum;
  return {
    query: text,
    runs: matches.total,
    primary,
    errors,
    costMicros,
    costPerRunMicros: primary === 0 ? null : Math.round(costMicros / primary),
    evals: evalsOf(evals.filter((row) => inForce(row, fromMicros, toMicros, today))),
  };
}

function inForce(row: EvalRow, from: number | null, to: number | null, today: string): boolean {
  const at = row.ts === null ? null : (readTimestamp(row.ts)?.micros ?? null);
  if (row.day !== null && row.day > today) return false;
  // an undated eval belongs to a version only where there is no other
  if (at === null) return from === null && to === null;
  return (from === null || at >= from) && (to === null || at < to);
}

function evalsOf(rows: readonly EvalRow[]): VersionFigures['evals'] {
  const judged = rows.filter(({ verdict }) => verdict !== 'judge_error');
  const scores = judged.flatMap(({ weightedScore }) => (weightedScore === null ? [] : [weightedScore]));
  const passed = judged.filter(({ verdict }) => verdict === 'pass').length;
  return {
    count: judged.length,
    passed,
    failed: judged.length - passed,
    mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    hardFails: judged.filter(({ hardFails }) => hardFails.length > 0).length,
  };
}
