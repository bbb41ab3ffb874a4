import type { LedgerUnknown } from '../../../../contract/ledger-report.ts';
import { formatCount } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';

/** What can't be known, as one line; `all`: the single ones where several of a kind were put together. */
export type UnknownLine = { readonly key: string; readonly text: string; readonly all: readonly string[] };

/** So many of a kind are listed one by one. */
const FEW = 3;
const MOST_NAMED = 4;

/** What can't be known, with many matters of one kind as one line. */
export function unknownLines(unknown: readonly LedgerUnknown[]): readonly UnknownLine[] {
  const kinds = new Map<string, LedgerUnknown[]>();
  for (const one of unknown) kinds.set(one.what, [...(kinds.get(one.what) ?? []), one]);
  return [...kinds].flatMap(([what, some]): UnknownLine[] =>
    some.length <= FEW
      ? some.map(({ agent, seq, message }) => ({ key: `${what} ${agent} ${seq}`, text: message, all: [] }))
      : [{ key: what, text: together(what, some), all: some.map(({ message }) => message) }],
  );
}

function together(what: string, some: readonly LedgerUnknown[]): string {
  const count = formatCount(some.length);
  if (what !== 'budget') return `${some[0]!.message} So it is of ${count} matters of this kind.`;
  const names = some.slice(0, MOST_NAMED).map(({ agent }) => visibleText(agent ?? '').slice(0, 40));
  return `Whether the budgets of ${count} agents are the ones they were given can’t be known, for no denial proves them: ${names.join(', ')} and ${formatCount(some.length - names.length)} more.`;
}

/** How many budgets nothing proves. */
export const unprovedBudgets = (unknown: readonly LedgerUnknown[]): number =>
  unknown.filter(({ what }) => what === 'budget').length;
