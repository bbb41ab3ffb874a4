import { Skeleton, useSlow } from '../../ui/skeleton/Skeleton.tsx';
import './merge.css';

const ROWS = ['62%', '48%', '71%', '55%', '66%', '43%'];

/** A merge that is being read, in the geometry that it will have. */
export function MergeSkeleton({ label = 'Comparing the branches' }: { readonly label?: string }) {
  const slow = useSlow();
  return (
    <output className="merge mg-skeleton" aria-label={label}>
      <div className="mg-head">{slow && <Skeleton width={280} />}</div>
      <div className="mg-body">
        <div className="mg-documents">
          {slow && ROWS.map((width) => <Skeleton key={width} width={width} style={{ margin: '9px 14px' }} />)}
        </div>
        <div className="mg-middle">
          {slow &&
            ROWS.slice(0, 3).map((width) => (
              <div key={width} className="mg-card mg-skeleton-card">
                <Skeleton width={width} />
                <Skeleton width="80%" />
              </div>
            ))}
        </div>
      </div>
    </output>
  );
}
