import { useMemo } from 'react';
import { rowHeight as rowsHeight, useSettings } from '../../../state/settings.ts';
import { graphOf } from '../sources.ts';
import { useGraph } from '../use-model.ts';
import { zoomLevels } from './zoom.ts';

export type Zoom = {
  /** px per row now */
  readonly level: number;
  /** every level, from rows to where everything fits */
  readonly levels: readonly number[];
  /** px per row where rows have their contents */
  readonly rows: number;
};

/** How large the graph of a source is drawn, and how else it could be. */
export function useZoom(source: string): Zoom {
  const model = graphOf(source);
  const rows = useSettings(rowsHeight);
  const level = useGraph(model, ({ scroll }) => scroll.rowHeight);
  const total = useGraph(model, ({ scroll }) => scroll.total);
  const height = useGraph(model, ({ scroll }) => scroll.height);
  const levels = useMemo(() => zoomLevels({ total, height }, rows), [total, height, rows]);
  return { level, levels, rows };
}
