import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { PlannedFile } from '../../../../contract/edits.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Findings } from '../../agent/parts/Findings.tsx';
import { countChanges, diffRows } from './diff-rows.ts';
import { TextDiff } from './TextDiff.tsx';

/** Characters of both texts beyond which a difference is made only when it is asked for. */
const LARGE = 400_000;

type Props = {
  readonly file: Pick<PlannedFile, 'path' | 'before' | 'after' | 'writtenFor' | 'why' | 'findings'>;
  readonly columns: boolean;
  /** unfolded from the start */
  readonly open: boolean;
};

/** A file that is written: what changes in it, and why it is written where nobody asked for it. */
export function FileDiff({ file, columns, open: first }: Props) {
  const { path, before, after, writtenFor, why, findings } = file;
  const [open, setOpen] = useState(first);
  const large = (before?.text.length ?? 0) + (after?.text.length ?? 0) > LARGE;
  const [asked, setAsked] = useState(!large);
  const id = useId();
  const Mark = open ? ChevronDown : ChevronRight;
  const state = before === null ? 'new' : after === null ? 'removed' : null;
  return (
    <section className="ed-file" aria-labelledby={id}>
      <h4 className="ed-file-head">
        <button
          type="button"
          className="ed-file-fold"
          aria-expanded={open}
          id={id}
          onClick={() => setOpen(!open)}
        >
          <Mark className="icon" size={14} aria-hidden />
          <bdi className="mono ed-path">{visibleText(path)}</bdi>
        </button>
        {state !== null && <Badge tone={state === 'new' ? 'ok' : 'bad'}>{state}</Badge>}
        {writtenFor !== 'person' && <Badge>added by a rule</Badge>}
        {!large && <Counts before={before?.text ?? ''} after={after?.text ?? ''} />}
      </h4>
      {writtenFor !== 'person' && why !== '' && <p className="ed-why">{visibleText(why)}</p>}
      {open && findings.length > 0 && (
        <div className="ed-findings">
          <Findings findings={findings} />
        </div>
      )}
      {open &&
        (asked ? (
          <TextDiff
            before={before?.text ?? null}
            after={after?.text ?? null}
            columns={columns && before !== null && after !== null}
            label={`Difference of ${path}`}
          />
        ) : (
          <p className="ed-large">
            The text is large, so its difference is made when you ask for it.{' '}
            <Button size="small" onClick={() => setAsked(true)}>
              Show the difference
            </Button>
          </p>
        ))}
    </section>
  );
}

function Counts({ before, after }: { readonly before: string; readonly after: string }) {
  const { added, removed } = useMemo(() => countChanges(diffRows(before, after)), [before, after]);
  return (
    <span className="ed-counts">
      {added > 0 && <span className="ed-added">+{formatCount(added)}</span>}
      {removed > 0 && <span className="ed-removed">−{formatCount(removed)}</span>}
      <span className="visually-hidden">lines</span>
    </span>
  );
}
