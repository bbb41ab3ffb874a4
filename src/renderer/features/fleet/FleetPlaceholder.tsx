import { Skeleton, SkeletonRows, useSlow } from '../../ui/skeleton/Skeleton.tsx';

/** The places of the figures and of the rows while the first answer is on its way. */
export function FleetPlaceholder() {
  const slow = useSlow();
  return (
    <section className="fleet" aria-label="Fleet" aria-busy>
      <div className="fl-figures">
        {slow &&
          [72, 96, 88, 80, 120].map((width) => (
            <div key={width} className="fl-figure fl-wait">
              <Skeleton width={64} />
              <Skeleton width={width} style={{ height: 18 }} />
              <Skeleton width={width - 16} />
            </div>
          ))}
      </div>
      <SkeletonRows rows={8} label="Looking at the agents" />
    </section>
  );
}
