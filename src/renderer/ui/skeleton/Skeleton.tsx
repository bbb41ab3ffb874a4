import { useEffect, useState, type CSSProperties } from 'react';
import './skeleton.css';

/** True once 150 ms have passed, so that quick answers never flash a skeleton. */
export function useSlow(): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSlow(true), 150);
    return () => window.clearTimeout(timer);
  }, []);
  return slow;
}

export type SkeletonProps = { readonly width: number | string; readonly style?: CSSProperties };

/** One bar in the place of a text that is on its way. */
export function Skeleton({ width, style }: SkeletonProps) {
  return <span className="skeleton" style={{ width, ...style }} aria-hidden />;
}

const WIDTHS = ['62%', '48%', '71%', '55%', '66%', '43%', '58%', '69%'];

/** Rows in the geometry of a list that is on its way; nothing for the first 150 ms. */
export function SkeletonRows({ rows, label }: { readonly rows: number; readonly label: string }) {
  const slow = useSlow();
  return (
    <output aria-label={label} className="skeleton-rows">
      {slow &&
        Array.from({ length: rows }, (_, index) => (
          <div key={index} className="skeleton-row">
            <Skeleton width={8} style={{ borderRadius: 'var(--r-full)', height: 8 }} />
            <Skeleton width={56 + ((index * 7) % 24)} />
            <Skeleton width={WIDTHS[index % WIDTHS.length] ?? '60%'} />
            <Skeleton width={48} style={{ marginInlineStart: 'auto' }} />
          </div>
        ))}
    </output>
  );
}
