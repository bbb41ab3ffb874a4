import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { rememberScroll, scrolledTo } from './state.ts';

type ScrollerProps = { readonly view: string; readonly label: string; readonly children: ReactNode };

/** The view scrolls as a whole, and is where it was when a person comes back to it. */
export function Scroller({ view, label, children }: ScrollerProps) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (box.current !== null) box.current.scrollTop = scrolledTo(view);
  }, [view]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const note = () => rememberScroll(view, element.scrollTop);
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [view]);
  return (
    <section ref={box} className="costs" aria-label={label} tabIndex={-1}>
      {children}
    </section>
  );
}
