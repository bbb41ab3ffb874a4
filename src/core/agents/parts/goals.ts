import type { FileFinding } from '../../../contract/agent-files.ts';
import type { GoalsPart, SubGoal } from '../../../contract/agent-parts.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { readFrontmatter } from '../text/frontmatter.ts';
import { isList, isMap, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlMap } from '../../yaml/yaml-value.ts';
import { conductorOf, gateOf } from './conductor.ts';
import { eventText, readHistory } from './goal-history.ts';
import type { GoalEvent } from './goal-history.ts';
import { fileOf, filesOf, finding, foldersOf } from './read.ts';

type Goal = GoalsPart['goals'][number];

const STATUSES = new Set([
  'pending',
  'in_progress',
  'complete',
  'blocked',
  'abandoned',
  'awaiting_decision',
  'skipped',
]);
const REQUIRED = [
  'schema_version',
  'active',
  'intent',
  'priority',
  'created',
  'last_progress_check',
  'success_criteria',
];

/** The goals of an agent: its own, addressed ones, runs of playbooks, and finished ones (formats/atomic-agents.md §2.9, §2.13). */
export function readGoals(folder: AgentFolder, agent: string): GoalsPart {
  const places: { readonly id: string; readonly home: string }[] = [
    { id: 'goal', home: folder.pathOf(agent, '') },
    ...foldersOf(folder, folder.pathOf(agent, 'goals')).map(({ name, path }) => ({ id: name, home: path })),
  ];
  const goals = places.flatMap(({ id, home }): Goal[] => {
    const inside = (name: string): string => (home === '' ? name : `${home}/${name}`);
    const file = fileOf(folder, inside('goal.md'));
    const historyPath = inside('goal_history.jsonl');
    const history = readHistory(fileOf(folder, historyPath));
    if (file === null) return [];
    return [
      goalOf(
        file,
        id,
        id === 'goal' && home === folder.pathOf(agent, ''),
        history,
        folder.isFile(historyPath) ? historyPath : null,
      ),
    ];
  });
  const archive = filesOf(folder, folder.pathOf(agent, 'goal_archive'), '.md').map(({ path, name }) => {
    const file = fileOf(folder, path);
    return {
      path,
      day: /^(\d{4}-\d{2}-\d{2})_/.exec(name)?.[1] ?? null,
      intent: scalarText(readFrontmatter(file?.text ?? '').meta.get('intent')) ?? name.replace(/\.md$/, ''),
    };
  });
  return { part: 'goals', goals, archive: archive.toReversed() };
}

/** A goal without its history. */
export function readGoalFile(file: FolderFile): Goal {
  return goalOf(file, 'goal', true, { events: [], bad: 0 }, null);
}

function goalOf(
  file: FolderFile,
  id: string,
  main: boolean,
  history: { readonly events: readonly GoalEvent[]; readonly bad: number },
  historyPath: string | null,
): Goal {
  const fm = readFrontmatter(file.text ?? '');
  const { meta } = fm;
  const text = (key: string): string | null => scalarText(meta.get(key));
  const criteria = meta.get('success_criteria');
  const why = goalProblem(file, fm.problem?.message ?? null, meta);
  const started = history.events.some(({ event }) => event === 'conductor_run_started');
  const findings: FileFinding[] = [...file.findings];
  if (why !== null)
    findings.push(
      finding('error', `The runtime refuses the goal: ${why}`, 'Mend its header.', fm.problem?.line ?? 1),
    );
  if (history.bad > 0)
    findings.push(finding('warning', `${history.bad} lines of its history cannot be read.`));
  const subGoals = subGoalsOf(meta, history.events, fm.lines.get('sub_goals') ?? null);
  const conductor = started ? conductorOf(history.events) : null;
  return {
    path: file.path,
    id,
    kind: started ? 'conductor' : main ? 'goal' : 'addressed',
    loaded: why === null,
    why,
    intent: text('intent') ?? '',
    active: meta.get('active') === true,
    priority: text('priority'),
    created: text('created'),
    lastCheck: text('last_progress_check'),
    deadline: text('deadline'),
    criteria: isList(criteria) ? criteria.map(yamlText) : [],
    subGoals,
    status: conductor?.state ?? statusOf(meta.get('active') === true, subGoals),
    history: history.events.map((event) => ({
      ts: event.ts,
      event: event.event,
      text: eventText(event),
      line: event.line,
    })),
    historyPath,
    badHistoryLines: history.bad,
    findings,
    conductor,
  };
}

/** The first rule of a goal that is broken, in the order of the runtime's check. */
function goalProblem(file: FolderFile, header: string | null, meta: YamlMap): string | null {
  if (file.text === null) return file.noText ?? 'It cannot be read.';
  if (header !== null) return `Its header is no YAML: ${header}.`;
  const missing = REQUIRED.find((key) => !meta.has(key));
  if (missing !== undefined) return `It lacks ${missing}.`;
  if (!/^[+-]?0*1$/.test(yamlText(meta.get('schema_version')).trim())) {
    return `schema_version is ${yamlText(meta.get('schema_version'))}, not 1.`;
  }
  if (typeof meta.get('active') !== 'boolean') return 'active is neither true nor false.';
  const priority = yamlText(meta.get('priority'));
  if (!['high', 'medium', 'low'].includes(priority))
    return `priority is “${priority}”, none of high, medium, low.`;
  return subGoalProblem(meta);
}

function subGoalProblem(meta: YamlMap): string | null {
  const list = meta.has('sub_goals') ? meta.get('sub_goals') : [];
  if (!isList(list)) return 'sub_goals is no list.';
  const all = new Set(list.map((sub) => (isMap(sub) ? scalarText(sub.get('id')) : null)));
  const seen = new Set<string>();
  for (const [i, sub] of list.entries()) {
    if (!isMap(sub)) return `Sub-goal ${i + 1} holds no keys.`;
    const missing = ['id', 'label', 'status'].find((key) => !sub.has(key));
    if (missing !== undefined) return `Sub-goal ${i + 1} lacks ${missing}.`;
    const id = scalarText(sub.get('id')) ?? '';
    if (seen.has(id)) return `The sub-goal ${id} stands twice.`;
    seen.add(id);
    const status = yamlText(sub.get('status'));
    if (!STATUSES.has(status)) return `The status of ${id} is “${status}”, which is not known.`;
    for (const blocker of blockers(sub)) {
      if (seen.has(blocker)) continue;
      return all.has(blocker)
        ? `${id} is blocked by ${blocker}, which comes later; only an earlier one can block.`
        : `${id} is blocked by ${blocker}, which is not there.`;
    }
  }
  return null;
}

function blockers(sub: YamlMap): readonly string[] {
  const value = sub.get('blocked_by');
  if (value === undefined || value === null) return [];
  return isList(value) ? value.map(yamlText) : [yamlText(value)];
}

function subGoalsOf(meta: YamlMap, events: readonly GoalEvent[], line: number | null): readonly SubGoal[] {
  const list = meta.get('sub_goals');
  if (!isList(list)) return [];
  const done = new Map<string, string>();
  return list.filter(isMap).map((sub): SubGoal => {
    const text = (key: string): string | null => scalarText(sub.get(key));
    const id = text('id') ?? '';
    const status = text('status') ?? '';
    const blockedBy = blockers(sub);
    const findings: FileFinding[] = [];
    if (isList(sub.get('blocked_by'))) {
      findings.push(
        finding(
          'notice',
          `blocked_by of ${id} is a list; releases that take only a single id refuse the goal.`,
          '',
          line,
        ),
      );
    }
    const open = blockedBy.filter(
      (blocker) => done.get(blocker) !== 'complete' && done.get(blocker) !== 'skipped',
    );
    if (open.length > 0 && (status === 'in_progress' || status === 'complete')) {
      findings.push(
        finding('warning', `${id} is ${status}, though ${open.join(', ')} is not complete.`, '', line),
      );
    }
    done.set(id, status);
    return {
      id,
      label: text('label') ?? id,
      status,
      assigned: text('assigned'),
      deadline: text('deadline'),
      blockedBy,
      completed: text('completed'),
      gate: gateOf(text('gate_decision_id'), id, events),
      findings,
    };
  });
}

function statusOf(active: boolean, subGoals: readonly SubGoal[]): string {
  const has = (status: string): boolean => subGoals.some((sub) => sub.status === status);
  if (!active) return 'not active';
  if (
    subGoals.length > 0 &&
    subGoals.every(({ status }) => ['complete', 'skipped', 'abandoned'].includes(status))
  ) {
    return 'complete';
  }
  if (has('awaiting_decision')) return 'awaiting decision';
  if (has('in_progress')) return 'in progress';
  return has('blocked') ? 'blocked' : 'open';
}
