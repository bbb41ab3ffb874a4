import type { BranchInfo, Ref, VekOverview } from '../../../contract/vek.ts';
import type { Source } from '../../../contract/workspace.ts';

/** One row of the sources pane. `key` is unique in the pane. */
export type PaneRow =
  | { readonly kind: 'source'; readonly key: string; readonly source: Source; readonly open: boolean }
  | { readonly kind: 'graph'; readonly key: string; readonly source: Source; readonly calls: number | null }
  | { readonly kind: 'branch'; readonly key: string; readonly source: Source; readonly branch: BranchInfo }
  | { readonly kind: 'unborn'; readonly key: string; readonly source: Source; readonly name: string }
  | {
      readonly kind: 'more';
      readonly key: string;
      readonly source: Source;
      readonly list: 'branches' | 'marks';
      readonly hidden: number;
    }
  | {
      readonly kind: 'marks';
      readonly key: string;
      readonly source: Source;
      readonly count: number;
      readonly open: boolean;
    }
  | { readonly kind: 'mark'; readonly key: string; readonly source: Source; readonly mark: Ref };

/** How many branches, or tags and checkpoints, are listed before a row offers the rest. */
export const FIRST_ROWS = 200;

/** Which parts are folded away or shown in full, by row key. */
export type Folds = {
  readonly closed: ReadonlySet<string>;
  readonly marksOpen: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
};

/** The rows of the pane from top to bottom. */
export function paneRows(
  sources: readonly Source[],
  overviews: Readonly<Record<string, VekOverview | null>>,
  folds: Folds,
): readonly PaneRow[] {
  return sources.flatMap((source) => sourceRows(source, overviews[source.id] ?? null, folds));
}

function sourceRows(source: Source, overview: VekOverview | null, folds: Folds): readonly PaneRow[] {
  const open = !folds.closed.has(source.id);
  const rows: PaneRow[] = [{ kind: 'source', key: source.id, source, open }];
  if (!open) return rows;
  rows.push({
    kind: 'graph',
    key: `${source.id}/graph`,
    source,
    calls: overview?.counts.nodes ?? null,
  });
  if (overview === null) return rows;
  const { head, branches } = overview;
  if (head.state === 'branch' && !branches.some((branch) => branch.name === head.branch)) {
    rows.push({ kind: 'unborn', key: `${source.id}/unborn`, source, name: head.branch });
  }
  const headFirst = branches.toSorted((a, b) => Number(b.current) - Number(a.current));
  push(rows, source, folds, 'branches', headFirst, (branch) => ({
    kind: 'branch',
    key: `${source.id}/branch/${branch.name}`,
    source,
    branch,
  }));
  const marks = [...overview.tags, ...overview.checkpoints];
  const marksOpen = folds.marksOpen.has(source.id);
  rows.push({ kind: 'marks', key: `${source.id}/marks`, source, count: marks.length, open: marksOpen });
  if (marksOpen) {
    push(rows, source, folds, 'marks', marks, (mark) => ({
      kind: 'mark',
      key: `${source.id}/mark/${mark.name}`,
      source,
      mark,
    }));
  }
  return rows;
}

function push<T>(
  rows: PaneRow[],
  source: Source,
  folds: Folds,
  list: 'branches' | 'marks',
  items: readonly T[],
  row: (item: T) => PaneRow,
): void {
  const key = `${source.id}/more/${list}`;
  const shown = folds.all.has(key) ? items : items.slice(0, FIRST_ROWS);
  for (const item of shown) rows.push(row(item));
  if (shown.length < items.length) {
    rows.push({ kind: 'more', key, source, list, hidden: items.length - shown.length });
  }
}
