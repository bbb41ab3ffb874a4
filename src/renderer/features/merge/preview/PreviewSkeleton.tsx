import { Button } from '../../../ui/button/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';
import { useProgress } from '../../../state/workspace.ts';

/** A preview that is being made, in the real geometry; says how far it is where it takes long. */
export function PreviewSkeleton({
  source,
  onStop,
}: {
  readonly source: string;
  readonly onStop: () => void;
}) {
  const slow = useSlow();
  const progress = useProgress(source);
  const work = progress?.work === 'merge' ? progress : null;
  return (
    <div className="mp-skeleton" aria-busy>
      <output className="mp-progress">
        {work !== null && (
          <>
            <span>
              {work.total === null
                ? `${formatCount(work.done)} calls read`
                : `${formatCount(work.done)} of ${formatCount(work.total)} calls read`}
            </span>
            <Button size="small" onClick={onStop}>
              Stop
            </Button>
          </>
        )}
        {work === null && slow && <span className="visually-hidden">The preview is being made</span>}
      </output>
      {slow && (
        <div className="mp-bones" aria-hidden>
          <div className="mp-drawing">
            <Skeleton width="92%" style={{ height: 2 }} />
          </div>
          <ul className="mp-counts">
            {[88, 72, 80].map((width) => (
              <li key={width}>
                <Skeleton width={16} style={{ height: 16 }} />
                <span>
                  <Skeleton width={width} />
                  <Skeleton width={width + 24} />
                </span>
              </li>
            ))}
          </ul>
          <Skeleton width={180} />
          <ul className="mp-table">
            {[64, 80].map((width) => (
              <li key={width} className="mp-rule">
                <Skeleton width={width} />
                <Skeleton width="100%" style={{ height: 22 }} />
                <Skeleton width={110} style={{ justifySelf: 'end' }} />
              </li>
            ))}
          </ul>
          <Skeleton width={180} />
          <div className="mp-write">
            <Skeleton width={48} />
            <Skeleton width={240} />
            <Skeleton width={56} />
            <Skeleton width={300} />
            <Skeleton width={52} />
            <Skeleton width={280} />
          </div>
        </div>
      )}
    </div>
  );
}
