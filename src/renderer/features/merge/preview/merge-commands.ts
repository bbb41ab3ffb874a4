import { GitMerge } from 'lucide-react';
import type { BranchInfo } from '../../../../contract/vek.ts';
import type { Command } from '../../../app/commands.ts';
import { openMergePreview } from '../../../state/merge-form.ts';
import { useMergesStore } from '../../../state/merges.ts';
import { openMerge } from '../../../state/tabs.ts';
import { useWorkspaceStore } from '../../../state/workspace.ts';
import { formatCount, shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { currentOf } from './ask.ts';

/** The most pairs of branches that are offered at once; the two names narrow them. */
const MOST_PAIRS = 200;

/**
 * Merges for the palette: those that were begun, and once the query begins with “merge”, each branch into the current
 * one; with “into” in it, also into any other that is named there.
 */
export function mergeCommands(source: string, query: string): readonly Command[] {
  const begun = useMergesStore.getState().bySource[source] ?? [];
  const overview = useWorkspaceStore.getState().overviews[source]?.value ?? null;
  const goOn = begun.map(({ into, from, open }): Command => ({
    id: `go-on-${JSON.stringify([into, from])}`,
    group: 'Actions',
    label: `Go on: merge ${visibleText(from)} into ${visibleText(into)}`,
    detail: open === 0 ? 'no conflict is open' : `${formatCount(open)} open`,
    icon: GitMerge,
    run: () => openMerge(source, into, from),
  }));
  if (overview === null) return goOn;
  return [
    ...goOn,
    ...pairsFor(overview.branches, currentOf(overview), query).map((pair) => command(source, pair)),
  ];
}

type Pair = { readonly from: BranchInfo; readonly into: string };

/** The merges that a query can mean. */
export function pairsFor(
  branches: readonly BranchInfo[],
  current: string | null,
  query: string,
): readonly Pair[] {
  const [verb = '', ...words] = query.trim().toLowerCase().split(/\s+/);
  if (verb.length < 2 || !'merge'.startsWith(verb)) return [];
  // a branch may be named “into” itself
  const later = words.indexOf('into', 1);
  const at = later < 0 ? words.indexOf('into') : later;
  const from = (at < 0 ? words : words.slice(0, at)).join(' ');
  const into = at < 0 ? '' : words.slice(at + 1).join(' ');
  const targets =
    into === ''
      ? branches.filter(({ name }) => name === current)
      : branches.filter(({ name }) => name.toLowerCase().includes(into));
  const pairs: Pair[] = [];
  for (const target of targets) {
    for (const branch of branches) {
      if (pairs.length >= MOST_PAIRS) return pairs;
      if (branch.name !== target.name && branch.name.toLowerCase().includes(from))
        pairs.push({ from: branch, into: target.name });
    }
  }
  return pairs;
}

function command(source: string, { from, into }: Pair): Command {
  return {
    id: `merge-${JSON.stringify([into, from.name])}`,
    group: 'Actions',
    label: `Merge ${visibleText(from.name)} into ${visibleText(into)}…`,
    detail: shortHash(from.hash),
    icon: GitMerge,
    blocked: from.present ? null : 'the call that it names is not in the store',
    run: () => openMergePreview(source, { into, from: from.name }),
  };
}
