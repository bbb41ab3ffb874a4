import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  useSyncExternalStore,
} from 'react';
import type { BranchInfo } from '../../../../contract/vek.ts';
import { formatCount, formatDateTime, type Zone } from '../../../ui/format.ts';
import { clamp } from '../geometry.ts';
import type { GraphModel } from '../model.ts';
import { describeScroll } from '../scroll-words.ts';
import { pageRows, scrollBy, scrollTo, wheelPixels, type Scroll } from '../scroll.ts';
import { useGraph } from '../use-model.ts';
import { onPaletteChange, readPalette } from '../zoom/palette.ts';
import { wholeOf } from '../zoom/sources.ts';
import { useWhole } from '../zoom/use-whole.ts';
import { Legend } from './Legend.tsx';
import { MAP_WIDTH, mapHeight } from './map-marks.ts';
import { jumpOnMap, rowOnMap, scrollToMap, windowOnMap } from './map-place.ts';
import './minimap.css';
import { paintMap } from './paint-map.ts';
import { useLegend } from './use-legend.ts';

type Props = {
  readonly source: string;
  readonly model: GraphModel;
  /** the id of the grid whose place it shows */
  readonly controls: string;
  readonly branches: readonly BranchInfo[];
  readonly selectedRow: number | null;
  readonly zone: Zone;
};

/**
 * The whole view in 44 px: lanes by density, marks, and the window of rows, which can be dragged. To a screen reader
 * and to the keyboard it is the scrollbar of the rows.
 */
export function Minimap({ source, model, controls, branches, selectedRow, zone }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const [tip, setTip] = useState<{ readonly y: number; readonly text: string } | null>(null);
  const height = useGraph(model, ({ scroll }) => scroll.height);
  const whole = useWhole(source, model, height);
  const tiles = wholeOf(source);
  const failure = useSyncExternalStore(tiles.subscribe, tiles.failure);
  const colours = useMemo(() => new Map(branches.map(({ name, colour }) => [name, colour])), [branches]);
  const legend = useLegend();
  const legendId = useId();

  useLayoutEffect(() => {
    const paint = () => {
      const element = canvas.current;
      if (element === null || whole === null) return;
      paintMap(element, {
        strip: whole.strip,
        height,
        ratio: window.devicePixelRatio,
        palette: readPalette(),
        branchColour: (name) => colours.get(name) ?? 0,
      });
    };
    paint();
    window.addEventListener('resize', paint);
    const stop = onPaletteChange(paint);
    return () => {
      stop();
      window.removeEventListener('resize', paint);
    };
  }, [whole, height, colours]);

  // the window follows the rows without a render
  useLayoutEffect(() => {
    const follow = () => {
      const { scroll } = model.get();
      const { top, size } = windowOnMap(scroll);
      if (pane.current !== null) {
        pane.current.style.transform = `translateY(${top}px)`;
        pane.current.style.height = `${size}px`;
      }
      describeScroll(bar.current, scroll);
    };
    follow();
    return model.subscribe(follow);
  }, [model]);

  useEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      model.setScroll((scroll) =>
        scrollBy(scroll, wheelPixels(event.deltaY, event.deltaMode, scroll.height)),
      );
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [model]);

  const grip = useRef<number | null>(null);
  const press = (event: React.PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const y = yOf(event);
    const before = windowOnMap(model.get().scroll);
    if (y < before.top || y > before.top + before.size) model.setScroll((scroll) => jumpOnMap(scroll, y));
    grip.current = y - windowOnMap(model.get().scroll).top;
    event.currentTarget.setPointerCapture(event.pointerId);
    legend.hide();
  };
  const move = (event: React.PointerEvent<HTMLDivElement>) => {
    const y = yOf(event);
    const held = grip.current;
    if (held !== null) model.setScroll((scroll) => scrollToMap(scroll, y - held));
    const { scroll } = model.get();
    const row = rowOnMap(scroll, y);
    const micros = whole === null ? null : timeAt(whole.strip.times, row / Math.max(1, whole.strip.total));
    const time = micros === null ? '' : `, ${formatDateTime(micros, zone)}`;
    const inside = y >= 0 && y <= mapHeight(scroll.total, scroll.height);
    setTip(inside ? { y, text: `Call ${formatCount(row + 1)}${time}` } : null);
  };
  const release = () => {
    grip.current = null;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const to = keyMove(event.key);
    if (event.key === 'Escape' && legend.open) legend.hide();
    else if (to !== null && !event.ctrlKey && !event.altKey && !event.metaKey) model.setScroll(to);
    else return;
    event.preventDefault();
  };

  const { scroll } = model.get();
  const mark =
    selectedRow === null || scroll.total === 0
      ? null
      : ((selectedRow + 0.5) / scroll.total) * mapHeight(scroll.total, height);
  return (
    <div className="g-map-area" style={{ width: MAP_WIDTH }}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- there is no element for a scrollbar */}
      <div
        ref={bar}
        className="g-map"
        role="scrollbar"
        tabIndex={0}
        aria-label="Map of the graph"
        aria-controls={controls}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuenow={0}
        aria-describedby={legendId}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => event.preventDefault()}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={release}
        onPointerEnter={legend.soon}
        onPointerLeave={() => {
          setTip(null);
          legend.leave();
        }}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) legend.show();
        }}
        onBlur={legend.leave}
      >
        <canvas ref={canvas} className="g-map-picture" style={{ width: MAP_WIDTH, height }} aria-hidden />
        {mark !== null && <div className="g-map-selected" style={{ transform: `translateY(${mark}px)` }} />}
        <div ref={pane} className="g-map-window" />
      </div>
      {tip !== null && (
        <div
          className="g-map-tip"
          style={{ top: clamp(tip.y - 10, 0, Math.max(0, height - 20)) }}
          aria-hidden
        >
          {tip.text}
        </div>
      )}
      {(whole !== null || failure !== null) && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hovering keeps it open; its button has its own keys
        <div
          id={legendId}
          className="g-legend"
          hidden={!legend.open}
          data-surface="raised"
          onPointerEnter={legend.show}
          onPointerLeave={legend.leave}
          onFocus={legend.show}
          onBlur={legend.leave}
        >
          {failure !== null && (
            <p className="g-legend-bad">
              {failure.message} {failure.hint}
            </p>
          )}
          {whole !== null && <Legend source={source} strip={whole.strip} headColour={headColour(branches)} />}
        </div>
      )}
    </div>
  );
}

const yOf = (event: React.PointerEvent<HTMLDivElement>): number =>
  event.clientY - event.currentTarget.getBoundingClientRect().top;

const headColour = (branches: readonly BranchInfo[]): number =>
  branches.find((branch) => branch.current)?.colour ?? 1;

function timeAt(times: readonly (number | null)[], part: number): number | null {
  return times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? null;
}

const page = (scroll: Scroll): number => pageRows(scroll) * scroll.rowHeight;

/** Where a key leads from the scrollbar; null for keys that are not its own. */
function keyMove(key: string): ((scroll: Scroll) => Scroll) | null {
  switch (key) {
    case 'ArrowDown':
      return (scroll) => scrollBy(scroll, Math.max(28, scroll.rowHeight));
    case 'ArrowUp':
      return (scroll) => scrollBy(scroll, -Math.max(28, scroll.rowHeight));
    case 'PageDown':
      return (scroll) => scrollBy(scroll, page(scroll));
    case 'PageUp':
      return (scroll) => scrollBy(scroll, -page(scroll));
    case 'Home':
      return (scroll) => scrollTo(scroll, 0);
    case 'End':
      return (scroll) => scrollTo(scroll, Infinity);
    default:
      return null;
  }
}
