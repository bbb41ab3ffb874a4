import { useLayoutEffect, useRef } from 'react';
import { describeScroll } from './scroll-words.ts';
import { offsetOfThumb, scrollBy, scrollTo, thumbOf, type Scroll } from './scroll.ts';

/** Rows that have a place to scroll to, and tell when it changes. */
export type Scrolled = {
  readonly get: () => { readonly scroll: Scroll };
  readonly subscribe: (listener: () => void) => () => void;
  readonly setScroll: (next: (scroll: Scroll) => Scroll) => void;
};

type Props = {
  readonly model: Scrolled;
  /** the id of the grid whose place it shows */
  readonly controls: string;
  readonly label?: string;
  /** what the rows are: Calls */
  readonly rows?: string;
};

/** A scrollbar of its own, scaled, since no element can be as tall as a million rows. The keyboard has the grid. */
export function Scrollbar({ model, controls, label = 'Position in the graph', rows = 'Calls' }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const grip = useRef<number | null>(null);

  // the thumb follows the rows without a render
  useLayoutEffect(() => {
    const follow = () => {
      const { scroll } = model.get();
      const place = thumbOf(scroll);
      if (thumb.current !== null) {
        thumb.current.hidden = place === null;
        thumb.current.style.height = `${place?.size ?? 0}px`;
        thumb.current.style.transform = `translateY(${place?.top ?? 0}px)`;
      }
      describeScroll(bar.current, scroll, rows);
    };
    follow();
    return model.subscribe(follow);
  }, [model, rows]);

  const press = (event: React.PointerEvent<HTMLDivElement>) => {
    const place = thumbOf(model.get().scroll);
    if (event.button !== 0 || place === null) return;
    event.preventDefault();
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    if (y < place.top || y > place.top + place.size) {
      model.setScroll((scroll) => scrollBy(scroll, y < place.top ? -scroll.height : scroll.height));
      return;
    }
    grip.current = y - place.top;
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
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- there is no element for it, and the keys are the grid's
    <div
      ref={bar}
      className="g-scrollbar"
      role="scrollbar"
      aria-label={label}
      aria-controls={controls}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuenow={0}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <div ref={thumb} className="g-thumb" />
    </div>
  );
}
