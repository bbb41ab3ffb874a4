/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an input of type range has one thumb, on a linear scale */
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import { useSettings } from '../../../state/settings.ts';
import { formatDateTime, type Zone } from '../../../ui/format.ts';
import { paintOverview } from './paint-overview.ts';
import { contextOf } from './paint.ts';
import { makeScale, momentOf, xOf } from './scale.ts';
import { momentAt, panSpan, shownBefore, SMALLEST_SPAN, type Span } from './span.ts';
import { useColours } from './use-colours.ts';

type Props = {
  readonly timeline: LedgerTimeline;
  readonly span: Span;
  readonly whole: Span;
  readonly zone: Zone;
  readonly onSpan: (span: Span, settled: boolean) => void;
};

/** A fold of the strip is narrower than one of the chart, in px. */
const FOLD = 5;
const HEIGHT = 38;
const PAD = 16;

/** The burn-down of everything, with the window that the chart shows: drag it, its ends, or a new one. */
export function Overview({ timeline, span, whole, zone, onSpan }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const uiSize = useSettings((state) => state.uiSize);
  const [width, setWidth] = useState(0);
  const colours = useColours();
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { stretches } = timeline;
  const scale = useMemo(
    () => makeScale(stretches, whole, PAD, Math.max(40, width - 2 * PAD), FOLD),
    [stretches, whole, width],
  );
  const fontPx = uiSize - 2;
  const high = HEIGHT + fontPx + 8;
  useLayoutEffect(() => {
    const draw = canvas.current === null || width < 60 ? null : contextOf(canvas.current, width, high);
    if (draw !== null) paintOverview(draw, { timeline, scale, width, height: HEIGHT, fontPx, zone }, colours);
  }, [timeline, scale, width, high, fontPx, zone, colours]);

  const [x0, x1] = [xOf(scale, span.from), xOf(scale, span.to)];
  const all = x1 - x0 > scale.width - 4;
  const grip = useRef<{ kind: 'pan' | 'new' | 'from' | 'to'; x: number; span: Span } | null>(null);
  const place = (event: PointerEvent) => event.clientX - (box.current?.getBoundingClientRect().left ?? 0);
  const atX = (x: number) => Math.max(whole.from, Math.min(whole.to, momentOf(scale, x)));
  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const x = place(event);
    const kind =
      Math.abs(x - x0) < 6 && !all
        ? 'from'
        : Math.abs(x - x1) < 6 && !all
          ? 'to'
          : x > x0 && x < x1 && !all
            ? 'pan'
            : 'new';
    grip.current = { kind, x, span };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const spanAt = (x: number): Span | null => {
    const held = grip.current;
    if (held === null) return null;
    if (held.kind === 'pan') {
      const share = (x - held.x) / Math.max(1, xOf(scale, held.span.to) - xOf(scale, held.span.from));
      return panSpan(stretches, held.span, share, whole);
    }
    const at = atX(x);
    if (held.kind === 'from') return { from: Math.min(at, held.span.to - SMALLEST_SPAN), to: held.span.to };
    if (held.kind === 'to') return { from: held.span.from, to: Math.max(at, held.span.from + SMALLEST_SPAN) };
    const other = atX(held.x);
    return Math.abs(x - held.x) < 4
      ? null
      : { from: Math.min(at, other), to: Math.max(at, other, other + SMALLEST_SPAN) };
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const next = spanAt(place(event));
    if (next !== null) onSpan(next, false);
  };
  const drop = (event: PointerEvent<HTMLDivElement>) => {
    const next = spanAt(place(event));
    grip.current = null;
    if (next !== null) onSpan(next, true);
  };
  const keyOn = (end: 'from' | 'to') => (event: KeyboardEvent<HTMLDivElement>) => {
    const part = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[
      event.key
    ];
    const far = event.key === 'Home' ? -1e6 : event.key === 'End' ? 1e6 : part;
    if (far === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const long = shownBefore(stretches, whole.to) - shownBefore(stretches, whole.from);
    const moved = momentAt(
      stretches,
      shownBefore(stretches, span[end]) + (far * (event.shiftKey ? 10 : 1) * long) / 100,
    );
    const at = Math.max(whole.from, Math.min(whole.to, moved));
    onSpan(
      end === 'from'
        ? { from: Math.min(at, span.to - SMALLEST_SPAN), to: span.to }
        : { from: span.from, to: Math.max(at, span.from + SMALLEST_SPAN) },
      true,
    );
  };
  const handle = (end: 'from' | 'to', x: number) => (
    <div
      role="slider"
      tabIndex={0}
      className="lt-handle"
      style={{ left: x }}
      aria-label={end === 'from' ? 'Beginning of what is shown' : 'End of what is shown'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(((x - scale.left) / scale.width) * 100)}
      aria-valuetext={formatDateTime(span[end], zone)}
      onKeyDown={keyOn(end)}
    />
  );
  return (
    <div
      ref={box}
      className="lt-overview"
      style={{ height: high }}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={drop}
      onDoubleClick={() => onSpan(whole, true)}
    >
      <canvas ref={canvas} className="lt-canvas" style={{ width, height: high }} aria-hidden />
      {!all && (
        <div className="lt-window" style={{ left: x0, width: Math.max(2, x1 - x0), height: HEIGHT }} />
      )}
      {handle('from', x0)}
      {handle('to', x1)}
    </div>
  );
}
