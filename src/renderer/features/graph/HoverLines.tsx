import { useEffect, useMemo, useRef, useState } from 'react';
import { edgesIn, type Generation } from './chunks.ts';
import type { RowLanes } from './geometry.ts';
import { LaneLayer } from './LaneLayer.tsx';
import { ownPaths } from './paths.ts';
import type { Range } from './window.ts';

type Props = {
  readonly shown: Generation;
  readonly range: Range;
  readonly origin: number;
  readonly geometry: RowLanes;
  readonly folds: ReadonlySet<number>;
};

/** The lines of the call under the pointer, drawn wide below all others. Nothing else renders while it moves. */
export function HoverLines({ shown, range, origin, geometry, folds }: Props) {
  const layer = useRef<HTMLSpanElement>(null);
  const [row, setRow] = useState<number | null>(null);
  useEffect(() => {
    const grid = layer.current?.closest('[role=grid]');
    if (grid === null || grid === undefined) return undefined;
    const over = ({ target }: Event) => {
      const at = target instanceof Element ? target.closest('[aria-rowindex]') : null;
      setRow(at === null ? null : Number(at.getAttribute('aria-rowindex')) - 1);
    };
    const leave = () => setRow(null);
    grid.addEventListener('pointerover', over);
    grid.addEventListener('pointerleave', leave);
    return () => {
      grid.removeEventListener('pointerover', over);
      grid.removeEventListener('pointerleave', leave);
    };
  }, []);
  const paths = useMemo(
    () =>
      row === null || row < range.start || row >= range.end
        ? []
        : ownPaths(edgesIn(shown, { start: row, end: row + 1 }), row, range, origin, geometry, folds),
    [shown, row, range, origin, geometry, folds],
  );
  return (
    <span ref={layer} className="g-hover-lines">
      {paths.length > 0 && <LaneLayer paths={paths} width={geometry.width} />}
    </span>
  );
}
