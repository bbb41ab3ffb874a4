import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import { askAbandon } from '../../state/merge-form.ts';
import { useMerges } from '../../state/merges.ts';
import { Button } from '../../ui/button/Button.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { CommitBar } from './finish/CommitBar.tsx';
import { CommitDialog } from './finish/CommitDialog.tsx';
import { ResultDialog } from './finish/ResultDialog.tsx';
import { Already, Written } from './finish/Written.tsx';
import { blockedBy } from './finish/blocked.ts';
import { Header } from './head/Header.tsx';
import { Notes } from './head/Notes.tsx';
import { Notice } from './head/Notice.tsx';
import { DocumentList } from './documents/DocumentList.tsx';
import { DocumentPart } from './DocumentPart.tsx';
import { MergeSkeleton } from './MergeSkeleton.tsx';
import { itemsOf } from './cards/items.ts';
import { namesOf } from './names.ts';
import { readMerge } from './state/load.ts';
import './state/follow.ts';
import { MergeSceneProvider, type MergeScene } from './state/scene.ts';
import { foldId, useUnfolded } from './state/unfolded.ts';
import { addWork, useWorks, workKey, type Loaded, type Work } from './state/work.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { MERGE_SCOPE, useMergeKeys } from './use-merge-keys.ts';
import { announce } from '../../ui/announce.ts';
import { useOverview } from '../../state/workspace.ts';
import './merge.css';
import './cards/cards.css';
import './finish/finish.css';
import './narrow.css';

type Props = { readonly source: string; readonly into: string; readonly from: string };

/** Where a person resolves what two branches changed differently, until the merge can be written. */
export function MergeView({ source, into, from }: Props) {
  const key = workKey(source, into, from);
  const work = useWorks(({ works }) => works[key] ?? null);
  useEffect(() => {
    addWork(source, into, from);
    void readMerge(key);
  }, [key, source, into, from]);
  if (work === null || (work.loaded === null && work.error === null)) return <MergeSkeleton />;
  if (work.loaded === null) return <Unread workKey={key} work={work} error={work.error!} />;
  return <Resolver workKey={key} work={work} loaded={work.loaded} />;
}

type UnreadProps = { readonly workKey: string; readonly work: Work; readonly error: Failure };

/** A merge that can't be read: a branch is gone, or the store is damaged. What was chosen is kept. */
function Unread({ workKey: key, work, error }: UnreadProps) {
  const { source, into, from } = work;
  const begun = useMerges(source).some((merge) => merge.into === into && merge.from === from);
  const words = begun ? { ...error, hint: `${error.hint} What you chose in this merge is kept.` } : error;
  return (
    <FailureState
      error={words}
      actions={
        <>
          <Button size="small" onClick={() => void readMerge(key)}>
            Read again
          </Button>
          {begun && (
            <Button size="small" onClick={() => askAbandon(source, into, from)}>
              Abandon merge…
            </Button>
          )}
        </>
      }
    />
  );
}

type ResolverProps = { readonly workKey: string; readonly work: Work; readonly loaded: Loaded };

function Resolver({ workKey: key, work, loaded }: ResolverProps) {
  const [dialog, setDialog] = useState<'commit' | 'result' | null>(null);
  const wantsFocus = useRef(false);
  const takeFocus = useCallback(() => {
    wantsFocus.current = true;
  }, []);
  const root = useRef<HTMLElement>(null);
  const { source, editing, error } = work;
  const { documents, at, preview, session } = loaded;
  const names = useMemo(() => namesOf(preview), [preview]);
  const fixed = work.written !== null || error !== null;
  const cards = work.mode === 'cards' && work.written === null;
  const form = `${work.mode} ${work.written?.id ?? ''} ${at.document} ${editing === null}`;
  useKeptFocus(root, cards, form, takeFocus);
  const scene = useMemo<MergeScene>(
    () => ({ key, source, names, loaded, editing, fixed, takeFocus }),
    [key, source, names, loaded, editing, fixed, takeFocus],
  );
  const document = documents[at.document] ?? null;
  const readOnly = useOverview(source).value?.readOnlyReason ?? null;
  const unfolded = useUnfolded(foldId(key, document?.id ?? '', 'automatic'));
  const standsIn = at.unit >= 0 && (document?.units[at.unit]?.taken ?? null) !== null;
  const automaticOpen = unfolded || standsIn || isFew(document?.units ?? []);
  const items = useMemo(
    () => (document === null ? null : itemsOf(document, automaticOpen)),
    [document, automaticOpen],
  );
  const commit = () => {
    const blocked = blockedBy(work, loaded, readOnly);
    if (blocked === null) setDialog('commit');
    else announce(`${blocked.title}.`);
  };
  useMergeKeys({ key, work, loaded, items, takeFocus, onCommit: commit });
  return (
    <MergeSceneProvider value={scene}>
      <section
        ref={root}
        className="merge"
        aria-label="Merge"
        data-key-scope={MERGE_SCOPE.name}
        data-key-default
        tabIndex={-1}
      >
        <Header mode={work.mode} over={work.written !== null || preview.already} />
        {work.moved !== null && work.written === null && <Notice moved={work.moved} />}
        {work.written === null && preview.notes.length > 0 && <Notes notes={preview.notes} />}
        {work.written !== null ? (
          <Written work={work} operation={work.written} />
        ) : preview.already || documents.length === 0 || document === null || items === null ? (
          <Already preview={preview} />
        ) : (
          <div className="mg-body">
            <DocumentList />
            <DocumentPart document={document} items={items} mode={work.mode} wantsFocus={wantsFocus} />
          </div>
        )}
        {work.written === null && !preview.already && (
          <CommitBar work={work} onPreview={() => setDialog('result')} onCommit={commit} />
        )}
        {dialog === 'commit' && <CommitDialog onClose={() => setDialog(null)} />}
        {dialog === 'result' && session.documents.length > 0 && (
          <ResultDialog onClose={() => setDialog(null)} />
        )}
      </section>
    </MergeSceneProvider>
  );
}

/** Places taken automatically up to which they are listed unasked. */
const FEW = 24;

function isFew(units: readonly { readonly taken: unknown }[]): boolean {
  let count = 0;
  for (const { taken } of units) {
    if (taken !== null) count += 1;
    if (count > FEW) return false;
  }
  return true;
}
