import { ListFilter } from 'lucide-react';
import type { Failure } from '../../../contract/failure.ts';
import type { GraphView } from '../../../contract/vek.ts';
import { useProgress } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import type { Generation } from './chunks.ts';

type Props = {
  readonly sourceId: string;
  readonly shown: Generation | null;
  readonly view: GraphView;
  readonly failure: Failure | null;
  readonly onClear: () => void;
  readonly onRetry: () => void;
};

/**
 * What stands in place of the rows while there are none: loading, unreadable, nothing matches. That the repository
 * is gone or has no call at all is said by the gate around the view.
 */
export function GraphPlaceholder({ sourceId, shown, view, failure, onClear, onRetry }: Props) {
  if (shown === null && failure !== null && failure.kind !== 'bad-request') {
    return <FailureState error={failure} actions={<Button onClick={onRetry}>Read again</Button>} />;
  }
  if (shown === null) return <Loading sourceId={sourceId} />;
  return shown.all > 0 ? <NothingMatches view={view} all={shown.all} onClear={onClear} /> : null;
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
