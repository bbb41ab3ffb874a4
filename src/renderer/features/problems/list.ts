import type { Finding } from '../../../contract/integrity.ts';
import type { Severity } from '../../../contract/problem.ts';
import { KIND_WORDS, titleOf } from '../integrity/words.ts';

/** One problem as a row: its finding and the texts that are shown, sorted and searched. */
export type ProblemRow = {
  readonly key: string;
  readonly finding: Finding;
  readonly title: string;
  readonly where: string;
};

export type SortColumn = 'severity' | 'title' | 'branch';
export type Sort = { readonly column: SortColumn; readonly down: boolean };

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

/** The rows of all findings, in the order of the list. */
export const problemRows = (findings: ReadonlyMap<string, Finding>): readonly ProblemRow[] =>
  [...findings].map(([key, finding]) => {
    return { key, finding, title: titleOf(finding), where: KIND_WORDS[finding.kind].where(finding) };
  });

/** The rows that hold every word of the filter, in the order of a column; equal ones stay as found. */
export function shownProblems(
  rows: readonly ProblemRow[],
  filter: string,
  { column, down }: Sort,
): ProblemRow[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const shown = rows.filter((row) => {
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  });
  const order = (a: ProblemRow, b: ProblemRow): number => {
    switch (column) {
      case 'severity':
        return RANK[a.finding.severity] - RANK[b.finding.severity];
      case 'title':
        return a.title.localeCompare(b.title, 'en');
      case 'branch':
        return (a.finding.branch ?? '\uFFFF').localeCompare(b.finding.branch ?? '\uFFFF', 'en');
      default:
        return column satisfies never;
    }
  };
  return shown.sort((a, b) => (down ? -order(a, b) : order(a, b)));
}

function textOf({ finding, title, where }: ProblemRow): string {
  const { hash, ref, branch, tool, kind, message } = finding;
  return [title, where, hash, ref, branch, tool, kind, message].join('\n').toLowerCase();
}
