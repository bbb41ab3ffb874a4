import { CircleCheck, Eye, Save, TriangleAlert } from 'lucide-react';
import { LOOSE } from '../../../state/edits.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { useScene } from '../state/scene.ts';
import { readMerge } from '../state/load.ts';
import type { Work } from '../state/work.ts';
import { blockedBy } from './blocked.ts';

type Props = {
  readonly work: Work;
  readonly busy: boolean;
  readonly onPreview: () => void;
  readonly onFinish: () => void;
};

/** What is still open of edits that are merged, and the way on to saving the result. */
export function FinishBar({ work, busy, onPreview, onFinish }: Props) {
  const { key, loaded } = useScene();
  const blocked = blockedBy(work, loaded, null);
  const loose = work.about.kind === 'edits' && work.about.set === LOOSE;
  return (
    <section className="mg-commit" aria-label="Finish">
      {blocked === null ? (
        <CircleCheck className="icon mg-ok" size={16} aria-hidden />
      ) : (
        <TriangleAlert className="icon mg-warn" size={16} aria-hidden />
      )}
      <div className="mg-commit-words">
        <p className="mg-commit-title">{blocked === null ? 'Everything is resolved' : blocked.title}</p>
        <p>
          {work.error === null
            ? `Nothing is written yet: ${loose ? 'you see the result before it is saved.' : 'the result goes into your change set.'}`
            : `${work.error.hint} Nothing is lost.`}
        </p>
      </div>
      {work.error !== null && <Button onClick={() => void readMerge(key)}>Read again</Button>}
      <Button icon={Eye} onClick={onPreview}>
        Preview result
      </Button>
      <Button
        look="primary"
        icon={Save}
        disabled={blocked !== null || busy}
        end={<Kbd keys="mod+Enter" />}
        onClick={onFinish}
      >
        {loose ? 'Use the result…' : 'Use the result'}
      </Button>
    </section>
  );
}
