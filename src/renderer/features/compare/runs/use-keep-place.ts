import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { LINE, lineOf, rowMapper, type Layout } from './layout.ts';
import type { Shown } from './model.ts';

/** Keeps the line with the keys in sight while the room for the rows changes. */
export function useKeepInSight(scroll: RefObject<HTMLDivElement | null>, line: number, height: number): void {
  const at = useRef({ line, height });
  useEffect(() => {
    at.current = { line, height };
  });
  useEffect(() => {
    const element = scroll.current;
    if (element === null) return undefined;
    let room = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const { line: on, height: px } = at.current;
      const below = (on + 1) * px - element.scrollTop;
      if (on >= 0 && below <= room && below > element.clientHeight) {
        element.scrollBy({ top: below - element.clientHeight, behavior: 'instant' });
      }
      room = element.clientHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll]);
}

/** Keeps the first line in sight where it is while folds open and the runs grow. */
export function useKeepPlace(
  scroll: RefObject<HTMLDivElement | null>,
  layout: Layout,
  shown: Shown,
  height: number,
): void {
  const before = useRef({ layout, shown });
  useLayoutEffect(() => {
    const { layout: old, shown: was } = before.current;
    before.current = { layout, shown };
    const element = scroll.current;
    if (element === null || old === layout || element.scrollTop === 0) return;
    const top = Math.floor(element.scrollTop / height);
    const kind = old.kind[top];
    if (kind === undefined || kind === LINE.common) return;
    const map =
      was.comparison.comparison === shown.comparison.comparison
        ? (row: number) => row
        : rowMapper(was.kinds, shown.kinds);
    const line = lineOf(layout, map(old.at[top]!));
    if (line >= 0 && line !== top) element.scrollBy({ top: (line - top) * height, behavior: 'instant' });
  }, [scroll, layout, shown, height]);
}
