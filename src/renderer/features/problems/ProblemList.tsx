import { CircleX, Info, TriangleAlert } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { Problem, Severity } from '../../../contract/vek.ts';
import { copyText } from '../../app/capabilities.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { revealCall } from '../../state/selection.ts';
import { openGraph } from '../../state/tabs.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { HashText } from '../../ui/hash/HashText.tsx';

/** How many problems are drawn before a button offers the rest. */
const FIRST = 500;

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };
const WORDS = {
  error: { icon: CircleX, text: 'broken', className: 'problem-bad' },
  warning: { icon: TriangleAlert, text: 'warning', className: 'problem-warn' },
  notice: { icon: Info, text: 'notice', className: 'problem-note' },
} as const;

export type ProblemListProps = {
  readonly source: string;
  readonly problems: readonly Problem[];
  /** what to say when there are none */
  readonly empty: ReactNode;
};

/** Problems, worst first, each in words with the way to its call. */
export function ProblemList({ source, problems, empty }: ProblemListProps) {
  const [all, setAll] = useState(false);
  const sorted = useMemo(
    () =>
      problems
        .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity])
        .map((problem, index) => ({ id: `${index} ${problem.kind}`, problem })),
    [problems],
  );
  if (sorted.length === 0) return <p className="problems-none">{empty}</p>;
  const shown = all ? sorted : sorted.slice(0, FIRST);
  return (
    <div className="problem-scroll">
      <ul>
        {shown.map(({ id, problem }) => (
          <ProblemRow key={id} source={source} problem={problem} />
        ))}
      </ul>
      {shown.length < sorted.length && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show {formatCount(sorted.length - shown.length)} more
        </Button>
      )}
    </div>
  );
}

type ProblemRowProps = { readonly source: string; readonly problem: Problem };

function ProblemRow({ source, problem }: ProblemRowProps) {
  const { icon: Icon, text, className } = WORDS[problem.severity];
  const { hash, ref } = problem;
  return (
    <li className="problem">
      <Icon className={`icon ${className}`} size={16} aria-hidden />
      <div className="problem-words">
        <p>
          <span className="visually-hidden">{text}: </span>
          <HashText text={visibleText(problem.message)} onHash={(named) => void showHash(source, named)} />
        </p>
        <p className="problem-where">
          {ref !== null && <bdi className="hash">{visibleText(ref)}</bdi>}
          {hash !== null && (
            <button
              type="button"
              className="problem-hash hash"
              title={`Copy ${hash}`}
              onClick={() => void copyText(hash)}
            >
              {shortHash(hash)}
            </button>
          )}
          <span className="problem-kind">{problem.kind}</span>
        </p>
      </div>
      {hash !== null && !problem.kind.startsWith('object') && (
        <Button size="small" look="quiet" onClick={() => void showHash(source, hash)}>
          Show in graph
        </Button>
      )}
    </li>
  );
}

/** Goes to the call with this hash; says so where the hash is an object's or a missing call's. */
async function showHash(source: string, hash: string): Promise<void> {
  const answer = await attempt(api.vek.locate({ source, view: { filter: '', focus: [] }, hash }));
  if (answer.ok) {
    openGraph(source);
    revealCall(source, answer.value.hash);
  } else if (answer.error.kind === 'not-found') {
    toast({
      kind: 'note',
      title: `No call has the hash ${shortHash(hash)}`,
      text: 'It names a stored object, or a call that is missing.',
    });
  } else {
    toastFailure(answer.error);
  }
}
