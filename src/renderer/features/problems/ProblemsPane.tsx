import { knownProblems } from '../../app/problem-count.ts';
import { useOverview, useSource } from '../../state/workspace.ts';
import { ProblemList } from './ProblemList.tsx';
import './problems.css';

/** What is known to be wrong with a repository, for the bottom pane. */
export function ProblemsPane({ source: id }: { readonly source: string }) {
  const source = useSource(id);
  const overview = useOverview(id);
  if (source === null) return null;
  return (
    <ProblemList
      source={id}
      problems={knownProblems(source, overview.value)}
      empty="Opening found nothing broken. Only a full check can say more."
    />
  );
}
