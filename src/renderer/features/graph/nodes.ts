import { formatSpan, type Zone } from '../../ui/format.ts';
import type { CallNode, SkeletonNode } from './CallRow.tsx';
import { rowAt, type Generation } from './chunks.ts';
import { daysDiffer, rowName } from './row-text.ts';
import type { Range } from './window.ts';

export type RowNode = CallNode | SkeletonNode;

export type NodeInput = {
  readonly shown: Generation;
  readonly range: Range;
  readonly origin: number;
  readonly width: number;
  readonly rowHeight: number;
  /** width of the call and of the tool column in px at the normal size of text */
  readonly room: number;
  readonly tool: number;
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
    const y = (row - input.origin) * input.rowHeight;
    if (call === null) {
      const id = `skeleton-${row}`;
      nodes.set(id, {
        id,
        type: 'skeleton',
        position: { x: 0, y },
        width: input.width,
        height: input.rowHeight,
        data: { seed: row },
      });
    } else {
      const data = {
        call,
        newDay: daysDiffer(above, call, input.zone),
        zone: input.zone,
        room: input.room,
        tool: input.tool,
      };
      const old = before.get(call.hash);
      const kept = old?.type === 'call' && sameData(old.data, data) ? old : null;
      const selected = call.hash === input.selected;
      const same =
        kept !== null &&
        kept.position.y === y &&
        kept.width === input.width &&
        kept.height === input.rowHeight &&
        isSelected(kept) === selected;
      nodes.set(
        call.hash,
        same ? kept : callNode(input, kept?.data ?? data, row, y, selected, kept?.ariaLabel),
      );
    }
    above = call;
  }
  return nodes;
}

/** A row that only moved keeps its data, and with it its rendered cells, and its name. */
function callNode(
  input: NodeInput,
  data: CallNode['data'],
  row: number,
  y: number,
  selected: boolean,
  name: string | undefined,
): CallNode {
  const { call } = data;
  const attributes = {
    id: rowElementId(call.hash),
    'aria-roledescription': call.fold === null ? 'call' : 'folded calls',
    'aria-rowindex': row + 1,
    'aria-selected': selected,
    ...(call.fold === null ? {} : { 'aria-expanded': false }),
    ...(call.idleMicros === null ? {} : { 'data-idle': `${formatSpan(call.idleMicros)} idle` }),
  };
  return {
    id: call.hash,
    type: 'call',
    position: { x: 0, y },
    width: input.width,
    height: input.rowHeight,
    ariaRole: 'row',
    ariaLabel: name ?? rowName(call, input.zone),
    className: selected ? SELECTED : '',
    style: CLICKABLE,
    domAttributes: attributes,
    data,
  };
}

const SELECTED = 'g-selected';
const isSelected = (node: CallNode): boolean => node.className === SELECTED;

function sameData(a: CallNode['data'], b: CallNode['data']): boolean {
  return (
    a.call === b.call && a.newDay === b.newDay && a.zone === b.zone && a.room === b.room && a.tool === b.tool
  );
}
