import { EDGE_STYLES, type GraphShape } from '../../contract/scale.ts';
import { edgesIn } from './edges.ts';
import type { GraphIndex } from './index.ts';
import type { GraphLayout } from './layout.ts';

/** What of a shape is in the index and the layout alone; `flagsOf` gives the `SHAPE_FLAGS` of a row. */
export function shapeOf(
  index: GraphIndex,
  layout: GraphLayout,
  span: { readonly start: number; readonly count: number },
  flagsOf: (row: number, node: number) => number,
): Omit<GraphShape, 'revision'> {
  const start = Math.min(span.start, layout.rows);
  const end = Math.min(layout.rows, start + span.count);
  const toolIds = new Map<number, number>();
  const shape = {
    total: layout.rows,
    start,
    lanes: Array.from(layout.lanes.subarray(start, end)),
    colours: Array.from(layout.colours.subarray(start, end)),
    flags: [] as number[],
    tools: [] as number[],
    toolNames: [] as string[],
    times: [] as (number | null)[],
    edges: [] as number[],
    laneCount: 1,
  };
  for (let row = start; row < end; row++) {
    const node = layout.order[row]!;
    const tool = index.tools[node]!;
    let id = toolIds.get(tool);
    if (id === undefined) {
      id = shape.toolNames.length;
      toolIds.set(tool, id);
      shape.toolNames.push(index.toolNames[tool]!);
    }
    const time = index.timeMicros[node]!;
    shape.tools.push(id);
    shape.times.push(time === time ? time : null);
    shape.flags.push(flagsOf(row, node));
    shape.laneCount = Math.max(shape.laneCount, layout.lanes[row]! + 1);
  }
  for (const edge of edgesIn(layout, start, end)) {
    const { from, to, fromLane, toLane, lane, colour } = edge;
    shape.edges.push(from, to, fromLane, toLane, lane, colour, EDGE_STYLES.indexOf(edge.style));
    shape.laneCount = Math.max(shape.laneCount, fromLane + 1, toLane + 1, lane + 1);
  }
  return shape;
}
