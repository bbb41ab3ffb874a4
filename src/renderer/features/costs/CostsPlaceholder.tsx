import { Skeleton, SkeletonRows, useSlow } from '../../ui/skeleton/Skeleton.tsx';

/** The places of the figures, the chart and the tables while the first answer is on its way. */
export function CostsPlaceholder() {
  const slow = useSlow();
  return (
    <section className="costs" aria-label="Costs" aria-busy>
      <div className="cx-head">
        <div className="cx-figures">
          {slow &&
            [88, 112, 96, 104].map((width) => (
              <div key={width} className="cx-figure cx-wait">
                <Skeleton width={56} />
                <Skeleton width={width} style={{ height: 18 }} />
                <Skeleton width={width - 24} />
              </div>
            ))}
        </div>
      </div>
      <div className="cx-wait-chart">
        {slow &&
          Array.from({ length: 30 }, (_, index) => (
            <Skeleton key={index} width="2.2%" style={{ height: `${28 + ((index * 37) % 61)}%` }} />
          ))}
      </div>
      <SkeletonRows rows={6} label="Adding up the costs" />
    </section>
  );
}
