import type { GraphEdge } from '../../../contract/vek.ts';
import type { Range } from './window.ts';

/** The other end of a line of a call, outside of the window. `more`: further children on that side. */
export type FarEnd = {
  readonly row: number;
  readonly role: 'parent' | 'second parent' | 'child';
  readonly side: 'above' | 'below';
  /** rows between the call and that end */
  readonly distance: number;
  readonly more: number;
};

/**
 * The ends of the lines of row `row` that are outside of `seen`: its parents, and of its children on each side the
 * nearest. Empty where the row itself is not in sight.
 */
export function farEnds(edges: readonly GraphEdge[], row: number, seen: Range): readonly FarEnd[] {
  if (row < seen.start || row >= seen.end) return [];
  const parents: FarEnd[] = [];
  const children: FarEnd[] = [];
  for (const edge of edges) {
    if (edge.style === 'missing' || (edge.from !== row && edge.to !== row)) continue;
    const up = edge.from === row;
    const other = up ? edge.to : edge.from;
    if (other >= seen.start && other < seen.end) continue;
    const end = {
      row: other,
      side: other < seen.start ? 'above' : 'below',
      distance: Math.abs(other - row),
      more: 0,
    } as const;
    if (up) parents.push({ ...end, role: edge.role === 'merge' ? 'second parent' : 'parent' });
    else children.push({ ...end, role: 'child' });
  }
  const nearest = (['above', 'below'] as const).flatMap((side): FarEnd[] => {
    const here = children.filter((end) => end.side === side).sort((a, b) => a.distance - b.distance);
    const first = here[0];
    return first === undefined ? [] : [{ ...first, more: here.length - 1 }];
  });
  return [...parents, ...nearest];
}
