import { memo, type CSSProperties } from 'react';
import type { LanePath } from './paths.ts';

/** Every lane line and mark of the mounted rows: one SVG, one path per colour and kind. */
export const LaneLayer = memo(function LaneLayer({
  paths,
  width,
}: {
  readonly paths: readonly LanePath[];
  readonly width: number;
}) {
  return (
    <svg className="g-lanes" width={width} height="1" aria-hidden="true">
      {paths.map((path) => (
        <path
          key={path.key}
          d={path.d}
          className={`g-${path.kind}`}
          style={
            { '--lane': path.kind === 'cross' ? 'var(--bad)' : `var(--lane-${path.colour})` } as CSSProperties
          }
        />
      ))}
    </svg>
  );
});
