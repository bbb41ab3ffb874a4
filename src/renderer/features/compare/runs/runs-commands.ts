import { goToRuns } from '../../../state/runs-form.ts';
import { Columns2 } from 'lucide-react';
import type { Command } from '../../../app/commands.ts';
import { useCompare } from '../../../state/compare.ts';
import { getSelection } from '../../../state/selection.ts';
import { useWorkspaceStore } from '../../../state/workspace.ts';
import { shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { currentOf } from '../../merge/preview/ask.ts';
import { askToCompareRuns } from './ask.ts';

/** The most branches and tags that are offered at once; their names narrow them. */
const MOST_RUNS = 200;

/**
 * Comparisons of runs for the palette: any two, those up to the marked and the selected call, and once the query begins
 * with “compare”, each branch and tag with the current branch.
 */
export function runsCommands(source: string, query: string): readonly Command[] {
  const overview = useWorkspaceStore.getState().overviews[source]?.value ?? null;
  const { marked } = useCompare.getState();
  const selection = getSelection();
  const pair =
    marked !== null &&
    marked.source === source &&
    selection?.source === source &&
    selection.hash !== marked.hash
      ? { a: marked.hash, b: selection.hash }
      : null;
  const any: Command = {
    id: 'compare-runs',
    group: 'Actions',
    label: 'Compare runs…',
    detail: 'two branches, tags or calls from their split',
    icon: Columns2,
    run: () => askToCompareRuns(source, null),
  };
  const upTo: Command[] =
    pair === null
      ? []
      : [
          {
            id: 'compare-runs-marked',
            group: 'Actions',
            label: 'Compare the runs up to the marked and the selected call',
            detail: `${shortHash(pair.a)}, ${shortHash(pair.b)}`,
            icon: Columns2,
            run: () => goToRuns(source, pair.a, pair.b),
          },
        ];
  const verb = query.trim().toLowerCase().split(/\s+/)[0] ?? '';
  const current = overview === null ? null : currentOf(overview);
  if (overview === null || current === null || verb.length < 2 || !'compare'.startsWith(verb)) {
    return [any, ...upTo];
  }
  const names = [
    ...overview.branches.filter(({ name, present }) => present && name !== current).map(({ name }) => name),
    ...overview.tags.map(({ name }) => name),
  ];
  return [
    any,
    ...upTo,
    ...names.slice(0, MOST_RUNS).map((name): Command => ({
      id: `compare-runs-${name}`,
      group: 'Actions',
      label: `Compare ${visibleText(current)} with ${visibleText(name)}`,
      icon: Columns2,
      run: () => goToRuns(source, current, name),
    })),
  ];
}
