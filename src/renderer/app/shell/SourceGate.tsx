import { CircleX, FolderX, GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem, VekOverview } from '../../../contract/vek.ts';
import type { Source } from '../../../contract/workspace.ts';
import { openBottom } from '../../state/bottom.ts';
import { showOverlay } from '../../state/overlays.ts';
import { useOverview, useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { ReadingCalls } from '../../features/graph/ReadingCalls.tsx';
import { chooseFolder } from '../folders.ts';
import { FailureActions } from './FailureActions.tsx';

export type SourceGateProps = {
  readonly source: string;
  /** `calls`: an empty repository has a state of its own */
  readonly needs: 'calls' | 'store';
  readonly children: ReactNode;
};

/** Shows a view of a source once there is something to show, else the state that it is in, in words. */
export function SourceGate({ source: id, needs, children }: SourceGateProps) {
  const source = useSource(id);
  const overview = useOverview(id);
  if (source === null || source.state === 'gone') return <Gone path={source?.path ?? null} />;
  if (overview.value === null) {
    const again = overview.error?.kind === 'cancelled' && source.state !== 'stopped';
    if (overview.error !== null && !again) {
      return <FailureState error={overview.error} actions={<FailureActions source={source} />} />;
    }
    return <ReadingCalls source={id} />;
  }
  if ((source.state === 'unreadable' || source.state === 'stopped') && overview.error !== null) {
    return <FailureState error={overview.error} actions={<FailureActions source={source} />} />;
  }
  if (needs === 'calls' && overview.value.counts.nodes === 0) {
    return <NoCalls source={source} overview={overview.value} />;
  }
  return children;
}

function Gone({ path }: { readonly path: string | null }) {
  return (
    <EmptyState
      icon={FolderX}
      tone="warn"
      title="The repository is no longer there"
      actions={<Button onClick={() => void chooseFolder()}>Open another folder…</Button>}
    >
      <p>
        {path === null ? 'Its folder' : <bdi>{path}</bdi>} was moved, renamed or removed. Nothing was written
        by Vekscope. When the folder comes back, this view fills again by itself.
      </p>
    </EmptyState>
  );
}

/** A damaged store of which no call could be read is not an empty one. */
function NothingLeft({ source, broken }: { readonly source: string; readonly broken: readonly Problem[] }) {
  return (
    <EmptyState
      icon={CircleX}
      tone="bad"
      title="No call can be read: the store is damaged"
      actions={
        <Button size="small" onClick={() => openBottom('problems', source)}>
          Show problems
        </Button>
      }
    >
      {broken.slice(0, 3).map((problem) => (
        <p key={`${problem.kind} ${problem.hash} ${problem.ref}`}>{problem.message}</p>
      ))}
    </EmptyState>
  );
}

function NoCalls({ source, overview }: { readonly source: Source; readonly overview: VekOverview }) {
  const { head } = overview;
  const broken = overview.problems.filter((problem) => problem.severity === 'error');
  if (broken.length > 0) return <NothingLeft source={source.id} broken={broken} />;
  return (
    <EmptyState
      icon={GitBranch}
      title="No calls yet"
      actions={
        <>
          <Button size="small" onClick={() => showOverlay('recording')}>
            Show how to record
          </Button>
          <Button size="small" onClick={() => void chooseFolder()}>
            Open another folder…
          </Button>
        </>
      }
    >
      <p>
        {source.problems.length === 0 ? 'This repository is new. ' : ''}
        Calls appear here as soon as an agent stores them
        {head.state === 'branch' ? (
          <>
            ; <bdi>{head.branch}</bdi> is waiting for its first one.
          </>
        ) : (
          '.'
        )}
      </p>
    </EmptyState>
  );
}
