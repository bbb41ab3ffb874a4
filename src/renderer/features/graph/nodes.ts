import type { GraphRow } from '../../../contract/vek.ts';
import type { Zone } from '../../ui/format.ts';
import type { CallNode, SkeletonNode } from './CallRow.tsx';
import { rowAt, type Generation } from './chunks.ts';
import { ROW_HEIGHT } from './geometry.ts';
import { daysDiffer, rowName } from './row-text.ts';
import type { Range } from './window.ts';

export type RowNode = CallNode | SkeletonNode;

export type NodeInput = {
  readonly shown: Generation;
  readonly range: Range;
  readonly origin: number;
  readonly width: number;
  /** width of the call column in px */
  readonly room: number;
  readonly selected: string | null;
  readonly zone: Zone;
};

/** The id of a row's element, for `aria-activedescendant`. */
export const rowElementId = (hash: string): string => `call-${hash}`;

const CLICKABLE = { pointerEvents: 'auto' } as const;

/**
 * Makes the nodes of the mounted rows. A node that says the same as the time before is that very object, so that
 * React and xyflow leave its element alone.
 */
export function createNodeBuilder(): (input: NodeInput) => RowNode[] {
  let last: ReadonlyMap<string, RowNode> = new Map();
  return (input) => {
    last = buildNodes(input, last);
    return [...last.values()];
  };
}

function buildNodes(input: NodeInput, before: ReadonlyMap<string, RowNode>): Map<string, RowNode> {
  const { shown, range } = input;
  const nodes = new Map<string, RowNode>();
  let above = range.start > 0 ? rowAt(shown, range.start - 1) : null;
  for (let row = range.start; row < range.end; row += 1) {
    const call = rowAt(shown, row);
    const y = (row - input.origin) * ROW_HEIGHT;
    if (call === null) {
      const id = `skeleton-${row}`;
      nodes.set(id, {
        id,
        type: 'skeleton',
        position: { x: 0, y },
        width: input.width,
        height: ROW_HEIGHT,
        data: { seed: row },
      });
    } else {
      const next = callNode(input, call, row, y, daysDiffer(above, call, input.zone));
      const old = before.get(call.hash);
      nodes.set(call.hash, old?.type === 'call' && sameNode(old, next) ? old : keepData(old, next));
    }
    above = call;
  }
  return nodes;
}

function callNode(input: NodeInput, call: GraphRow, row: number, y: number, newDay: boolean): CallNode {
  const selected = call.hash === input.selected;
  const attributes = {
    id: rowElementId(call.hash),
    'aria-roledescription': 'call',
    'aria-rowindex': row + 1,
    'aria-selected': selected,
  };
  return {
    id: call.hash,
    type: 'call',
    position: { x: 0, y },
    width: input.width,
    height: ROW_HEIGHT,
    ariaRole: 'row',
    ariaLabel: rowName(call, input.zone),
    className: selected ? 'g-selected' : '',
    style: CLICKABLE,
    domAttributes: attributes,
    data: { call, newDay, zone: input.zone, room: input.room },
  };
}

function sameNode(a: CallNode, b: CallNode): boolean {
  return (
    sameData(a, b) &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.className === b.className &&
    a.domAttributes?.['aria-rowindex'] === b.domAttributes?.['aria-rowindex']
  );
}

/** A row that only moved keeps its data, and with it its rendered cells. */
function keepData(old: RowNode | undefined, next: CallNode): CallNode {
  return old?.type === 'call' && sameData(old, next) ? { ...next, data: old.data } : next;
}

function sameData(a: CallNode, b: CallNode): boolean {
  return (
    a.data.call === b.data.call &&
    a.data.newDay === b.data.newDay &&
    a.data.zone === b.data.zone &&
    a.data.room === b.data.room
  );
}
