import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';

const LINES = ['24%', '38%', '31%', '44%', '28%', '35%', '22%', '40%'];

/** Two calls on their way, in the geometry they will have; nothing for the first 150 ms. */
export function CompareSkeleton() {
  const slow = useSlow();
  return (
    <output aria-label="Reading the two calls" className="cc-skeleton">
      {slow && (
        <>
          <div className="cc-head">
            <div className="cc-ends">
              <Skeleton width={220} style={{ height: 34 }} />
              <Skeleton width={220} style={{ height: 34 }} />
            </div>
            <Skeleton width="50%" style={{ height: 34 }} />
          </div>
          <div className="cc-skeleton-tabs">
            <Skeleton width={48} />
            <Skeleton width={56} />
            <Skeleton width={48} />
          </div>
          <div className="cc-waiting">
            {LINES.map((width) => (
              <Skeleton key={width} width={width} />
            ))}
          </div>
        </>
      )}
    </output>
  );
}
