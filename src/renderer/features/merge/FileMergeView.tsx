import { CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useEdits } from '../../state/edits.ts';
import { closeTab, tabId } from '../../state/tabs.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { BothFit } from './finish/BothFit.tsx';
import { FinishBar } from './finish/FinishBar.tsx';
import { ResultDialog } from './finish/ResultDialog.tsx';
import { blockedBy } from './finish/blocked.ts';
import { useEditsResult } from './finish/use-edits-result.ts';
import { MergeSkeleton } from './MergeSkeleton.tsx';
import { Resolver } from './Resolver.tsx';
import { readMerge } from './state/load.ts';
import './state/follow.ts';
import { addSetWork, setKey, useWorks, type Loaded, type Work } from './state/work.ts';

type Props = { readonly source: string; readonly set: string };

/** Where a person resolves edits whose files changed on disk meanwhile. */
export function FileMergeView({ source, set }: Props) {
  const key = setKey(source, set);
  const work = useWorks(({ works }) => works[key] ?? null);
  useEffect(() => {
    addSetWork(source, set);
    void readMerge(key);
  }, [key, source, set]);
  if (work === null || (work.loaded === null && work.error === null))
    return <MergeSkeleton label="Comparing your edits with the disk" />;
  if (work.loaded === null)
    return (
      <FailureState
        error={work.error!}
        actions={
          <>
            <Button size="small" onClick={() => void readMerge(key)}>
              Read again
            </Button>
            <CloseTab source={source} set={set} />
          </>
        }
      />
    );
  return <Edits workKey={key} set={set} work={work} loaded={work.loaded} />;
}

function CloseTab({ source, set }: Props) {
  return (
    <Button size="small" look="quiet" onClick={() => closeTab(tabId({ kind: 'file-merge', source, set }))}>
      Close tab
    </Button>
  );
}

type EditsProps = {
  readonly workKey: string;
  readonly set: string;
  readonly work: Work;
  readonly loaded: Loaded;
};

function Edits({ workKey: key, set, work, loaded }: EditsProps) {
  const { source } = work;
  const { documents, session } = loaded;
  const { busy, finish } = useEditsResult(key);
  const [preview, setPreview] = useState(false);
  const nothing = documents.length === 0;
  // what undo opened again is contested: then the places are shown
  const fits = !nothing && session.contested === 0;
  const onFinish = () => {
    if (nothing) return;
    const blocked = blockedBy(work, loaded, null);
    if (blocked === null) finish();
    else announce(`${blocked.title}.`);
  };
  return (
    <Resolver
      workKey={key}
      work={work}
      loaded={loaded}
      label="Merge of your edits with the disk"
      titles={<EditTitles source={source} set={set} count={documents.length} />}
      over={nothing || fits}
      instead={
        nothing ? (
          <EmptyState
            icon={CircleCheck}
            title="Nothing to resolve"
            actions={<CloseTab source={source} set={set} />}
          >
            <p>Your edits are made upon what stands on disk now. They can be saved as they are.</p>
          </EmptyState>
        ) : fits ? (
          <BothFit busy={busy} onFinish={onFinish} />
        ) : null
      }
      bar={
        nothing || fits ? null : (
          <FinishBar work={work} busy={busy} onPreview={() => setPreview(true)} onFinish={onFinish} />
        )
      }
      onFinish={onFinish}
      dialog={preview && !nothing ? <ResultDialog onClose={() => setPreview(false)} /> : null}
    />
  );
}

function EditTitles({ source, set, count }: Props & { readonly count: number }) {
  const label = useEdits(source).sets.find(({ id }) => id === set)?.label ?? '';
  return (
    <>
      <h2 className="mg-title">Your edits and the disk</h2>
      <p className="mg-since">
        {count === 0 ? 'No file changed' : `${formatCounted(count, 'file')} changed on disk since you began`}
        {label !== '' && (
          <>
            {' '}
            to edit in <bdi>{visibleText(label)}</bdi>
          </>
        )}
      </p>
    </>
  );
}
