import { CircleCheck, Eye, GitMerge, TriangleAlert } from 'lucide-react';
import { askAbandon, openMergePreview } from '../../../state/merge-form.ts';
import { useOverview } from '../../../state/workspace.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { useScene } from '../state/scene.ts';
import { readMerge } from '../state/load.ts';
import type { Work } from '../state/work.ts';
import { blockedBy, willWrite } from './blocked.ts';

type Props = { readonly work: Work; readonly onPreview: () => void; readonly onCommit: () => void };

/** What blocks the merge, what it will write, and the ways to end it. */
export function CommitBar({ work, onPreview, onCommit }: Props) {
  const { key, source, loaded } = useScene();
  const readOnly = useOverview(source).value?.readOnlyReason ?? null;
  const blocked = blockedBy(work, loaded, readOnly);
  const { into, from } = loaded.tips;
  return (
    <section className="mg-commit" aria-label="Commit">
      {blocked === null ? (
        <CircleCheck className="icon mg-ok" size={16} aria-hidden />
      ) : (
        <TriangleAlert className="icon mg-warn" size={16} aria-hidden />
      )}
      <div className="mg-commit-words">
        <p className="mg-commit-title">{blocked === null ? 'Everything is resolved' : blocked.title}</p>
        <p>
          {work.error === null ? willWrite(loaded) : `${work.error.hint} Nothing is lost.`}{' '}
          {work.unsaved === null ? (
            'Progress is kept if you leave.'
          ) : (
            <span className="mg-bad">Progress can’t be kept: {work.unsaved}</span>
          )}
        </p>
      </div>
      {blocked?.rules === true && (
        <Button onClick={() => openMergePreview(source, { into: into.name, from: from.name })}>
          Look at documents…
        </Button>
      )}
      {work.error !== null && <Button onClick={() => void readMerge(key)}>Read again</Button>}
      <Button look="quiet" onClick={() => askAbandon(source, into.name, from.name)}>
        Abandon merge…
      </Button>
      <Button icon={Eye} onClick={onPreview}>
        Preview result
      </Button>
      <Button
        look="primary"
        icon={GitMerge}
        disabled={blocked !== null}
        end={<Kbd keys="mod+Enter" />}
        onClick={onCommit}
      >
        Commit merge…
      </Button>
    </section>
  );
}
