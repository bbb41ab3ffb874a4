import { useEffect, useRef, type RefObject } from 'react';
import type { Layout } from './layout.ts';
import { momentOf } from './scale.ts';
import { panSpan, sameSpan, SMALLEST_SPAN, zoomSpan, type Span } from './span.ts';

type Props = {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly layout: Layout | null;
  readonly span: Span;
  readonly whole: Span;
  readonly onSpan: (span: Span, settled: boolean) => void;
  /** a stretch is being drawn, in px; null: no more */
  readonly onBrush: (brush: readonly [number, number] | null) => void;
};

/** From here on a press is a drag, in px. */
const DRAG_PX = 4;
/** After the last turn of the wheel the window stands still, in ms. */
const SETTLE_MS = 160;

/** Wheel and pinch zoom, drag moves; with Shift, or where all is in sight, it takes a stretch. */
export function useGestures(props: Props): void {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const { box } = props;
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const down = new Map<number, { x: number; y: number }>();
    let mode: 'none' | 'press' | 'pan' | 'brush' | 'pinch' = 'none';
    let start = { x: 0, span: { from: 0, to: 0 }, apart: 1 };
    let settle: number | undefined;
    let now: Span | null = null;
    let swallow = false;

    const xOfEvent = (event: { clientX: number }) => event.clientX - element.getBoundingClientRect().left;
    const move = (span: Span, settled: boolean) => {
      now = settled ? null : span;
      latest.current.onSpan(span, settled);
    };
    const onWheel = (event: WheelEvent) => {
      const { layout, span, whole } = latest.current;
      if (layout === null) return;
      event.preventDefault();
      const at = now ?? span;
      const unit = event.deltaMode === 1 ? 16 : 1;
      const stretches = layout.view.timeline.stretches;
      const wide = layout.right - layout.left;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      const amount = (event.deltaX === 0 ? event.deltaY : event.deltaX) * unit;
      const next = sideways
        ? panSpan(stretches, at, amount / wide, whole)
        : zoomSpan(
            stretches,
            at,
            Math.exp(Math.max(-80, Math.min(80, event.deltaY * unit)) * (event.ctrlKey ? 0.012 : 0.004)),
            momentOf(layout.scale, xOfEvent(event)),
            whole,
          );
      move(next, false);
      window.clearTimeout(settle);
      settle = window.setTimeout(() => move(next, true), SETTLE_MS);
    };
    const onDown = (event: PointerEvent) => {
      const { layout, span, whole } = latest.current;
      if (layout === null || event.button !== 0) return;
      const x = xOfEvent(event);
      down.set(event.pointerId, { x, y: event.clientY });
      if (down.size === 2) {
        const [a, b] = [...down.values()];
        mode = 'pinch';
        start = {
          x: ((a?.x ?? 0) + (b?.x ?? 0)) / 2,
          span,
          apart: Math.max(8, Math.abs((a?.x ?? 0) - (b?.x ?? 0))),
        };
        return;
      }
      // all of the record can't be moved, so a drag takes a stretch of it
      mode = event.shiftKey || sameSpan(span, whole) ? 'brush' : 'press';
      swallow = false;
      start = { x, span, apart: 1 };
    };
    const onMove = (event: PointerEvent) => {
      const { layout, whole, onBrush } = latest.current;
      if (layout === null || !down.has(event.pointerId)) return;
      const x = xOfEvent(event);
      down.set(event.pointerId, { x, y: event.clientY });
      const { stretches } = layout.view.timeline;
      const far = Math.abs(x - start.x) > DRAG_PX;
      if (far && mode !== 'pinch') {
        element.setPointerCapture(event.pointerId);
        swallow = true;
        if (mode === 'press') mode = 'pan';
      }
      if (mode === 'pan') {
        move(panSpan(stretches, start.span, (start.x - x) / (layout.right - layout.left), whole), false);
      } else if (mode === 'brush' && far) {
        onBrush([clampX(layout, start.x), clampX(layout, x)]);
      } else if (mode === 'pinch') {
        const [a, b] = [...down.values()];
        const apart = Math.max(8, Math.abs((a?.x ?? 0) - (b?.x ?? 0)));
        move(
          zoomSpan(stretches, start.span, start.apart / apart, momentOf(layout.scale, start.x), whole),
          false,
        );
      }
    };
    const onUp = (event: PointerEvent) => {
      const { layout, onBrush } = latest.current;
      if (!down.delete(event.pointerId)) return;
      if (layout !== null && mode === 'brush' && swallow) {
        const ends = [start.x, xOfEvent(event)].map((x) => momentOf(layout.scale, clampX(layout, x)));
        const [from, to] = [Math.min(...ends), Math.max(...ends)];
        move({ from, to: Math.max(to, from + SMALLEST_SPAN) }, true);
      } else if (now !== null) move(now, true);
      onBrush(null);
      mode = 'none';
    };
    // what ended a drag is no click
    const onClick = (event: MouseEvent) => {
      if (!swallow) return;
      swallow = false;
      event.stopPropagation();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    element.addEventListener('click', onClick, true);
    return () => {
      window.clearTimeout(settle);
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('click', onClick, true);
    };
  }, [box]);
}

const clampX = ({ left, right }: Layout, x: number): number => Math.max(left, Math.min(right, x));
