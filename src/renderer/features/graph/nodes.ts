import { formatSpan, type Zone } from '../../ui/format.ts';
import type { CallData, RowNode } from './CallRow.tsx';
import { edgesIn, rowAt, type Generation } from './chunks.ts';
import { daysDiffer, rowName } from './row-text.ts';
import type { Range } from './window.ts';

export type NodeInput = {
  readonly shown: Generation;
  readonly range: Range;
  readonly origin: number;
  /** see `mountedSlots` */
  readonly slots: number;
  readonly width: number;
  readonly rowHeight: number;
  /** width of the call and of the tool column in px at the normal size of text */
  readonly room: number;
  readonly tool: number;
  readonly selected: string | null;
  /** the call that was marked to compare others with it */
  readonly marked: string | null;
  readonly zone: Zone;
};

/** The id of a row's element, for `aria-activedescendant`. */
export const rowElementId = (hash: string): string => `call-${hash}`;

const CLICKABLE = { pointerEvents: 'auto' } as const;

/**
 * Makes the nodes of the mounted rows, in the order of their slots. A node that says the same as the time before is
 * that very object, so that React and xyflow leave its element alone; a row that comes takes over the elements of
 * one that went, which costs half of making new ones.
 */
export function createNodeBuilder(): (input: NodeInput) => RowNode[] {
  let last: ReadonlyMap<string, RowNode> = new Map();
  return (input) => {
    const { byHash, nodes } = buildNodes(input, last);
    last = byHash;
    return nodes;
  };
}

function buildNodes(input: NodeInput, before: ReadonlyMap<string, RowNode>) {
  const { shown, range } = input;
  const byHash = new Map<string, RowNode>();
  const slots: (RowNode | undefined)[] = Array.from({ length: input.slots });
  let above = range.start > 0 ? rowAt(shown, range.start - 1) : null;
  for (let row = range.start; row < range.end; row += 1) {
    const call = rowAt(shown, row);
    const y = (row - input.origin) * input.rowHeight;
    const slot = row % input.slots;
    const id = `row-${slot}`;
    if (call === null) slots[slot] = waitingNode(input, id, row, y);
    else {
      const data = {
        call,
        newDay: daysDiffer(above, call, input.zone),
        zone: input.zone,
        room: input.room,
        tool: input.tool,
        far: call.isMerge ? farMerge(shown, row) : null,
      };
      const old = before.get(call.hash);
      const kept = old !== undefined && old.data.call !== null && sameData(old.data, data) ? old.data : null;
      const looks = looksOf(input, call.hash);
      const node =
        old !== undefined && kept !== null && old.id === id && samePlace(old, input, y, looks)
          ? old
          : callNode(input, kept ?? data, id, row, y, looks, kept === null ? undefined : old?.ariaLabel);
      slots[slot] = node;
      byHash.set(call.hash, node);
    }
    above = call;
  }
  return { byHash, nodes: slots.filter((node) => node !== undefined) };
}

function samePlace(node: RowNode, input: NodeInput, y: number, looks: string): boolean {
  return (
    node.position.y === y &&
    node.width === input.width &&
    node.height === input.rowHeight &&
    node.className === looks
  );
}

function waitingNode(input: NodeInput, id: string, row: number, y: number): RowNode {
  return { ...placed(input, id, y), className: 'g-waiting', data: { call: null, seed: row } };
}

/** Where a row stands. With its size and its handles told, xyflow neither measures it nor renders it a second time. */
function placed({ width, rowHeight: height }: NodeInput, id: string, y: number) {
  const size = { width, height };
  return { id, type: 'call', position: { x: 0, y }, ...size, measured: size, handles: NO_HANDLES } as const;
}
const NO_HANDLES: [] = [];

/** A row that only moved keeps its data, and with it its rendered cells, and its name. */
function callNode(
  input: NodeInput,
  data: CallData,
  id: string,
  row: number,
  y: number,
  looks: string,
  name: string | undefined,
): RowNode {
  const { call } = data;
  const attributes = {
    id: rowElementId(call.hash),
    'data-hash': call.hash,
    'aria-roledescription': call.fold === null ? 'call' : 'folded calls',
    'aria-rowindex': row + 1,
    'aria-selected': call.hash === input.selected,
    ...(call.hash === input.marked ? { 'aria-description': 'marked to compare' } : {}),
    ...(call.idleMicros === null ? {} : { 'data-idle': `${formatSpan(call.idleMicros)} idle` }),
  };
  return {
    ...placed(input, id, y),
    ariaRole: 'row',
    ariaLabel: name ?? rowName(call, input.zone, data.far),
    className: looks,
    style: CLICKABLE,
    domAttributes: attributes,
    data,
  };
}

const looksOf = ({ selected, marked }: NodeInput, hash: string): string =>
  [hash === selected ? 'g-selected' : '', hash === marked ? 'g-marked' : ''].filter(Boolean).join(' ');

function sameData(a: CallData, b: CallData): boolean {
  return (
    a.call === b.call &&
    a.newDay === b.newDay &&
    a.zone === b.zone &&
    a.room === b.room &&
    a.tool === b.tool &&
    a.far === b.far
  );
}

/** A second parent that is more than this many rows away is named, since its line can't be followed by eye. */
const FAR_ROWS = 40;

function farMerge(shown: Generation, row: number): number | null {
  const line = edgesIn(shown, { start: row, end: row + 1 }).find(
    (edge) => edge.from === row && edge.role === 'merge' && edge.style !== 'missing',
  );
  return line === undefined || Math.abs(line.to - row) <= FAR_ROWS ? null : line.to - row;
}
