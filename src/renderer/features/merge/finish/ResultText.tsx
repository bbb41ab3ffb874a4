import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { MergeTexts } from '../../../../contract/merge.ts';
import type { Names } from '../names.ts';
import { Pieces } from '../values/ValueBody.tsx';

const LINE = 18;
/** Signs of a line that are drawn; nobody reads more of one line here. */
const MOST_SIGNS = 2_000;
const NO_MARKS = [] as const;

/** A result line by line, each with the bar of where it comes from. */
export function ResultText({ texts, names }: { readonly texts: MergeTexts; readonly names: Names }) {
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => texts.result.text.split('\n'), [texts]);
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE,
    overscan: 12,
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- it is scrolled by keys
    <div ref={scroll} className="mg-result-text" role="group" tabIndex={0} aria-label="Result">
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const origin = texts.origins[index] ?? 'base';
          const colour = origin === 'ours' || origin === 'theirs' ? names[origin].colour : null;
          const text = (lines[index] ?? '').slice(0, MOST_SIGNS).toWellFormed();
          return (
            <div
              key={index}
              className={`mg-text-line mg-text-line-${origin}`}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span
                className={`mg-origin mg-origin-${origin}`}
                style={colour === null ? {} : { background: `var(--lane-${colour})` }}
              />
              <span className="mg-text-number">{index + 1}</span>
              <span className="mg-text-code">
                <Pieces
                  text={text}
                  shown={{ form: names.files === true ? 'text' : 'json', text, scalar: false, cut: false }}
                  marks={NO_MARKS}
                />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
