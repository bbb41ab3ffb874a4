import { useLayoutEffect, useState, type RefObject } from 'react';

/** Whether an element is at least so high, in pixels; looked at again whenever it changes. */
export function useRoom(element: RefObject<HTMLElement | null>, least: number): boolean {
  const [has, setHas] = useState(true);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = (): void => setHas(current.clientHeight >= least);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, least]);
  return has;
}
