import uPlot from 'uplot';
import type { Palette } from '../../graph/zoom/palette.ts';
import { axisMoney, labelEvery, labelled } from './axis.ts';
import { binLabel } from './bins.ts';
import { drawBars, drawBehind, hatchOf } from './draw.ts';
import { ticksOf, type Scene } from './stack.ts';

export type PlotEvents = {
  /** the bar under the pointer, or null */
  readonly onHover: (index: number | null) => void;
  /** a stretch was drawn with the mouse */
  readonly onBrush: (first: number, last: number) => void;
  readonly onClick: (index: number) => void;
  readonly onDoubleClick: (index: number) => void;
};

export type Plot = {
  readonly show: (scene: Scene) => void;
  readonly resize: (width: number, height: number) => void;
  readonly end: () => void;
};

type Sizes = { readonly width: number; readonly height: number; readonly fontPx: number };

/** A chart in a box. Bars are drawn by `draw.ts`; uPlot has the axes, the pointer and the drag. */
export function createPlot(
  box: HTMLElement,
  first: Scene,
  palette: Palette,
  { width, height, fontPx }: Sizes,
  events: PlotEvents,
): Plot {
  let scene = first;
  let ticks = ticksOf(first);
  let hatch: CanvasPattern | null = null;
  const font = `${fontPx}px ${palette.fontUi}`;
  const letter = fontPx * 0.62;
  const last = () => scene.bins.length - 1;
  const indexAt = (u: uPlot, left: number) =>
    Math.max(0, Math.min(last(), Math.round(u.posToVal(left, 'x'))));
  const tickWords = (tick: number): string => {
    if (scene.scale === 'share') return `${Math.round(tick * 100)}%`;
    if (scene.scale === 'log') return axisMoney(10 ** tick, 10 ** tick);
    return axisMoney(tick, (ticks[1] ?? 0) - (ticks[0] ?? 0));
  };
  const labels = (u: uPlot): number[] => [
    ...labelled(
      scene.bins.length,
      labelEvery(scene.bins.length, u.bbox.width / devicePixelRatio || width, letter * 8),
    ),
  ];

  const options: uPlot.Options = {
    width,
    height,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    cursor: {
      x: false,
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: 4 },
    },
    scales: {
      x: { time: false, range: () => [-0.5, Math.max(0.5, last() + 0.5)] },
      y: { range: () => [ticks[0] ?? 0, ticks.at(-1) ?? 1] },
    },
    series: [{}, { scale: 'y', paths: () => null, points: { show: false } }],
    axes: [
      {
        font,
        stroke: palette.subtle,
        grid: { show: false },
        ticks: { show: false },
        size: fontPx + 13,
        gap: 6,
        splits: labels,
        values: (_, splits) =>
          splits.map((index) => {
            const bin = scene.bins[index];
            return bin === undefined ? '' : binLabel(bin, scene.step, scene.today);
          }),
      },
      {
        scale: 'y',
        font,
        stroke: palette.subtle,
        grid: { stroke: palette.line, width: 1 },
        ticks: { show: false },
        gap: 8,
        size: (_, values) => 10 + letter * Math.max(4, ...(values ?? []).map((text) => text.length)),
        splits: () => [...ticks],
        values: (_, splits) => splits.map(tickWords),
      },
    ],
    hooks: {
      drawClear: [(u) => drawBehind(u, scene, palette)],
      draw: [
        (u) => {
          hatch ??= hatchOf(u.ctx, palette.muted);
          drawBars(u, scene, palette, hatch);
        },
      ],
      setCursor: [(u) => events.onHover((u.cursor.left ?? -1) < 0 ? null : indexAt(u, u.cursor.left ?? 0))],
      setSelect: [
        (u) => {
          const { left, width: wide } = u.select;
          if (wide < 1) return;
          const ends = [indexAt(u, left), indexAt(u, left + wide)] as const;
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          dragged = true;
          events.onBrush(...ends);
        },
      ],
    },
  };
  let dragged = false;
  const data = (): uPlot.AlignedData => [
    scene.bins.map((_, index) => index),
    scene.bins.map(({ costMicros }) => costMicros),
  ];
  const chart = new uPlot(options, data(), box);
  const under = (event: MouseEvent) =>
    indexAt(chart, event.clientX - chart.over.getBoundingClientRect().left);
  const onDown = () => {
    dragged = false;
  };
  const onClick = (event: MouseEvent) => {
    // a second click belongs to a double one
    if (!dragged && event.detail < 2) events.onClick(under(event));
  };
  const onDouble = (event: MouseEvent) => events.onDoubleClick(under(event));
  chart.over.addEventListener('mousedown', onDown);
  chart.over.addEventListener('click', onClick);
  chart.over.addEventListener('dblclick', onDouble);

  return {
    show: (next) => {
      const same = scene.bins === next.bins && scene.series === next.series && scene.scale === next.scale;
      scene = next;
      if (same && ticksOf(next).join() === ticks.join()) {
        chart.redraw(false);
        return;
      }
      ticks = ticksOf(next);
      chart.setData(data());
    },
    resize: (wide, high) => chart.setSize({ width: wide, height: high }),
    end: () => chart.destroy(),
  };
}
