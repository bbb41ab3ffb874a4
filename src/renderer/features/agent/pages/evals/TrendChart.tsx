import { useEffect, useMemo, useRef, useState } from 'react';
import type { EvalsPart } from '../../../../../contract/agent-parts.ts';
import { useSettings } from '../../../../state/settings.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { useWidth } from '../../../compare/calls/use-width.ts';
import { onPaletteChange } from '../../../graph/zoom/palette.ts';
import { LINE_TOKENS, readLook } from './look.ts';
import { trendOf } from './trend.ts';

/** How high it is where there is room, and where there is little, in px. */
const HEIGHT = { wide: 176, narrow: 124 };
const NARROW = 500;

type Props = { readonly part: EvalsPart; readonly onDay: (day: string) => void };

/** Mean scores a day: weighted, and by dimension. A press on a day shows its rows. */
export function TrendChart({ part, onDay }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const wide = useRef(width);
  const trend = useMemo(() => trendOf(part), [part]);
  const size = useSettings((state) => state.uiSize);
  const [look, setLook] = useState(() => readLook(size));
  useEffect(() => onPaletteChange(() => setLook(readLook(size))), [size]);
  const chart = useRef<{ resize: (width: number) => void; destroy: () => void } | null>(null);
  const pick = useRef(onDay);
  useEffect(() => {
    pick.current = onDay;
    wide.current = width;
  });
  const known = width !== null;
  const height = width !== null && width < NARROW ? HEIGHT.narrow : HEIGHT.wide;
  useEffect(() => {
    if (!known) return undefined;
    let gone = false;
    const begin = async () => {
      const { drawTrend } = await import('./draw-trend.ts');
      if (gone || host.current === null) return;
      chart.current = drawTrend(
        host.current,
        trend,
        part.threshold,
        { width: wide.current ?? 480, height },
        look,
        (index) => {
          const at = trend.days[index];
          if (at !== undefined) pick.current(new Date(at * 1000).toISOString().slice(0, 10));
        },
      );
    };
    void begin();
    return () => {
      gone = true;
      chart.current?.destroy();
      chart.current = null;
    };
  }, [known, trend, part.threshold, look, height]);
  useEffect(() => {
    if (width !== null) chart.current?.resize(width);
  }, [width]);
  return (
    <figure className="ev-chart">
      <div ref={box} className="ev-box" style={{ height }}>
        <div ref={host} aria-hidden />
      </div>
      <figcaption>
        <span className="visually-hidden">
          Mean scores of {trend.days.length} days; the table below has each result.
        </span>
        {trend.lines.map(({ name }, index) => (
          <span key={name} className="ev-key">
            <i style={{ background: `var(${LINE_TOKENS[index] ?? '--fg-muted'})` }} aria-hidden />
            {index === 0 ? 'weighted mean' : visibleText(name.replaceAll('_', ' '))}
          </span>
        ))}
        {part.threshold !== null && (
          <span className="ev-key">
            <i className="ev-dash" aria-hidden />
            passes from {part.threshold}
          </span>
        )}
      </figcaption>
    </figure>
  );
}
