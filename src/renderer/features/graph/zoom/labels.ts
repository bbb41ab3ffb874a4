import type { StripMark } from '../../../../contract/scale.ts';

/** The name of a ref beside the graph. Rows and pixels count from the top of what is labelled. */
export type Label = {
  readonly mark: StripMark;
  /** the row in the whole view */
  readonly row: number;
  /** the middle of the call, and of the text */
  readonly at: number;
  readonly y: number;
};

/** Height that a label takes, and how far it may stand from its call. */
export const LABEL_PX = 16;
const MOVE_PX = 24;

const RANK = { head: 0, branch: 1, tag: 2, checkpoint: 3, failed: 4, damaged: 4 } as const;

/**
 * Places for the names of refs, so that none covers another: HEAD first, then branches, tags and checkpoints; one
 * that finds its place taken moves a little up or down, or is left out. `yOf` is the middle of a row.
 */
export function placeLabels(
  marks: readonly StripMark[],
  yOf: (row: number) => number,
  height: number,
): readonly Label[] {
  const placed: Label[] = [];
  const slots = new Set<number>();
  const free = (slot: number): boolean =>
    slot >= 0 && (slot + 1) * LABEL_PX <= Math.max(LABEL_PX, height) && !slots.has(slot);
  const ranked = marks.toSorted((a, b) => RANK[a.kind] - RANK[b.kind] || a.row - b.row);
  for (const mark of ranked) {
    const at = yOf(mark.row);
    const own = Math.floor(at / LABEL_PX);
    const slot = [own, own + 1, own - 1].find(
      (other) => free(other) && Math.abs((other + 0.5) * LABEL_PX - at) <= MOVE_PX,
    );
    if (slot === undefined) continue;
    slots.add(slot);
    placed.push({ mark, row: mark.row, at, y: (slot + 0.5) * LABEL_PX });
  }
  return placed.sort((a, b) => a.y - b.y);
}

/** Rows between two times at the edge: a power of two, so that they stay where they are while scrolling and zooming. */
export function timeEvery(rowHeight: number): number {
  let rows = 1;
  while (rows * rowHeight < 64) rows *= 2;
  return rows;
}
