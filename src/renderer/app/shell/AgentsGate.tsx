import { FolderX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useProgress, useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { useAgentsOverview } from '../agents.ts';
import { chooseFolder } from '../folders.ts';
import '../../features/graph/reading.css';
import { FailureActions } from './FailureActions.tsx';

export type AgentsGateProps = { readonly source: string; readonly children: ReactNode };

/** Shows a view of a folder of agents once its logs were read, else the state that it is in, in words. */
export function AgentsGate({ source: id, children }: AgentsGateProps) {
  const source = useSource(id);
  const { value, error } = useAgentsOverview(id);
  if (source === null || source.state === 'gone') return <Gone path={source?.path ?? null} />;
  if (value !== null) return children;
  if (error === null || (error.kind === 'cancelled' && source.state !== 'stopped')) {
    return <ReadingRecords source={id} />;
  }
  return <FailureState error={error} actions={<FailureActions source={source} />} />;
}

function Gone({ path }: { readonly path: string | null }) {
  return (
    <EmptyState
      icon={FolderX}
      tone="warn"
      title="The folder of agents is no longer there"
      actions={<Button onClick={() => void chooseFolder()}>Open another folder…</Button>}
    >
      <p>
        {path === null ? 'It' : <bdi>{path}</bdi>} was moved, renamed or removed. Nothing was written by
        Vekscope. When it comes back, this view fills again by itself.
      </p>
    </EmptyState>
  );
}

/** While logs are read for the first time: how far that is. */
function ReadingRecords({ source }: { readonly source: string }) {
  const progress = useProgress(source);
  return (
    <div className="g-reading">
      {progress !== null && (
        <>
          <div className="g-reading-head">
            <output>{readingWords(progress)}</output>
          </div>
          {progress.total !== null && (
            <progress
              className="g-reading-bar"
              aria-label="Reading the logs"
              max={progress.total}
              value={progress.done}
            />
          )}
        </>
      )}
      <SkeletonRows rows={24} label="Reading the logs" />
    </div>
  );
}

/** The work is counted in bytes of log where its total is known. */
const readingWords = ({ done, total }: { readonly done: number; readonly total: number | null }): string =>
  total === null
    ? `Reading the logs, ${formatCount(done)} done`
    : `Reading the logs, ${formatBytes(done)} of ${formatBytes(total)}`;
