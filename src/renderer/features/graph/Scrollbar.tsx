import { useRef } from 'react';
import type { GraphModel } from './model.ts';
import { offsetOfThumb, scrollBy, scrollTo, thumbOf } from './scroll.ts';
import { useGraph } from './use-model.ts';

/** A scrollbar of its own, scaled, since no element can be as tall as a million rows. The keyboard has the grid. */
export function Scrollbar({ model }: { readonly model: GraphModel }) {
  const thumb = useGraph(
    model,
    (state) => thumbOf(state.scroll),
    (a, b) => a?.top === b?.top && a?.size === b?.size,
  );
  const grip = useRef<number | null>(null);
  if (thumb === null) return null;

  const press = (event: React.PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    if (y < thumb.top || y > thumb.top + thumb.size) {
      model.setScroll((scroll) => scrollBy(scroll, y < thumb.top ? -scroll.height : scroll.height));
      return;
    }
    grip.current = y - thumb.top;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: React.PointerEvent<HTMLDivElement>) => {
    const held = grip.current;
    if (held === null) return;
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    model.setScroll((scroll) => scrollTo(scroll, offsetOfThumb(scroll, y - held)));
  };
  const release = () => {
    grip.current = null;
  };

  return (
    <div
      className="g-scrollbar"
      aria-hidden="true"
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <div className="g-thumb" style={{ height: thumb.size, transform: `translateY(${thumb.top}px)` }} />
    </div>
  );
}
