import { useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { matchesKeys } from '../../../ui/keyboard.ts';
import type { Reading } from './parts.ts';
import { pointerOf, type Path } from './path.ts';
import { PartList } from './PartView.tsx';
import { DrawProvider, ReadProvider, type PartListProps, type ReadContext } from './read-context.ts';
import './read.css';
import './forms.css';

export { readContent } from './detect.ts';

type Props = {
  readonly root: JsonNode;
  readonly reading: Reading;
  /** names text and spot, for the remembered scroll position */
  readonly place: string;
  readonly label: string;
  readonly wrap: boolean;
  /** where Esc leads */
  readonly panel: RefObject<HTMLElement | null>;
  /** shows the place in the JSON */
  readonly onReveal: (path: Path) => void;
  /** Ctrl+F: the search, which lies in the JSON */
  readonly onFind: () => void;
  /** hears how tall all of it is, in px */
  readonly onHeight: (pixels: number) => void;
};

const drawParts = (list: PartListProps) => <PartList {...list} />;

/** Scroll positions by place, kept while the window is open. */
const places = new Map<string, number>();
const KEEP_PLACES = 200;

/** A content in its readable form. As tall as it needs where there is room. */
export function ReadView({ root, reading, place, label, wrap, panel, onReveal, onFind, onHeight }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const context = useMemo<ReadContext>(
    () => ({ wrap, reveal: onReveal, pointer: (path) => pointerOf(root, path) }),
    [wrap, onReveal, root],
  );
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    element.scrollTop = places.get(place) ?? 0;
    return () => remember(place, element.scrollTop);
  }, [place]);
  useEffect(() => {
    const element = inner.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => onHeight(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [onHeight]);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const find = matchesKeys(event.nativeEvent, 'mod+f');
    if (event.key !== 'Escape' && !find) return;
    event.preventDefault();
    if (find) onFind();
    else panel.current?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc leads out, as from the editor
    <section
      ref={box}
      className="r-read"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => remember(place, event.currentTarget.scrollTop)}
    >
      <div ref={inner} className="r-parts">
        <ReadProvider value={context}>
          <DrawProvider value={drawParts}>
            <PartList key={place} parts={reading.parts} />
          </DrawProvider>
        </ReadProvider>
      </div>
    </section>
  );
}

function remember(place: string, top: number): void {
  places.delete(place);
  if (top > 0) places.set(place, top);
  if (places.size > KEEP_PLACES) places.delete(places.keys().next().value!);
}
