import { ReactFlow, ReactFlowProvider, useStoreApi, ViewportPortal, type NodeTypes } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Zone } from '../../ui/format.ts';
import { CallRow } from './CallRow.tsx';
import { edgesIn, rowAt } from './chunks.ts';
import type { RowLanes } from './geometry.ts';
import { LaneLayer } from './LaneLayer.tsx';
import type { GraphModel } from './model.ts';
import { createNodeBuilder, rowElementId } from './nodes.ts';
import { HoverLines } from './HoverLines.tsx';
import { edgePaths, markPaths, ownPaths } from './paths.ts';
import { mountedRows, mountedSlots, originRow, sameRange } from './window.ts';
import { useGraph } from './use-model.ts';

const NODE_TYPES: NodeTypes = { call: CallRow };
const NO_EDGES: never[] = [];
const NO_FOLDS: ReadonlySet<number> = new Set();
const PRO = { hideAttribution: true };
/** Elements stand in the order of their slots. Once scrolling rests this long in ms, a reader hears them in that of the rows. */
const ORDER_AFTER_MS = 200;

type Props = {
  readonly model: GraphModel;
  readonly width: number;
  readonly room: number;
  readonly tool: number;
  readonly geometry: RowLanes;
  readonly selected: string | null;
  readonly marked: string | null;
  readonly zone: Zone;
};

/** The mounted rows on xyflow. The viewport moves up and down only, and never by React: see `Follow`. */
export function GraphCanvas(props: Props) {
  const { model, width, room, tool, geometry, selected, marked, zone } = props;
  const shown = useGraph(model, (state) => state.shown);
  const range = useGraph(model, (state) => mountedRows(state.scroll), sameRange);
  const slots = useGraph(model, ({ scroll }) => mountedSlots(scroll));
  const origin = originRow(range);
  const { rowHeight } = geometry;
  const [build] = useState(createNodeBuilder);

  const nodes = useMemo(
    () =>
      shown === null || width === 0
        ? []
        : build({ shown, range, origin, slots, width, rowHeight, room, tool, selected, marked, zone }),
    [build, shown, range, origin, slots, width, rowHeight, room, tool, selected, marked, zone],
  );

  const { paths, folds } = useMemo(() => {
    if (shown === null) return { paths: [], folds: NO_FOLDS };
    const rows = [];
    for (let row = range.start; row < range.end; row += 1) {
      const call = rowAt(shown, row);
      if (call !== null) rows.push(call);
    }
    const folded = new Set(rows.filter((call) => call.fold !== null).map((call) => call.row));
    const edges = edgesIn(shown, range);
    const own = rows.find((call) => call.hash === selected)?.row ?? -1;
    const lines = [
      ...edgePaths(edges, range, origin, geometry, folded),
      ...ownPaths(edges, own, range, origin, geometry, folded),
      ...markPaths(rows, origin, geometry),
    ];
    return { paths: lines, folds: folded };
  }, [shown, range, origin, geometry, selected]);

  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      const ids = nodes
        .toSorted((a, b) => a.position.y - b.position.y)
        .flatMap(({ data }) => (data.call === null ? [] : [rowElementId(data.call.hash)]));
      root.current?.setAttribute('aria-owns', ids.join(' '));
    }, ORDER_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [nodes]);

  const takeRole = useCallback((element: HTMLDivElement | null) => {
    // xyflow calls itself an application, which would cut the rows off from the grid around it
    element?.setAttribute('role', 'rowgroup');
    root.current = element;
  }, []);

  return (
    <ReactFlowProvider>
      <ReactFlow
        ref={takeRole}
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        panOnDrag={false}
        panOnScroll={false}
        zoomOnScroll={false}
        zoomOnPinch={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode={null}
        minZoom={1}
        maxZoom={1}
        proOptions={PRO}
      >
        <ViewportPortal>
          {shown !== null && (
            <HoverLines shown={shown} range={range} origin={origin} geometry={geometry} folds={folds} />
          )}
          <LaneLayer paths={paths} width={geometry.width} />
        </ViewportPortal>
        <Follow model={model} />
      </ReactFlow>
    </ReactFlowProvider>
  );
}

/**
 * Moves xyflow's viewport with the model's position, without a render of the rows. Not by its store, which would ask
 * every row at every frame whether it changed.
 */
function Follow({ model }: { readonly model: GraphModel }) {
  const store = useStoreApi();
  const follow = useCallback(() => {
    const { scroll } = model.get();
    const y = Math.round(originRow(mountedRows(scroll)) * scroll.rowHeight - scroll.offset);
    const viewport = store.getState().domNode?.querySelector<HTMLElement>('.react-flow__viewport');
    if (viewport !== null && viewport !== undefined) viewport.style.transform = `translate(0px, ${y}px)`;
  }, [model, store]);
  useLayoutEffect(follow);
  useEffect(() => {
    follow();
    return model.subscribe(follow);
  }, [model, follow]);
  return null;
}
