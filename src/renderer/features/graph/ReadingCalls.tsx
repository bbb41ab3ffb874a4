import { stopReading } from '../../app/engine-events.ts';
import { useProgress } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import './reading.css';

/** While the calls of a store are read for the first time: how many there are, how far it is, and a way to stop. */
export function ReadingCalls({ source }: { readonly source: string }) {
  const progress = useProgress(source);
  return (
    <div className="g-reading">
      {progress !== null && (
        <div className="g-reading-head">
          <output>
            {progress.total === null
              ? `Reading calls, ${formatCount(progress.done)} done`
              : `Reading ${formatCounted(progress.total, 'call')}, ${formatCount(progress.done)} done`}
          </output>
          <Button look="link" onClick={() => void stopReading(source)}>
            Stop
          </Button>
        </div>
      )}
      {progress !== null && progress.total !== null && (
        <progress
          className="g-reading-bar"
          aria-label="Reading calls"
          max={progress.total}
          value={progress.done}
        />
      )}
      <SkeletonRows rows={24} label="Reading the repository" />
    </div>
  );
}
