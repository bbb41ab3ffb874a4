/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold a drawn graph */
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  type MouseEvent,
  useSyncExternalStore,
} from 'react';
import type { BranchInfo, GraphRow } from '../../../../contract/vek.ts';
import { select } from '../../../state/selection.ts';
import type { Zone } from '../../../ui/format.ts';
import type { GraphModel } from '../model.ts';
import { rowElementId } from '../nodes.ts';
import { rowName } from '../row-text.ts';
import { useGraph } from '../use-model.ts';
import { showRowsAt } from './actions.ts';
import { hitAt } from './hit.ts';
import { canvasLanes } from './lanes.ts';
import { paintGraph } from './paint.ts';
import { onPaletteChange, readPalette } from './palette.ts';
import { createPicker } from './pick.ts';
import { scaleOf, tilesOf, wholeOf } from './sources.ts';
import { forgetTexts } from './text.ts';
import { tilesAround } from './tile-id.ts';
import { useHover } from './use-hover.ts';
import { useWhole } from './use-whole.ts';
import './zoom.css';

type Props = {
  readonly source: string;
  readonly model: GraphModel;
  readonly width: number;
  readonly height: number;
  readonly lanes: number;
  readonly selected: string | null;
  readonly selectedRow: number | null;
  readonly focused: boolean;
  readonly branches: readonly BranchInfo[];
  readonly zone: Zone;
};

/** How much of the width lanes may take. */
const LANE_SHARE = 0.55;

/**
 * The graph drawn small: lanes, dots, names of refs and times, on one canvas that is drawn again only when something
 * changed. The selected call is a row for screen readers.
 */
export function ZoomCanvas(props: Props) {
  const { source, model, width, height, selected, selectedRow, focused, branches, zone } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const tiles = tilesOf(source);
  const whole = useWhole(source, model, height);
  const lanes = Math.max(whole?.strip.laneCount ?? 1, props.lanes);
  const call = useGraph(model, () => (selectedRow === null ? null : model.at(selectedRow)));
  const colours = useMemo(() => new Map(branches.map(({ name, colour }) => [name, colour])), [branches]);

  useEffect(() => {
    if (selectedRow !== null && call === null) model.want(selectedRow);
  }, [model, selectedRow, call]);

  const geometryNow = useCallback(
    () => canvasLanes(lanes, width * LANE_SHARE, model.get().scroll.rowHeight),
    [lanes, width, model],
  );

  const paint = useCallback(() => {
    const element = canvas.current;
    const context = element?.getContext('2d') ?? null;
    const { scroll, shown } = model.get();
    if (element === null || context === null || shown === null || width === 0) return;
    const ratio = window.devicePixelRatio;
    const size = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    if (element.width !== size.width || element.height !== size.height) Object.assign(element, size);
    const known = [...wholeOf(source).all(), ...tiles.all()].filter((tile) => tile.key === shown.key);
    // another view of which nothing is known yet: the last picture stays
    if (known.length === 0) return;
    paintGraph(context, {
      scroll,
      width,
      ratio,
      geometry: geometryNow(),
      tile: tiles.get,
      all: () => known,
      palette: readPalette(),
      zone,
      selected: selectedRow === null ? null : { row: selectedRow, call },
      focused,
      call: model.at,
      branchColour: (name) => colours.get(name) ?? 0,
    });
  }, [source, model, tiles, width, height, geometryNow, zone, selectedRow, call, focused, colours]);

  const latest = useRef(paint);
  const frame = useRef(0);
  const paintSoon = useCallback(() => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      latest.current();
    });
  }, []);
  useLayoutEffect(() => {
    latest.current = paint;
    paint();
  }, [paint]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  useEffect(() => {
    const read = () => {
      const { shown, view, scroll } = model.get();
      if (shown === null) return;
      const { key, revision, total } = shown;
      tiles.want({ view, key, revision, total }, tilesAround(scroll));
    };
    const onModel = () => {
      read();
      paintSoon();
    };
    onModel();
    const stops = [
      model.subscribe(onModel),
      tiles.subscribe(paintSoon),
      wholeOf(source).subscribe(paintSoon),
      onPaletteChange(() => {
        forgetTexts();
        paintSoon();
      }),
    ];
    window.addEventListener('resize', paintSoon);
    return () => {
      for (const stop of stops) stop();
      window.removeEventListener('resize', paintSoon);
    };
  }, [source, model, tiles, paintSoon]);

  const failure = useSyncExternalStore(tiles.subscribe, tiles.failure);
  const { label, onPointerMove, onPointerLeave } = useHover({ model, tiles, geometry: geometryNow, zone });
  const picker = useMemo(() => createPicker(source, model, scaleOf(source)), [source, model]);
  useEffect(() => picker.stop, [picker]);
  const hitOf = (event: MouseEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    return hitAt(point, model.get().scroll, geometryNow(), tiles.get);
  };
  const click = (event: MouseEvent<HTMLCanvasElement>) => {
    const hit = hitOf(event);
    if (hit !== null) void picker.pick(hit);
  };
  const doubleClick = async (event: MouseEvent<HTMLCanvasElement>) => {
    const hit = hitOf(event);
    const picked = hit === null ? null : await picker.pick(hit);
    if (picked !== null) showRowsAt(source, picked.row);
  };
  /** The menu is about the call under the pointer, so it comes once that call is known. */
  const menu = async (event: MouseEvent<HTMLCanvasElement>) => {
    const hit = hitOf(event);
    if (hit === null) return;
    const known = picker.known(hit);
    if (known !== null) {
      select(source, known.hash);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { currentTarget, clientX, clientY } = event;
    const picked = await picker.pick(hit);
    const again = { bubbles: true, cancelable: true, button: 2, clientX, clientY };
    if (picked !== null) currentTarget.dispatchEvent(new window.MouseEvent('contextmenu', again));
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the grid around it */}
      <canvas
        ref={canvas}
        className="g-zoom"
        style={{ width, height }}
        aria-hidden="true"
        onPointerMove={onPointerMove}
        onPointerLeave={onPointerLeave}
        onClick={click}
        onDoubleClick={(event) => void doubleClick(event)}
        onContextMenu={(event) => void menu(event)}
      />
      <div ref={label} className="g-zoom-hover" aria-hidden="true" hidden />
      {failure !== null && (
        <p className="g-note g-note-bad">
          {failure.message} {failure.hint} It is tried again.
        </p>
      )}
      {selected !== null && call !== null && selectedRow !== null && (
        <SelectedCall call={call} row={selectedRow} zone={zone} />
      )}
    </>
  );
}

/** The selected call as the grid's one row, for screen readers. */
function SelectedCall({
  call,
  row,
  zone,
}: {
  readonly call: GraphRow;
  readonly row: number;
  readonly zone: Zone;
}) {
  const name = rowName(call, zone);
  return (
    <div
      role="row"
      id={rowElementId(call.hash)}
      className="visually-hidden"
      tabIndex={-1}
      aria-roledescription="call"
      aria-label={name}
      aria-rowindex={row + 1}
      aria-selected="true"
    >
      <span role="gridcell">{name}</span>
    </div>
  );
}
