/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- the picture has keys of its own; they are in the window's registry */
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useSettings } from '../../../state/settings.ts';
import { barAt } from './bars.ts';
import { reachOf } from './clusters.ts';
import { HoverCard, type Under } from './HoverCard.tsx';
import { BAND_HIGH, layoutOf, type Layout, type View } from './layout.ts';
import { openBar, openCluster, openPiece, openRun } from './open.ts';
import { contextOf, paintTimeline, type Over } from './paint.ts';
import { joinPieces, pieceAt } from './pieces.ts';
import { runAt } from './record.ts';
import { momentOf } from './scale.ts';
import { sameSpan, type Span } from './span.ts';
import { useColours } from './use-colours.ts';
import { useGestures } from './use-gestures.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';
import { recordWords } from './words.ts';

type Props = {
  readonly source: string;
  readonly view: Omit<View, 'width' | 'height' | 'fontPx'>;
  readonly whole: Span;
  readonly burn: Over['burn'];
  /** the execution shown beside the statement */
  readonly execution: string | null;
  readonly label: string;
  /** the window moved; `settled` false while it still moves */
  readonly onSpan: (span: Span, settled: boolean) => void;
  readonly onSize: (width: number) => void;
  readonly onLayout: (layout: Layout) => void;
};

/** How far from a mark the pointer may be, in px. */
const REACH = 7;

/** The drawn timeline with its pointer and keys. */
export function Chart({ source, view, whole, burn, execution, label, onSpan, onSize, onLayout }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const uiSize = useSettings((state) => state.uiSize);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [pointer, setPointer] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  const colours = useColours();
  const described = useId();

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
      if (width > 0) onSize(width);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onSize]);

  const { timeline, span, zone } = view;
  const layout = useMemo(
    () =>
      size.width < 60 || size.height < 60
        ? null
        : layoutOf({ timeline, span, zone, width: size.width, height: size.height, fontPx: uiSize - 2 }),
    [timeline, span, zone, size, uiSize],
  );
  useEffect(() => {
    if (layout !== null) onLayout(layout);
  }, [layout, onLayout]);

  const { marked, at: markedCluster, reset } = useTimelineKeys({ source, layout, span, whole, onSpan });
  useGestures({ box, layout, span, whole, onSpan, onBrush: setBrush });

  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null || layout === null) return undefined;
    const frame = requestAnimationFrame(() => {
      const draw = contextOf(element, size.width, size.height);
      if (draw !== null) paintTimeline(draw, layout, { pointer, marked, execution, brush, burn }, colours);
    });
    return () => cancelAnimationFrame(frame);
  }, [layout, size, pointer, marked, execution, brush, burn, colours]);

  const under = layout === null ? null : underOf(layout, pointer, markedCluster);
  const click = (event: React.MouseEvent<HTMLDivElement>) => {
    if (layout === null || event.detail > 1) return;
    const rect = event.currentTarget.getBoundingClientRect();
    const hit = underOf(layout, { x: event.clientX - rect.left, y: event.clientY - rect.top }, null);
    if (hit?.cluster) openCluster(source, hit.cluster);
    else if (hit?.run) openRun(source, hit.run);
    else if (hit?.box) openBar(source, hit.box.bar.executionId);
    else if (hit?.piece && layout.banded && hit.piece.firstSeq > 0) openPiece(source, hit.piece);
  };
  const busy = brush !== null;
  const everything = sameSpan(span, whole);
  return (
    <div
      ref={box}
      role="application"
      tabIndex={0}
      className={`lt-chart ${everything ? 'lt-chart-all' : ''} ${under?.cluster || under?.box || under?.run ? 'lt-chart-hit' : ''}`}
      data-key-scope="ledger-timeline"
      aria-label={label}
      aria-describedby={described}
      onPointerMove={(event) => {
        if (event.pointerType === 'touch') return;
        const rect = event.currentTarget.getBoundingClientRect();
        setPointer(placeIn(layout, event.clientX - rect.left, event.clientY - rect.top));
      }}
      onPointerLeave={() => setPointer(null)}
      onClick={click}
      onDoubleClick={() => onSpan(whole, true)}
      onKeyDown={() => setPointer(null)}
      onBlur={reset}
    >
      <canvas
        ref={canvas}
        className="lt-canvas"
        style={{ width: size.width, height: size.height }}
        aria-hidden
      />
      <p id={described} className="visually-hidden">
        {layout === null ? '' : recordWords(layout.runs)}
      </p>
      {under !== null && !busy && layout !== null && <HoverCard under={under} layout={layout} zone={zone} />}
    </div>
  );
}

function placeIn(layout: Layout | null, x: number, y: number): { x: number; y: number } | null {
  if (layout === null || x < layout.left || x > layout.right || y > layout.bandTop + BAND_HIGH + 2)
    return null;
  return { x, y };
}

/** What lies under a place: a mark, else a bar, else the piece of time. */
function underOf(
  layout: Layout,
  place: { readonly x: number; readonly y: number } | null,
  cluster: Layout['clusters'][number] | null,
): Under | null {
  if (place === null) {
    return cluster === null ? null : { x: cluster.x, cluster, box: null, piece: null, run: null };
  }
  const { x, y } = place;
  if (y > layout.bottom) return underBand(layout, x);
  const near =
    layout.clusters.find(
      (one) => x >= one.x - REACH && x <= one.x + reachOf(one) + REACH && y < layout.top + 4,
    ) ?? null;
  const box = near === null && !layout.banded ? barAt(layout.boxes, x, y) : null;
  const { timeline } = layout.view;
  const at = pieceAt(timeline.buckets, momentOf(layout.scale, x));
  const reach = pieceAt(timeline.buckets, momentOf(layout.scale, x + 2));
  return { x, cluster: near, box, piece: joinPieces(timeline, at, Math.max(at, reach)), run: null };
}

function underBand({ runs }: Layout, x: number): Under | null {
  const run = runAt(runs, x);
  return run === null ? null : { x, cluster: null, box: null, piece: null, run };
}
