import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type RefObject,
} from 'react';
import { chooseSecond } from '../../app/compare.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { BranchInfo, GraphRow } from '../../../contract/vek.ts';
import { useCompare } from '../../state/compare.ts';
import { rowHeight as rowsHeight, useSettings } from '../../state/settings.ts';
import { select } from '../../state/selection.ts';
import { openNodeTab } from '../../state/tabs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatDate, type Zone } from '../../ui/format.ts';
import { ContextMenu } from '../../ui/menu/Menu.tsx';
import { TwoCallsBar } from '../compare/runs/TwoCallsBar.tsx';
import { watchBranchDrag } from '../merge/preview/branch-drag.ts';
import { openMergePreview } from '../../state/merge-form.ts';
import { branchOf } from './branch-of.ts';
import { rowAt, type Generation } from './chunks.ts';
import { badgeWidth, columnsOf } from './columns.ts';
import type { Cursor } from './cursor.ts';
import { laneGeometry, laneRoom } from './geometry.ts';
import { GraphCanvas } from './GraphCanvas.tsx';
import { useMarkKeys } from './marks/use-mark-keys.ts';
import { Minimap } from './minimap/Minimap.tsx';
import type { GraphModel } from './model.ts';
import { rowElementId } from './nodes.ts';
import { rowMenu, type RowMenuActions } from './row-menu.ts';
import { Scrollbar } from './Scrollbar.tsx';
import { scrollBy, wheelPixels } from './scroll.ts';
import { scrollByTouch } from './touch.ts';
import { useGraph } from './use-model.ts';
import { mountedRows } from './window.ts';
import { zoomBy } from './zoom/actions.ts';
import { useGraphMode } from './zoom/use-graph-mode.ts';
import { useSelectedRow } from './zoom/use-selected-row.ts';
import { useZoomKeys } from './zoom/use-zoom-keys.ts';
import { drawsRows } from './zoom/zoom.ts';
import { ZoomCanvas } from './zoom/ZoomCanvas.tsx';

type Props = {
  readonly source: string;
  readonly model: GraphModel;
  readonly shown: Generation;
  readonly selected: string | null;
  readonly cursor: Cursor;
  readonly branches: readonly BranchInfo[];
  readonly blocked: string | null;
  readonly failure: Failure | null;
  readonly message: string | null;
  readonly onSay: (text: string) => void;
  readonly menuActions: (call: GraphRow) => RowMenuActions;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
};

/** How far the wheel turns for one step of zoom, in px. */
const ZOOM_WHEEL_PX = 60;

/** The column heads and the rows: one element with the focus, `aria-activedescendant` for the selected row. */
export function GraphGrid(props: Props) {
  const { source, model, shown, selected, cursor, branches, blocked, gridRef } = props;
  const zone = useSettings((settings) => settings.time);
  const marked = useCompare((state) => (state.marked?.source === source ? state.marked.hash : null));
  const rowsPx = useSettings(rowsHeight);
  const minimap = useSettings((settings) => settings.minimap);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [focused, setFocused] = useState(false);
  const { width, height } = size;
  const gridId = useId();
  const mode = useGraphMode(model);
  const drawn = mode === 'drawn';
  const selectedRow = useSelectedRow(source, model, selected);
  // whether the selected call has an element: decided here, so that scrolling does not render the grid
  const active = useGraph(model, ({ scroll }) => {
    const near = selected === null ? null : model.rowOf(selected);
    if (near === null || drawn) return near !== null;
    const { start, end } = mountedRows(scroll);
    return near >= start && near < end;
  });
  useZoomKeys(source, selectedRow, drawn);
  useMarkKeys(source, cursor, selectedRow, props.onSay);

  const rowHeight = useGraph(model, (state) => state.scroll.rowHeight);
  useLayoutEffect(() => {
    if (drawsRows(rowHeight)) model.setRowHeight(rowsPx);
  }, [model, rowHeight, rowsPx]);

  useLayoutEffect(() => {
    const element = gridRef.current;
    if (element === null) return undefined;
    const measure = () => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
      model.setHeight(element.clientHeight);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [gridRef, model]);

  useEffect(() => {
    const element = gridRef.current;
    if (element === null) return undefined;
    let turned = 0;
    const zoom = (event: WheelEvent) => {
      turned += wheelPixels(event.deltaY, event.deltaMode, element.clientHeight);
      const steps = Math.trunc(turned / ZOOM_WHEEL_PX);
      turned -= steps * ZOOM_WHEEL_PX;
      if (steps !== 0) zoomBy(source, -Math.sign(steps), event.clientY - element.getBoundingClientRect().top);
    };
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY === 0) return;
      event.preventDefault();
      if (event.ctrlKey) {
        zoom(event);
        return;
      }
      turned = 0;
      model.setScroll((scroll) =>
        scrollBy(scroll, wheelPixels(event.deltaY, event.deltaMode, scroll.height)),
      );
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    const stopTouch = scrollByTouch(element, (pixels) =>
      model.setScroll((scroll) => scrollBy(scroll, pixels)),
    );
    return () => {
      stopTouch();
      element.removeEventListener('wheel', onWheel);
    };
  }, [gridRef, model, source]);

  const geometry = useMemo(
    () => laneGeometry(shown.lanes, laneRoom(width, shown.lanes), rowsPx),
    [shown.lanes, width, rowsPx],
  );
  const callAt = (target: EventTarget): GraphRow | null => {
    const hash = target instanceof Element ? target.closest('[data-hash]')?.getAttribute('data-hash') : null;
    const row = hash === null || hash === undefined ? null : model.rowOf(hash);
    return row === null ? null : model.at(row);
  };
  const pick = (target: EventTarget): void => {
    const call = callAt(target);
    if (call !== null) select(source, call.hash);
  };
  /** A branch on its badge is dragged onto another one to merge it there. */
  const drag = (press: PointerEvent): void => {
    const badge =
      press.target instanceof Element ? press.target.closest('.g-badge-head, [data-branch]') : null;
    const named = badge?.matches('[data-branch]') === true ? badge : badge?.querySelector('[data-branch]');
    const from = named?.getAttribute('data-branch');
    const colour = branches.find(({ name }) => name === from)?.colour ?? 1;
    if (from === null || from === undefined) return;
    watchBranchDrag(press, {
      source,
      name: from,
      colour,
      onDrop: (into) => openMergePreview(source, { into, from }),
      scroll: (pixels) => model.setScroll((scroll) => scrollBy(scroll, pixels)),
    });
  };
  const menuCall = useRef<GraphRow | null>(null);
  const entries = () => {
    const call = menuCall.current ?? cursor.current();
    return call === null
      ? []
      : rowMenu(source, call, blocked, props.menuActions(call), branchOf(call, model, branches));
  };

  const scale = useSettings((settings) => settings.uiSize) / 13;
  const columns = columnsOf(width, geometry.width, scale);
  const style = {
    '--g-bar': minimap ? '44px' : '12px',
    '--g-lanes': `${geometry.width}px`,
    '--g-tool': `${columns.tool}px`,
    '--g-hash': `${columns.hash}px`,
    '--g-cost': `${columns.cost}px`,
    '--g-time': `${columns.time}px`,
    '--g-out': `${Math.max(110, Math.round(columns.call * 0.42))}px`,
    '--g-badge': `${badgeWidth(columns.call)}px`,
  } as CSSProperties;

  return (
    <div
      className="g-body"
      style={style}
      {...(columns.tool < 40 * scale ? { 'data-tool': 'icon' } : {})}
      data-width={width < 520 ? 'narrow' : width < 660 ? 'medium' : 'wide'}
    >
      <div className="g-head" aria-hidden="true" data-drawn={drawn || undefined}>
        <span className="g-head-lanes">Lanes</span>
        {!drawn && <span className="g-head-tool">Tool</span>}
        <span className="g-head-call">{drawn ? '' : 'Call'}</span>
        {!drawn && columns.hash > 0 && <span className="g-hash">Hash</span>}
        {!drawn && columns.cost > 0 && <span className="g-cost">Cost</span>}
        <TopDay model={model} zone={zone} />
      </div>
      <div className="g-main" {...(drawn ? { 'data-key-scope': 'graph-rows' } : {})}>
        <ContextMenu entries={entries} className="g-area">
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are in use-graph-keys.ts, in the window's registry */}
          <div
            ref={gridRef}
            id={gridId}
            className="g-grid"
            role="grid"
            tabIndex={0}
            aria-label="Calls, newest first"
            {...(drawn
              ? { 'aria-description': 'Drawn small. Enter shows the rows at the selected call.' }
              : {})}
            aria-rowcount={shown.total}
            aria-readonly="true"
            data-key-scope={drawn ? 'graph-drawn' : 'graph-rows'}
            data-key-default=""
            {...(active && selected !== null ? { 'aria-activedescendant': rowElementId(selected) } : {})}
            data-branches={source}
            onPointerDown={(event) => drag(event.nativeEvent)}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
            onClick={(event) => {
              const call = event.ctrlKey || event.metaKey ? callAt(event.target) : null;
              if (call !== null) chooseSecond(source, selected, call.hash);
              pick(event.target);
            }}
            onContextMenu={(event) => {
              menuCall.current = callAt(event.target);
              pick(event.target);
            }}
            onDoubleClick={(event) => {
              const call = callAt(event.target);
              if (call !== null) openNodeTab(source, call.hash, call.tool);
            }}
          >
            {drawn ? (
              <ZoomCanvas
                source={source}
                model={model}
                width={width}
                height={height}
                lanes={shown.lanes}
                selected={selected}
                selectedRow={selectedRow}
                focused={focused}
                branches={branches}
                zone={zone}
              />
            ) : (
              <GraphCanvas
                model={model}
                width={width}
                room={columns.call / scale}
                tool={columns.tool / scale}
                geometry={geometry}
                selected={selected}
                marked={marked}
                zone={zone}
              />
            )}
          </div>
          {props.children}
        </ContextMenu>
        {minimap ? (
          <Minimap
            source={source}
            model={model}
            controls={gridId}
            branches={branches}
            selectedRow={selectedRow}
            zone={zone}
          />
        ) : (
          <Scrollbar model={model} controls={gridId} />
        )}
      </div>
      <TwoCallsBar source={source} selected={selected} />
      {props.message !== null && <p className="g-note">{props.message}</p>}
      {props.failure !== null && (
        <output className="g-note g-note-bad">
          <span>
            {props.failure.message} {props.failure.hint}
          </span>
          <Button size="small" onClick={model.refresh}>
            Read again
          </Button>
        </output>
      )}
    </div>
  );
}

/** The day of the first row in sight heads the times. */
function TopDay({ model, zone }: { readonly model: GraphModel; readonly zone: Zone }) {
  const micros = useGraph(model, ({ shown, scroll }) => {
    const call = shown === null ? null : rowAt(shown, Math.floor(scroll.offset / scroll.rowHeight));
    return call?.timeMicros ?? null;
  });
  return (
    <span className="g-time" title="Time; the day of the first row in sight">
      {micros === null ? 'Time' : formatDate(micros, zone)}
    </span>
  );
}
