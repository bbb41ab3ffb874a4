import { ListFilter } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { GraphView } from '../../../contract/vek.ts';
import { attempt } from '../../app/client.ts';
import { readAgain } from '../../app/engine-events.ts';
import { api } from '../../app/engine.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCounted, formatDateTime } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import type { Generation } from './chunks.ts';
import { withoutTimes } from './filter/edit.ts';
import { focusNames } from './filter/FilterChip.tsx';
import { partsOfFilter } from './filter/terms.ts';
import { ReadingCalls } from './ReadingCalls.tsx';

type Props = {
  readonly source: string;
  readonly shown: Generation | null;
  readonly view: GraphView;
  /** the contents are still searched for this view: nothing can be said of it */
  readonly waiting: boolean;
  readonly failure: Failure | null;
  readonly onFilter: (filter: string) => void;
  readonly onClear: () => void;
  readonly onRetry: () => void;
};

/**
 * What stands in place of the rows while there are none: loading, unreadable, nothing matches. That the repository
 * is gone or has no call at all is said by the gate around the view.
 */
export function GraphPlaceholder({
  source,
  shown,
  view,
  waiting,
  failure,
  onFilter,
  onClear,
  onRetry,
}: Props) {
  if (shown === null && failure !== null && failure.kind !== 'bad-request') {
    return (
      <FailureState
        error={failure}
        actions={
          <Button size="small" onClick={() => void readAgain(source).then(onRetry)}>
            Read again
          </Button>
        }
      />
    );
  }
  if (shown === null) return <ReadingCalls source={source} />;
  if (waiting && failure === null) return <Looking view={view} onClear={onClear} />;
  return shown.all > 0 ? (
    <NothingMatches source={source} view={view} all={shown.all} onFilter={onFilter} onClear={onClear} />
  ) : null;
}

/** While the contents are searched for a filter, after one that matched nothing. */
function Looking({ view, onClear }: Pick<Props, 'view' | 'onClear'>) {
  const filter = view.filter.trim();
  return (
    <EmptyState
      icon={ListFilter}
      title={
        <>
          Looking for calls{filter === '' ? '' : ' that match '}
          {filter !== '' && <code className="g-nothing-filter">{filter}</code>}
        </>
      }
      actions={
        <Button size="small" onClick={onClear} end={<Kbd keys="Escape" />}>
          Clear filter
        </Button>
      }
    />
  );
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
            <Button size="small" onClick={() => onFilter(newest.filter)}>
              Leave out the time
            </Button>
          )}
          <Button size="small" onClick={onClear} end={<Kbd keys="Escape" />}>
            Clear filter
          </Button>
        </>
      }
    >
      <p>
        {all === 1
          ? '1 call is hidden by the filter.'
          : `${formatCounted(all, 'call')} are hidden by the filter.`}
        {newest !== null && ` Without the time the newest match is from ${newest.time}.`}
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
