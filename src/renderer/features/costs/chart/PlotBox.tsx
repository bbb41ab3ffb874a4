import { useEffect, useRef, useState } from 'react';
import { useSettings } from '../../../state/settings.ts';
import { onPaletteChange, readPalette, type Palette } from '../../graph/zoom/palette.ts';
import { createPlot, type Plot, type PlotEvents } from './plot.ts';
import type { Scene } from './stack.ts';
import 'uplot/dist/uPlot.min.css';

/** The drawn chart, as large as its box. What it shows stands in words beside it, and in the table of the same figures. */
export function PlotBox({ scene, events }: { readonly scene: Scene; readonly events: PlotEvents }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const latest = useRef({ scene, events });
  const uiSize = useSettings((state) => state.uiSize);
  const [palette, setPalette] = useState(colours);
  useEffect(() => {
    latest.current = { scene, events };
    plot.current?.show(scene);
  }, [scene, events]);
  useEffect(() => onPaletteChange(() => setPalette(colours())), []);
  useEffect(() => {
    const place = box.current;
    if (place === null) return undefined;
    const made = createPlot(
      place,
      latest.current.scene,
      palette,
      { width: place.clientWidth, height: place.clientHeight, fontPx: uiSize - 2 },
      {
        onHover: (index) => latest.current.events.onHover(index),
        onBrush: (first, last) => latest.current.events.onBrush(first, last),
        onClick: (index) => latest.current.events.onClick(index),
        onDoubleClick: (index) => latest.current.events.onDoubleClick(index),
      },
    );
    plot.current = made;
    const sizes = new ResizeObserver(() => {
      if (place.clientWidth > 0) made.resize(place.clientWidth, place.clientHeight);
    });
    sizes.observe(place);
    return () => {
      sizes.disconnect();
      made.end();
      plot.current = null;
    };
  }, [palette, uiSize]);
  return <div ref={box} className="ck-plot" aria-hidden />;
}

/** Where the system sets the colours, those of the series stay: they tell the series apart, as in the legend. */
function colours(): Palette {
  const probe = document.createElement('span');
  probe.style.cssText = 'position:absolute;visibility:hidden;forced-color-adjust:none';
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const lanes = [1, 1, 2, 3, 4, 5, 6].map((lane) => {
    probe.style.color = `var(--lane-${lane})`;
    return style.color;
  });
  probe.remove();
  return { ...readPalette(), lanes };
}
