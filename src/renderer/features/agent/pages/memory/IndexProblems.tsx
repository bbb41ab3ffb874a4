import { TriangleAlert } from 'lucide-react';
import type { IndexProblem } from '../../../../../contract/agent-parts.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { MoreButton, useMore } from '../../../node/read/More.tsx';
import { FileLink } from '../../parts/FileLink.tsx';

const KINDS: Record<IndexProblem['kind'], string> = {
  dangling: 'Names a file that is not there',
  orphan: 'Not in the index',
  duplicate: 'Named more than once',
  'wrong-section': 'In the wrong section',
  'description-differs': 'Described differently',
};

/** Problems that are drawn at first, and with each press: a memory of thousands may have no index at all. */
const FIRST = 60;
const STEP = 300;

type Props = { readonly problems: readonly IndexProblem[]; readonly path: string | null };

/** Where an index and the files beside it do not agree (§2.5). */
export function IndexProblems({ problems, path }: Props) {
  const { shown, showMore } = useMore(FIRST, STEP);
  if (problems.length === 0) return null;
  return (
    <section className="ag-part">
      <h3>
        The index and the files do not agree {path !== null && <FileLink path={path}>INDEX.md</FileLink>}
      </h3>
      <ul className="ag-problems">
        {problems.slice(0, shown).map((problem) => (
          <li key={`${problem.kind} ${problem.line} ${problem.file}`}>
            <TriangleAlert className="icon" size={14} aria-hidden />
            <span className="ag-problem-kind">{KINDS[problem.kind]}</span>
            <bdi className="mono truncate">{visibleText(problem.file)}</bdi>
            <span className="ag-muted">
              {visibleText(problem.message)}
              {problem.line !== null && ` (line ${problem.line})`}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton left={problems.length - shown} step={STEP} noun="problems" onClick={showMore} />
    </section>
  );
}
