import { goToRuns } from '../../../state/runs-form.ts';
import { Columns2, X } from 'lucide-react';
import { setMarked, useCompare } from '../../../state/compare.ts';
import { openCompareCalls } from '../../../state/tabs.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { shortHash } from '../../../ui/format.ts';
import './two-calls.css';

type Props = { readonly source: string; readonly selected: string | null };

/** What two calls can be compared as, once one is marked and another one selected. */
export function TwoCallsBar({ source, selected }: Props) {
  const marked = useCompare((state) => (state.marked?.source === source ? state.marked : null));
  if (marked === null || selected === null || marked.hash === selected) return null;
  return (
    <section className="two-calls" aria-label="Two calls">
      <Columns2 className="icon" size={14} aria-hidden />
      <span className="two-calls-words">
        <span className="hash" title={marked.hash}>
          {shortHash(marked.hash)}
        </span>{' '}
        and{' '}
        <span className="hash" title={selected}>
          {shortHash(selected)}
        </span>
      </span>
      <Button size="small" onClick={() => openCompareCalls(source, marked.hash, selected)}>
        Compare calls
      </Button>
      <Button size="small" onClick={() => goToRuns(source, marked.hash, selected)}>
        Compare runs up to them
      </Button>
      <IconButton icon={X} size="small" label="Take the mark away" onClick={() => setMarked(null)} />
    </section>
  );
}
