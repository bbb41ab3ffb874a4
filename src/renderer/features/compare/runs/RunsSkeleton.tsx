import { Button } from '../../../ui/button/Button.tsx';
import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';

const ROWS = ['62%', '48%', '71%', '55%', '66%', '43%'];

type Props = {
  /** what is read now, where that takes long; else null */
  readonly words: string | null;
  readonly onStop: () => void;
};

/** Two runs on their way, in the geometry they will have; nothing for the first 150 ms. */
export function RunsSkeleton({ words, onStop }: Props) {
  const slow = useSlow();
  return (
    <output aria-label="Comparing the two runs" className="cr-skeleton">
      {slow && (
        <>
          <div className="cr-head">
            <Skeleton width={260} style={{ height: 34 }} />
            <Skeleton width={64} style={{ height: 34 }} />
            <Skeleton width={120} style={{ height: 34 }} />
            <Skeleton width={120} style={{ height: 34 }} />
          </div>
          <div className="cr-common">
            <Skeleton width={280} />
          </div>
          {words !== null && (
            <p className="cr-waiting">
              {words}
              <Button size="small" onClick={onStop}>
                Stop
              </Button>
            </p>
          )}
          {ROWS.map((width) => (
            <div key={width} className="cr-skeleton-row">
              <Skeleton width={width} />
              <span />
              <Skeleton width={width} />
            </div>
          ))}
        </>
      )}
    </output>
  );
}
