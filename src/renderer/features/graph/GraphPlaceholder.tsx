import { ListFilter } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { GraphView } from '../../../contract/vek.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { useSettings } from '../../state/settings.ts';
import { useProgress } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount, formatCounted, formatDateTime } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import type { Generation } from './chunks.ts';
import { withoutTimes } from './filter/edit.ts';
import { focusNames } from './filter/FilterChip.tsx';
import { partsOfFilter } from './filter/terms.ts';

type Props = {
  readonly source: string;
  readonly shown: Generation | null;
  readonly view: GraphView;
  readonly failure: Failure | null;
  readonly onFilter: (filter: string) => void;
  readonly onClear: () => void;
  readonly onRetry: () => void;
};

/**
 * What stands in place of the rows while there are none: loading, unreadable, nothing matches. That the repository
 * is gone or has no call at all is said by the gate around the view.
 */
export function GraphPlaceholder({ source, shown, view, failure, onFilter, onClear, onRetry }: Props) {
  if (shown === null && failure !== null && failure.kind !== 'bad-request') {
    return (
      <FailureState
        error={failure}
        actions={<Button onClick={() => void readAgain(source, onRetry)}>Read it again</Button>}
      />
    );
  }
  if (shown === null) return <Loading source={source} />;
  return shown.all > 0 ? (
    <NothingMatches source={source} view={view} all={shown.all} onFilter={onFilter} onClear={onClear} />
  ) : null;
}

/** Reading may have been stopped by the person; the engine then goes on only when told. */
async function readAgain(source: string, then: () => void): Promise<void> {
  await attempt(api.vek.readAgain({ source }));
  then();
}

type NothingProps = Pick<Props, 'source' | 'view' | 'onFilter' | 'onClear'> & { readonly all: number };

function NothingMatches({ source, view, all, onFilter, onClear }: NothingProps) {
  const filter = view.filter.trim();
  const newest = useNewestOutside(source, view);
  const only = view.focus.length === 0 ? '' : ` in ${focusNames(view.focus)}`;
  return (
    <EmptyState
      icon={ListFilter}
      title={
        <>
          No call matches {filter === '' ? '' : <code className="g-nothing-filter">{filter}</code>}
          {only}
        </>
      }
      actions={
        <>
          {newest !== null && (
            <Button onClick={() => onFilter(newest.filter)}>Show the time before too</Button>
          )}
          <Button onClick={onClear} end={<Kbd keys="Escape" />}>
            Clear filter
          </Button>
        </>
      }
    >
      <p>
        {all === 1
          ? '1 call is hidden by the filter.'
          : `${formatCounted(all, 'call')} are hidden by the filter.`}
        {newest !== null && ` The newest that matches otherwise is from ${newest.time}.`}
      </p>
    </EmptyState>
  );
}

/** The newest call that only the bounds of time hide. Not asked where the contents would have to be searched for it. */
function useNewestOutside(
  source: string,
  view: GraphView,
): { readonly filter: string; readonly time: string } | null {
  const zone = useSettings((settings) => settings.time);
  const filter = withoutTimes(view.filter);
  const [found, setFound] = useState<{ readonly view: GraphView; readonly micros: number } | null>(null);
  useEffect(() => {
    if (filter === null || searches(filter)) return undefined;
    const controller = new AbortController();
    const ask = async (): Promise<void> => {
      const answer = await attempt(
        api.vek.rows(
          { source, view: { ...view, filter }, start: 0, count: 1 },
          { signal: controller.signal },
        ),
      );
      const micros = answer.ok ? (answer.value.rows[0]?.timeMicros ?? null) : null;
      if (micros !== null && !controller.signal.aborted) setFound({ view, micros });
    };
    void ask();
    return () => controller.abort();
  }, [source, view, filter]);
  return found === null || found.view !== view || filter === null
    ? null
    : { filter, time: formatDateTime(found.micros, zone) };
}

function searches(filter: string): boolean {
  const { chips, text } = partsOfFilter(filter);
  return text !== '' || chips.some((chip) => chip.toLowerCase() === 'error');
}

function Loading({ source }: { readonly source: string }) {
  const progress = useProgress(source);
  const share =
    progress === null || progress.total === null || progress.total === 0
      ? null
      : progress.done / progress.total;
  return (
    <div className="g-loading">
      {progress !== null && (
        <div className="g-loading-head">
          <output>
            {progress.total === null
              ? `Reading calls, ${formatCount(progress.done)} done`
              : `Reading ${formatCounted(progress.total, 'call')}, ${formatCount(progress.done)} done`}
          </output>
          <Button look="link" onClick={() => void attempt(api.vek.stopReading({ source }))}>
            Stop
          </Button>
        </div>
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
