import type { AgentBrief, AgentsOverview } from '../../../contract/fleet.ts';
import type { LedgerOverview } from '../../../contract/ledger.ts';
import type { MergeInProgress } from '../../../contract/merge.ts';
import type { BranchInfo, Ref, VekOverview } from '../../../contract/vek.ts';
import type { Source } from '../../../contract/workspace.ts';

type Base = {
  /** unique in the pane */
  readonly key: string;
  readonly source: Source;
};

/** One row of the sources pane. */
export type PaneRow = Base &
  (
    | { readonly kind: 'source'; readonly open: boolean }
    | { readonly kind: 'graph'; readonly calls: number | null }
    | { readonly kind: 'branch'; readonly branch: BranchInfo }
    | { readonly kind: 'unborn'; readonly name: string }
    | { readonly kind: 'more'; readonly list: MoreList; readonly hidden: number }
    | { readonly kind: 'marks'; readonly count: number; readonly open: boolean }
    | { readonly kind: 'mark'; readonly mark: Ref }
    /** a merge that was begun and not finished; `alone`: no other one goes into the same branch */
    | { readonly kind: 'merge'; readonly merge: MergeInProgress; readonly alone: boolean }
    | { readonly kind: 'integrity' }
    /** a view over all agents; `overview` null: not read yet */
    | { readonly kind: 'page'; readonly page: AgentsPage; readonly overview: AgentsOverview | null }
    | { readonly kind: 'agent'; readonly agent: AgentBrief }
    /** a view of a ledger; `overview` null: not read yet */
    | { readonly kind: 'ledger'; readonly page: LedgerPage; readonly overview: LedgerOverview | null }
  );

/** The lists of which only the first names may be shown. */
export type MoreList = 'branches' | 'marks' | 'agents';

/** The views over all agents of a folder, in the order of their rows. */
export const AGENTS_PAGES = ['costs', 'fleet', 'runs', 'escalations', 'doctor'] as const;
export type AgentsPage = (typeof AGENTS_PAGES)[number];

/** Their names. */
export const PAGE_NAMES: Readonly<Record<AgentsPage, string>> = {
  costs: 'Costs',
  fleet: 'Fleet health',
  runs: 'Runs',
  escalations: 'Escalations',
  doctor: 'Doctor',
};

/** The views of a ledger, in the order of their rows. */
export const LEDGER_PAGES = ['ledger', 'accounts', 'proof'] as const;
export type LedgerPage = (typeof LEDGER_PAGES)[number];

/** Their names. */
export const LEDGER_NAMES: Readonly<Record<LedgerPage, string>> = {
  ledger: 'Ledger',
  accounts: 'Accounts',
  proof: 'Proof',
};

type LedgersBySource = Readonly<Record<string, LedgerOverview | null>>;
type AgentsBySource = Readonly<Record<string, AgentsOverview | null>>;

/** How many branches, tags and checkpoints, or agents, are listed before a row offers the rest; up to half as many more are listed too. */
export const FIRST_ROWS = 24;

/** Which parts are folded away or shown in full, by row key, and which names are looked for. */
export type Folds = {
  readonly closed: ReadonlySet<string>;
  readonly marksOpen: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
  /** shows only branches, tags, checkpoints and agents with this text in their name, in any list that is folded too */
  readonly filter: string;
};

export const NO_FOLDS: Folds = { closed: new Set(), marksOpen: new Set(), all: new Set(), filter: '' };

/** The rows of the pane from top to bottom. */
export function paneRows(
  sources: readonly Source[],
  overviews: Readonly<Record<string, VekOverview | null>>,
  folds: Folds,
  merges: Readonly<Record<string, readonly MergeInProgress[]>> = {},
  agents: AgentsBySource = {},
  ledgers: LedgersBySource = {},
): readonly PaneRow[] {
  const wanted = folds.filter.trim().toLowerCase();
  return sources.flatMap((source) => {
    if (source.kind === 'agents') return agentsRows(source, agents[source.id] ?? null, folds, wanted);
    // a ledger has no names that are looked for
    if (source.kind === 'aex')
      return wanted === '' ? ledgerRows(source, ledgers[source.id] ?? null, folds) : [];
    return wanted === ''
      ? sourceRows(source, overviews[source.id] ?? null, folds, merges[source.id] ?? [])
      : foundRows(source, overviews[source.id] ?? null, wanted);
  });
}

function ledgerRows(source: Source, overview: LedgerOverview | null, folds: Folds): readonly PaneRow[] {
  const open = !folds.closed.has(source.id);
  const head: PaneRow = { kind: 'source', key: source.id, source, open };
  if (!open) return [head];
  const pages = LEDGER_PAGES.map((page): PaneRow => {
    return { kind: 'ledger', key: `${source.id}/ledger/${page}`, source, page, overview };
  });
  return [head, ...pages];
}

/** How many branches, tags, checkpoints and agents there are in all. */
export const namesIn = (
  overviews: Readonly<Record<string, VekOverview | null>>,
  agents: AgentsBySource = {},
): number =>
  Object.values(agents).reduce((sum, overview) => sum + (overview?.agents.length ?? 0), 0) +
  Object.values(overviews).reduce(
    (sum, overview) => sum + (overview === null ? 0 : overview.branches.length + marksOf(overview).length),
    0,
  );

const marksOf = ({ tags, checkpoints }: VekOverview): readonly Ref[] => [...tags, ...checkpoints];

const branchRow = (source: Source, branch: BranchInfo): PaneRow => ({
  kind: 'branch',
  key: `${source.id}/branch/${branch.name}`,
  source,
  branch,
});
const markRow = (source: Source, mark: Ref): PaneRow => ({
  kind: 'mark',
  key: `${source.id}/mark/${mark.name}`,
  source,
  mark,
});

const headFirst = (branches: readonly BranchInfo[]): readonly BranchInfo[] =>
  branches.toSorted((a, b) => Number(b.current) - Number(a.current));

function sourceRows(
  source: Source,
  overview: VekOverview | null,
  folds: Folds,
  merges: readonly MergeInProgress[],
): readonly PaneRow[] {
  const open = !folds.closed.has(source.id);
  const rows: PaneRow[] = [{ kind: 'source', key: source.id, source, open }];
  if (!open) return rows;
  rows.push({ kind: 'graph', key: `${source.id}/graph`, source, calls: overview?.counts.nodes ?? null });
  if (overview === null) return rows;
  const { head, branches } = overview;
  if (head.state === 'branch' && !branches.some((branch) => branch.name === head.branch)) {
    rows.push({ kind: 'unborn', key: `${source.id}/unborn`, source, name: head.branch });
  }
  push(rows, source, folds, 'branches', headFirst(branches), branchRow);
  const marks = marksOf(overview);
  const marksOpen = folds.marksOpen.has(source.id);
  rows.push({ kind: 'marks', key: `${source.id}/marks`, source, count: marks.length, open: marksOpen });
  if (marksOpen) push(rows, source, folds, 'marks', marks, markRow);
  for (const merge of merges) {
    const names = JSON.stringify([merge.into, merge.from]);
    const alone = !merges.some((other) => other !== merge && other.into === merge.into);
    rows.push({ kind: 'merge', key: `${source.id}/merge/${names}`, source, merge, alone });
  }
  rows.push({ kind: 'integrity', key: `${source.id}/integrity`, source });
  return rows;
}

function agentsRows(
  source: Source,
  overview: AgentsOverview | null,
  folds: Folds,
  wanted: string,
): readonly PaneRow[] {
  const agentRow = (_: Source, agent: AgentBrief): PaneRow => ({
    kind: 'agent',
    key: `${source.id}/agent/${agent.name}`,
    source,
    agent,
  });
  if (wanted !== '') {
    const found = overview?.agents.filter(({ name }) => name.toLowerCase().includes(wanted)) ?? [];
    if (found.length === 0) return [];
    return [
      { kind: 'source', key: source.id, source, open: true },
      ...found.map((agent) => agentRow(source, agent)),
    ];
  }
  const open = !folds.closed.has(source.id);
  const rows: PaneRow[] = [{ kind: 'source', key: source.id, source, open }];
  if (!open) return rows;
  for (const page of AGENTS_PAGES) {
    rows.push({ kind: 'page', key: `${source.id}/page/${page}`, source, page, overview });
  }
  push(rows, source, folds, 'agents', overview?.agents ?? [], agentRow);
  return rows;
}

function foundRows(source: Source, overview: VekOverview | null, wanted: string): readonly PaneRow[] {
  if (overview === null) return [];
  const fits = (name: string) => name.toLowerCase().includes(wanted);
  const branches = headFirst(overview.branches).filter((branch) => fits(branch.name));
  const marks = marksOf(overview).filter((mark) => fits(mark.label));
  if (branches.length + marks.length === 0) return [];
  return [
    { kind: 'source', key: source.id, source, open: true },
    ...branches.map((branch) => branchRow(source, branch)),
    ...marks.map((mark) => markRow(source, mark)),
  ];
}

function push<T>(
  rows: PaneRow[],
  source: Source,
  folds: Folds,
  list: MoreList,
  items: readonly T[],
  row: (source: Source, item: T) => PaneRow,
): void {
  const key = `${source.id}/more/${list}`;
  const whole = folds.all.has(key) || items.length <= FIRST_ROWS * 1.5;
  const shown = whole ? items : items.slice(0, FIRST_ROWS);
  for (const item of shown) rows.push(row(source, item));
  if (shown.length < items.length) {
    rows.push({ kind: 'more', key, source, list, hidden: items.length - shown.length });
  }
}

/** How deep a row stands, from 1. */
export function depthOf(row: PaneRow): number {
  if (row.kind === 'source') return 1;
  switch (row.kind) {
    case 'graph':
    case 'marks':
    case 'merge':
    case 'integrity':
    case 'page':
    case 'ledger':
    case 'agent':
      return 2;
    case 'more':
      return row.list === 'agents' ? 2 : 3;
    default:
      return 3;
  }
}

/** Whether a row is unfolded; null when it can't be. */
export const isOpen = (row: PaneRow): boolean | null =>
  row.kind === 'source' || row.kind === 'marks' ? row.open : null;

/** The text of a row that typing its beginning finds. */
export function nameOf(row: PaneRow): string {
  switch (row.kind) {
    case 'source':
      return row.source.name;
    case 'branch':
      return row.branch.name;
    case 'mark':
      return row.mark.label;
    case 'unborn':
      return row.name;
    case 'graph':
      return 'Graph';
    case 'marks':
      return 'Tags and checkpoints';
    case 'merge':
      return `Merge ${row.merge.from} into ${row.merge.into}`;
    case 'integrity':
      return 'Integrity';
    case 'page':
      return PAGE_NAMES[row.page];
    case 'ledger':
      return LEDGER_NAMES[row.page];
    case 'agent':
      return row.agent.name;
    case 'more':
      return '';
    default:
      return row satisfies never;
  }
}

/** Where each row stands among its siblings, for screen readers: place from 1, and how many there are. */
export function placesOf(rows: readonly PaneRow[]): readonly { readonly at: number; readonly of: number }[] {
  const parents: number[] = [];
  const groups = new Map<number, number[]>();
  rows.forEach((row, index) => {
    const depth = depthOf(row);
    const parent = parents.slice(0, depth).findLast((known) => known !== undefined) ?? -1;
    parents.length = depth;
    parents[depth] = index;
    const group = groups.get(parent) ?? [];
    groups.set(parent, group);
    group.push(index);
  });
  const places = rows.map(() => ({ at: 1, of: 1 }));
  for (const group of groups.values()) {
    group.forEach((index, at) => {
      places[index] = { at: at + 1, of: group.length };
    });
  }
  return places;
}

/** The row after `from`, around the end, whose name begins with what was typed; null when there is none. */
export function typedRow(rows: readonly PaneRow[], from: number, typed: string): PaneRow | null {
  const wanted = typed.toLowerCase();
  // one letter goes on to the next; more letters may hold on to the row they began on
  const begin = typed.length === 1 ? from + 1 : from;
  for (let step = 0; step < rows.length; step += 1) {
    const row = rows[(begin + step + rows.length) % rows.length];
    if (row !== undefined && nameOf(row).toLowerCase().startsWith(wanted)) return row;
  }
  return null;
}
