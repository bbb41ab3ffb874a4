import {
  BookOpen,
  Boxes,
  CalendarDays,
  ChartLine,
  FilePen,
  Files,
  FlaskConical,
  GitCompareArrows,
  Gavel,
  Goal,
  LayoutDashboard,
  Library,
  List,
  ListTree,
  MessagesSquare,
  Moon,
  ReceiptText,
  ScrollText,
  Search,
  SlidersHorizontal,
  Stamp,
  type LucideIcon,
} from 'lucide-react';
import type { AgentFile, AgentFileKind } from '../../../contract/agent-files.ts';
import type { AgentPartName } from '../../../contract/agent-parts.ts';

/** A page of an agent's view. `part`: what is asked of the engine for it. */
export type AgentPage = {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly part: AgentPartName | null;
};

/** The pages beside the overview, in the order of the outline. */
export const PAGES: readonly AgentPage[] = [
  { id: 'prompt', label: 'Prompt', icon: ScrollText, part: null },
  { id: 'memory', label: 'Memory', icon: Library, part: 'memory' },
  { id: 'wiki', label: 'Wiki', icon: BookOpen, part: 'wiki' },
  { id: 'journal', label: 'Journal', icon: CalendarDays, part: 'journal' },
  { id: 'skills', label: 'Skills', icon: Boxes, part: 'skills' },
  { id: 'goals', label: 'Goals', icon: Goal, part: 'goals' },
  { id: 'outcomes', label: 'Outcomes', icon: FlaskConical, part: 'outcomes' },
  { id: 'evals', label: 'Evals', icon: ChartLine, part: 'evals' },
  { id: 'tuning', label: 'Tuning', icon: SlidersHorizontal, part: 'tuning' },
  { id: 'dreams', label: 'Dreams', icon: Moon, part: 'dreams' },
  { id: 'conversations', label: 'Conversations', icon: MessagesSquare, part: 'conversations' },
  { id: 'mandates', label: 'Mandates', icon: Stamp, part: 'mandates' },
  { id: 'governance', label: 'Governance', icon: Gavel, part: 'governance' },
  { id: 'queue', label: 'Queue', icon: ListTree, part: 'queue' },
  { id: 'versions', label: 'Versions', icon: GitCompareArrows, part: null },
  { id: 'changes', label: 'Changes', icon: FilePen, part: null },
  { id: 'runs', label: 'Runs', icon: List, part: null },
  { id: 'costs', label: 'Costs', icon: ReceiptText, part: null },
  { id: 'files', label: 'All files', icon: Files, part: null },
  { id: 'search', label: 'Search', icon: Search, part: null },
];

export const OVERVIEW: AgentPage = {
  id: 'overview',
  label: 'Overview',
  icon: LayoutDashboard,
  part: null,
};

/** The part that a kind of file belongs to; files of no part are only in the list of all files. */
const PART_OF_KIND: Partial<Record<AgentFileKind, AgentPartName>> = {
  'memory-note': 'memory',
  'memory-index': 'memory',
  'memory-version': 'memory',
  'memory-archived': 'memory',
  'wiki-page': 'wiki',
  'wiki-index': 'wiki',
  'wiki-version': 'wiki',
  raw: 'wiki',
  journal: 'journal',
  skill: 'skills',
  playbook: 'skills',
  goal: 'goals',
  'goal-history': 'goals',
  'goal-archive': 'goals',
  outcome: 'outcomes',
  'eval-rubric': 'evals',
  'eval-judge': 'evals',
  'eval-golden': 'evals',
  'eval-regression': 'evals',
  'eval-run': 'evals',
  'tuning-report': 'tuning',
  dream: 'dreams',
  conversation: 'conversations',
  mandates: 'mandates',
  governance: 'governance',
  idempotency: 'governance',
  queue: 'queue',
};

/** How many files each part has. */
export function countParts(files: readonly AgentFile[]): ReadonlyMap<AgentPartName, number> {
  const counts = new Map<AgentPartName, number>();
  for (const { kind } of files) {
    const part = PART_OF_KIND[kind];
    if (part !== undefined) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return counts;
}

/** Kinds that no run reads and that nobody expects to be read: that they are not loaded is no fault of theirs. */
const KEPT: ReadonlySet<AgentFileKind> = new Set([
  'memory-version',
  'memory-archived',
  'wiki-version',
  'goal-archive',
  'generated',
  'runtime',
  'database',
  'unknown',
]);

/** Files that the agent itself never reports as left out: what a person most needs to see (§2.4). */
export const notLoaded = (files: readonly AgentFile[]): readonly AgentFile[] =>
  files.filter(({ kind, loaded, why }) => !loaded && why !== null && !KEPT.has(kind));

/** Notes and pages that break a rule of their format and are loaded all the same, with the rule. */
export function againstRules(
  files: readonly AgentFile[],
): readonly { readonly file: AgentFile; readonly rule: string }[] {
  return files.flatMap((file) => {
    if (!file.loaded || (file.kind !== 'memory-note' && file.kind !== 'wiki-page')) return [];
    const found = file.findings.find(({ severity }) => severity !== 'notice');
    return found === undefined
      ? []
      : [{ file, rule: found.message.replace(/^It breaks a rule of its format: /, '') }];
  });
}

/** The place of a file: how it is shown first (null: as suits it), and the line to go to. */
export type FilePlace = {
  readonly path: string;
  readonly line: number | null;
  readonly form: 'edit' | 'history' | null;
};

/** The item of the page of a file: its path, then `#L12`, `#edit`, `#edit:L12` or `#history`. */
export function fileItem(item: string): FilePlace {
  const found = /^(.+)#(?:L(\d{1,9})|(edit|history)(?::L(\d{1,9}))?)$/.exec(item);
  if (found === null) return { path: item, line: null, form: null };
  const [, path = '', line, form, formLine] = found;
  const at = line ?? formLine;
  return {
    path,
    line: at === undefined ? null : Number(at),
    form: form === 'edit' || form === 'history' ? form : null,
  };
}

/** A path without the folder of the agent, as a person says it. */
export const belowAgent = (path: string, agent: string): string =>
  path.startsWith(`${agent}/`) ? path.slice(agent.length + 1) : path;
