import { GitMerge, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { CopyDetails } from '../../../ui/empty/FailureState.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { HashText } from '../../../ui/hash/HashText.tsx';
import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { WillWrite } from '../preview/WillWrite.tsx';
import { readMerge } from '../state/load.ts';
import { useScene } from '../state/scene.ts';
import { settledDocuments, type SettledDocument } from './settled.ts';
import { useCommit, type CommitState } from './use-commit.ts';

/** Documents that are listed at once. */
const MOST = 200;

/** The last look: exactly what is written, and how every document was settled. */
export function CommitDialog({ onClose }: { readonly onClose: () => void }) {
  const { key, loaded, names } = useScene();
  const { tips, documents, session } = loaded;
  const { state, commit } = useCommit(key, onClose);
  const primary = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const settled = useMemo(() => settledDocuments(documents, session, names), [documents, session, names]);
  const ready = state.phase === 'planned';
  useEffect(() => {
    if (ready && document.activeElement === box.current) primary.current?.focus();
  }, [ready]);
  const again = () => {
    onClose();
    void readMerge(key);
  };
  return (
    <Dialog
      open
      width={648}
      onClose={onClose}
      title={`Merge ${hintText(tips.from.name)} into ${hintText(tips.into.name)}`}
      description={state.phase === 'failed' ? undefined : 'Nothing is written until you confirm.'}
      initialFocus={box}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {state.phase === 'failed' ? (
            <Button look="primary" onClick={again}>
              Look again
            </Button>
          ) : (
            <Button ref={primary} look="primary" icon={GitMerge} disabled={!ready} onClick={commit}>
              {state.phase === 'writing' ? 'Writing' : 'Commit merge'}
            </Button>
          )}
        </>
      }
    >
      <div ref={box} tabIndex={-1} className="mg-final">
        <Body state={state} settled={settled} />
      </div>
    </Dialog>
  );
}

type BodyProps = { readonly state: CommitState; readonly settled: readonly SettledDocument[] };

function Body({ state, settled }: BodyProps) {
  const { loaded } = useScene();
  switch (state.phase) {
    case 'planning':
      return <Waiting />;
    case 'failed':
      return (
        <div className="action-failed" role="alert">
          <TriangleAlert className="icon" size={20} aria-hidden />
          <p className="action-failed-title">
            <HashText text={state.error.message} />
          </p>
          <p>{state.error.hint}</p>
          <CopyDetails error={state.error} />
        </div>
      );
    case 'planned':
    case 'writing':
      return (
        <>
          {loaded.preview !== null && <WillWrite preview={loaded.preview} plan={state.plan} />}
          <Settled settled={settled} />
        </>
      );
    default:
      return state satisfies never;
  }
}

function Settled({ settled }: { readonly settled: readonly SettledDocument[] }) {
  const { loaded } = useScene();
  const rest = loaded.documents.length - settled.length;
  return (
    <section className="mg-final-part" aria-labelledby="mg-final-title">
      <header>
        <h3 id="mg-final-title">{formatCounted(settled.length, 'resolved document')}</h3>
        {rest > 0 && <span>{formatCounted(rest, 'other')} taken as one branch left them</span>}
      </header>
      <ul className="mg-final-list">
        {settled.slice(0, MOST).map(({ document, title, tool, how, synthetic }) => (
          <li key={document}>
            <bdi className="mono truncate" title={hintText(title)}>
              {visibleText(title)}
            </bdi>
            <span className="mg-final-tool truncate">{visibleText(tool)}</span>
            <span className="mg-final-how">{how}</span>
            {synthetic && <Badge>synthetic</Badge>}
          </li>
        ))}
      </ul>
      {settled.length > MOST && (
        <p className="mg-text-note">and {formatCounted(settled.length - MOST, 'more', 'more')}</p>
      )}
      {settled.some(({ synthetic }) => synthetic) && (
        <p className="mg-text-note">
          Synthetic: the result was put together here, and no tool ever returned it. It is marked so wherever
          it is shown.
        </p>
      )}
    </section>
  );
}

function Waiting() {
  const slow = useSlow();
  return <div className="mg-final-waiting">{slow && <Skeleton width="70%" />}</div>;
}
