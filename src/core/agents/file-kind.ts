import type { AgentFileKind, WrittenBy } from '../../contract/agent-files.ts';
import type { AgentFolder } from './folder.ts';

/** What a file of a root is, whose it is, and who writes it. `why`: why the runtime does not use it. */
export type FilePlace = {
  readonly agent: string | null;
  /** below the agent's folder, or below the root */
  readonly within: string;
  readonly kind: AgentFileKind;
  readonly writtenBy: WrittenBy;
  readonly why: string | null;
};

type Rule = readonly [pattern: RegExp, kind: AgentFileKind, writtenBy: WrittenBy, why?: string];

const version = 'A kept version; it is read only when someone asks for it.';
const generated = 'Generated; nothing reads it.';

/** The files of an agent (formats/atomic-agents.md §1); the first pattern that fits. */
const AGENT: readonly Rule[] = [
  [/\.tmp$/, 'runtime', 'runtime', 'A file that is being written, or what a crash left of one.'],
  [/\.(?:db|sqlite3?)(?:-(?:wal|shm|journal))?$/, 'database', 'runtime'],
  [/^persona\/[^/]+\.md$/, 'persona', 'person'],
  [/^persona\.link\.md$/, 'persona-link', 'person'],
  [/^tools(?:\.override)?\.md$/, 'tools', 'person'],
  [/^model\.md$/, 'model', 'person'],
  [/^memory\/INDEX(?:_[^/]+)?\.md$/, 'memory-index', 'both'],
  [/^memory\/\.versions\//, 'memory-version', 'agent', version],
  [/^memory\.archived-[^/]+\//, 'memory-archived', 'agent', 'The memory from before a dream was applied.'],
  [/^memory\/[^/]+\.md$/, 'memory-note', 'both'],
  [/^wiki\/INDEX\.md$/, 'wiki-index', 'both'],
  [/^(?:wiki|raw)\/\.versions\//, 'wiki-version', 'agent', version],
  [/^wiki\/[^/]+\.md$/, 'wiki-page', 'both'],
  [/^raw\//, 'raw', 'person'],
  [/^journal\/.*\.md$/, 'journal', 'agent'],
  [/^log\/\d{4}-\d{2}\/[^/]+\.jsonl$/, 'log', 'agent'],
  [/^(?:goal|goals\/[^/]+\/goal)\.md$/, 'goal', 'both'],
  [/^(?:goals\/[^/]+\/)?goal_history\.jsonl$/, 'goal-history', 'agent'],
  [/^goal_archive\/.*\.md$/, 'goal-archive', 'agent', 'A finished goal.'],
  [/^roster\.md$/, 'roster', 'person'],
  [/^mcp\.md$/, 'mcp', 'person'],
  [/^skills\/[^/]+\/SKILL\.md$/, 'skill', 'person'],
  [/^skills\/[^/]+\/PLAYBOOK\.md$/, 'playbook', 'person'],
  [/^skills\/[^/]+\/[^/]+$/, 'skill', 'person'],
  [/^tools\/[^/]+\.(?:md|py)$/, 'tool-definition', 'person'],
  [/^judges\.md$/, 'judges', 'person'],
  [/^mandates\.md$/, 'mandates', 'person'],
  [/^audits(?:\.md$|\/)/, 'audits', 'both'],
  [/^governance\.md$/, 'governance', 'person'],
  [/^serve\.md$/, 'serve', 'person'],
  [/^evals\/rubric\.md$/, 'eval-rubric', 'person'],
  [/^evals\/judge\.md$/, 'eval-judge', 'person'],
  [/^evals\/golden\/.*\.md$/, 'eval-golden', 'person'],
  [/^evals\/regressions\//, 'eval-regression', 'person'],
  [/^evals\/runs\/.*\.jsonl$/, 'eval-run', 'agent'],
  [/^evals\/tuning_reports\/.*\.md$/, 'tuning-report', 'both'],
  [/^dreams\//, 'dream', 'agent'],
  [/^outcomes\/runs\//, 'outcome', 'agent'],
  [/^conversations\/.*\.json$/, 'conversation', 'agent'],
  [/^idempotency\/.*\.json$/, 'idempotency', 'agent'],
  [/\.resolved-emitted$|\.last-poll$/, 'runtime', 'runtime'],
  [/^(?:[^/]+\/)*escalations\/[^/]+\/[^/.][^/]*\.md$/, 'escalation', 'both'],
  [/^(?:dashboard\.html$|_cache\/|output\/)/, 'generated', 'agent', generated],
  [/(?:^|\/)\.?[^/]*\.lock$|^\.cost-warnings\.json$/, 'runtime', 'runtime'],
  [/^\.snapshots\//, 'memory-version', 'runtime', version],
];

const ROOT: readonly Rule[] = [
  [/\.tmp$/, 'runtime', 'runtime', 'A file that is being written, or what a crash left of one.'],
  [/\.(?:db|sqlite3?)(?:-(?:wal|shm|journal))?$/, 'database', 'runtime'],
  [/^policy\.md$/, 'policy', 'person'],
  [/^targets(?:\.override)?\.md$/, 'targets', 'person'],
  [/^judges\.md$/, 'judges', 'person'],
  [/^mandates\.md$/, 'mandates', 'person'],
  [/^\.personas\/[^/]+\/\.snapshots\//, 'memory-version', 'runtime', version],
  [/^\.personas\/[^/]+\/[^/]+$/, 'persona', 'person'],
  [/^_console\/(?:alert_state\.jsonl|\.alert_state\.lock)$/, 'runtime', 'runtime'],
  [/^(?:_dashboard|_console)\//, 'generated', 'runtime', generated],
  [/^_migrations\//, 'generated', 'runtime', 'Notes of upstream on its own migrations.'],
];

/** What a path below an opened root is. */
export function placeOf(folder: AgentFolder, path: string): FilePlace {
  const { root } = folder;
  if (path.startsWith('../')) return byRules(ROOT, null, path.slice(3));
  if (root.single !== null) return byRules(AGENT, root.single, path);
  const slash = path.indexOf('/');
  const first = slash === -1 ? path : path.slice(0, slash);
  const within = path.slice(first.length + 1);
  if (root.agents.some(({ name }) => name === first) && slash !== -1) return byRules(AGENT, first, within);
  if (!root.cascades.includes(first)) return byRules(ROOT, null, path);
  if (/\/queue\//.test(path))
    return { agent: null, within: path, kind: 'queue', writtenBy: 'agent', why: null };
  const instance = /^(projects\/[^/]+\/agents\/[^/]+)\/(.+)$/.exec(within);
  if (instance !== null) return byRules(AGENT, `${first}/${instance[1]!}`, instance[2]!);
  return { agent: null, within: path, kind: 'cascade', writtenBy: 'person', why: null };
}

function byRules(rules: readonly Rule[], agent: string | null, within: string): FilePlace {
  const rule = rules.find(([pattern]) => pattern.test(within));
  if (rule === undefined) {
    return {
      agent,
      within,
      kind: 'unknown',
      writtenBy: 'person',
      why: 'It has no place in the format, so the agent does not read it by itself.',
    };
  }
  const [, kind, writtenBy, why] = rule;
  return { agent, within, kind, writtenBy, why: why ?? null };
}
