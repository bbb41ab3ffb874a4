import { useEffect, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import { askAbandon } from '../../state/merge-form.ts';
import { useMerges } from '../../state/merges.ts';
import { useOverview } from '../../state/workspace.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button/Button.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { CommitBar } from './finish/CommitBar.tsx';
import { CommitDialog } from './finish/CommitDialog.tsx';
import { ResultDialog } from './finish/ResultDialog.tsx';
import { Already, Written } from './finish/Written.tsx';
import { blockedBy } from './finish/blocked.ts';
import { BranchTitles } from './head/BranchTitles.tsx';
import { MergeSkeleton } from './MergeSkeleton.tsx';
import { Resolver } from './Resolver.tsx';
import { readMerge } from './state/load.ts';
import './state/follow.ts';
import { addWork, useWorks, workKey, type Loaded, type Work } from './state/work.ts';

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
  if (work.loaded === null)
    return <Unread workKey={key} source={source} into={into} from={from} error={work.error!} />;
  return <Branches workKey={key} work={work} loaded={work.loaded} />;
}

type UnreadProps = Props & { readonly workKey: string; readonly error: Failure };

/** A merge that can't be read: a branch is gone, or the store is damaged. What was chosen is kept. */
function Unread({ workKey: key, source, into, from, error }: UnreadProps) {
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

type BranchesProps = { readonly workKey: string; readonly work: Work; readonly loaded: Loaded };

function Branches({ workKey: key, work, loaded }: BranchesProps) {
  const [dialog, setDialog] = useState<'commit' | 'result' | null>(null);
  const { preview, documents } = loaded;
  const readOnly = useOverview(work.source).value?.readOnlyReason ?? null;
  if (preview === null) return null;
  const commit = () => {
    const blocked = blockedBy(work, loaded, readOnly);
    if (blocked === null) setDialog('commit');
    else announce(`${blocked.title}.`);
  };
  const nothing = preview.already || documents.length === 0;
  return (
    <Resolver
      workKey={key}
      work={work}
      loaded={loaded}
      label="Merge"
      titles={<BranchTitles preview={preview} />}
      over={work.written !== null || preview.already}
      instead={
        work.written !== null ? (
          <Written operation={work.written} />
        ) : nothing ? (
          <Already preview={preview} />
        ) : null
      }
      bar={
        work.written === null && !preview.already ? (
          <CommitBar work={work} onPreview={() => setDialog('result')} onCommit={commit} />
        ) : null
      }
      onFinish={commit}
      dialog={
        dialog === 'commit' ? (
          <CommitDialog onClose={() => setDialog(null)} />
        ) : dialog === 'result' && documents.length > 0 ? (
          <ResultDialog onClose={() => setDialog(null)} />
        ) : null
      }
    />
  );
}
