import { FolderX, GitBranch, ListFilter } from 'lucide-react';
import type { Failure } from '../../../contract/failure.ts';
import type { GraphView, Head } from '../../../contract/vek.ts';
import type { Source } from '../../../contract/workspace.ts';
import { useProgress } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import type { Generation } from './chunks.ts';

type Props = {
  readonly source: Source | null;
  readonly sourceId: string;
  readonly shown: Generation | null;
  readonly view: GraphView;
  readonly failure: Failure | null;
  readonly head: Head | null;
  readonly onClear: () => void;
  readonly onRetry: () => void;
};

/** What stands in place of the rows when there are none: gone, unreadable, loading, empty, nothing matches. */
export function GraphPlaceholder({ source, sourceId, shown, view, failure, head, onClear, onRetry }: Props) {
  if (source?.state === 'gone') {
    return (
      <EmptyState
        icon={FolderX}
        tone="warn"
        title="This repository is no longer there"
        actions={<Button onClick={onRetry}>Look again</Button>}
      >
        <p>
          {source.path} was moved, renamed or removed while it was open. Nothing was written. When it comes
          back, its calls appear here again.
        </p>
      </EmptyState>
    );
  }
  if (failure !== null && failure.kind !== 'bad-request' && shown === null) {
    return <FailureState error={failure} actions={<Button onClick={onRetry}>Read again</Button>} />;
  }
  if (source?.state === 'unreadable') return <Unreadable source={source} onRetry={onRetry} />;
  if (shown === null) return <Loading sourceId={sourceId} />;
  if (shown.all > 0) return <NothingMatches view={view} all={shown.all} onClear={onClear} />;
  return (
    <EmptyState icon={GitBranch} title="No calls yet">
      <p>This repository is new. Calls appear here as soon as an agent stores them{waiting(head)}.</p>
    </EmptyState>
  );
}

function waiting(head: Head | null): string {
  return head?.state === 'branch' ? `; ${head.branch} is waiting for its first one` : '';
}

function Unreadable({ source, onRetry }: { readonly source: Source; readonly onRetry: () => void }) {
  const [first, ...rest] = source.problems;
  const error: Failure = {
    kind: 'unreadable',
    message: first?.message ?? source.summary,
    hint: rest.length > 0 ? rest.map((problem) => problem.message).join(' ') : 'The file was not touched.',
    detail: source.path,
  };
  return <FailureState error={error} actions={<Button onClick={onRetry}>Read again</Button>} />;
}

function NothingMatches({
  view,
  all,
  onClear,
}: {
  readonly view: GraphView;
  readonly all: number;
  readonly onClear: () => void;
}) {
  const text = [...view.focus.map((name) => `branch:${name}`), view.filter.trim()]
    .filter((part) => part !== '')
    .join(' ');
  return (
    <EmptyState
      icon={ListFilter}
      title={
        <>
          No call matches <code>{text}</code>
        </>
      }
      actions={
        <Button onClick={onClear} end={<Kbd keys="Escape" />}>
          Clear filter
        </Button>
      }
    >
      <p>{formatCounted(all, 'call')} are hidden by the filter.</p>
    </EmptyState>
  );
}

function Loading({ sourceId }: { readonly sourceId: string }) {
  const progress = useProgress(sourceId);
  const share =
    progress === null || progress.total === null || progress.total === 0
      ? null
      : progress.done / progress.total;
  return (
    <div className="g-loading">
      {progress !== null && (
        <output className="g-loading-text">
          {progress.total === null
            ? `Reading calls, ${formatCount(progress.done)} done`
            : `Reading ${formatCounted(progress.total, 'call')}, ${formatCount(progress.done)} done`}
        </output>
      )}
      {share !== null && (
        <progress
          className="visually-hidden"
          value={progress?.done}
          max={progress?.total ?? 1}
          aria-label="Reading calls"
        />
      )}
      <div className="g-loading-bar" style={{ width: share === null ? '0' : `${share * 100}%` }} />
      <SkeletonRows rows={24} label="Reading calls" />
    </div>
  );
}
