import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';

const LINES = ['30%', '62%', '48%', '55%', '36%'];

/** The four panes on their way; nothing for the first 150 ms. */
export function PanesSkeleton() {
  const slow = useSlow();
  return (
    <output className="mp-panes-skeleton" aria-label="Reading the texts">
      {slow &&
        ['base', 'ours', 'theirs', 'result'].map((pane) => (
          <div key={pane} className="mp-panes-skeleton-pane">
            {LINES.map((width) => (
              <Skeleton key={width} width={width} />
            ))}
          </div>
        ))}
    </output>
  );
}
