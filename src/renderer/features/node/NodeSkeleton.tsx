import { Skeleton, useSlow } from '../../ui/skeleton/Skeleton.tsx';

const FACTS = ['72%', '58%', '44%'];
const LINES = ['18%', '52%', '64%', '40%', '57%', '31%'];

/** A call on its way, in the geometry it will have; nothing for the first 150 ms. */
export function NodeSkeleton() {
  const slow = useSlow();
  return (
    <output aria-label="Reading the call" className="n-panel">
      {slow && (
        <>
          <div className="n-head">
            <div className="n-title">
              <Skeleton width={16} style={{ height: 16 }} />
              <Skeleton width="40%" style={{ height: 14 }} />
            </div>
            <div className="n-badges">
              <Skeleton width={56} />
              <Skeleton width={150} style={{ height: 18 }} />
            </div>
          </div>
          <div className="n-skeleton-tabs">
            <Skeleton width={52} />
            <Skeleton width={60} />
            <Skeleton width={48} />
            <Skeleton width={28} />
          </div>
          <div className="n-facts">
            {FACTS.map((width) => (
              <div key={width} className="n-fact">
                <Skeleton width={56} style={{ alignSelf: 'center' }} />
                <Skeleton width={width} style={{ alignSelf: 'center' }} />
              </div>
            ))}
          </div>
          {['input', 'output'].map((side) => (
            <div key={side} className="n-skeleton-content">
              <Skeleton width={48} style={{ height: 12 }} />
              {LINES.map((width) => (
                <Skeleton key={width} width={width} />
              ))}
            </div>
          ))}
        </>
      )}
    </output>
  );
}
