import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { TrendLook } from './look.ts';
import type { Trend } from './trend.ts';

/** Scores go from 1 to 5 (§2.16). */
const SCORES: [number, number] = [1, 5];

export type TrendChart = { readonly resize: (width: number) => void; readonly destroy: () => void };

/** Draws the trend in `host`, with a hairline at the pass threshold; `pick` hears the day that was pressed. */
export function drawTrend(
  host: HTMLElement,
  trend: Trend,
  threshold: number | null,
  size: { readonly width: number; readonly height: number },
  look: TrendLook,
  pick: (index: number) => void,
): TrendChart {
  const axis = {
    stroke: look.words,
    font: look.font,
    grid: { stroke: look.grid, width: 1 },
    ticks: { show: false },
  };
  const chart = new UPlot(
    {
      ...size,
      padding: [8, 24, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      scales: { x: { time: true }, y: { range: SCORES } },
      tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      axes: [
        { ...axis, values: (_plot, ticks) => ticks.map(dayLabel), size: 26, space: 72 },
        { ...axis, size: 30, splits: () => [1, 2, 3, 4, 5] },
      ],
      series: [
        {},
        ...trend.lines.map((line, index) => ({
          label: line.name,
          stroke: look.lines[index] ?? look.words,
          width: index === 0 ? 2 : 1.25,
          spanGaps: true,
          points: { show: true, size: index === 0 ? 6 : 4, fill: look.paper },
        })),
      ],
      hooks: {
        drawAxes: [
          (plot) => {
            if (threshold === null) return;
            const y = Math.round(plot.valToPos(threshold, 'y', true)) + 0.5;
            const { ctx, bbox } = plot;
            ctx.save();
            ctx.strokeStyle = look.threshold;
            ctx.setLineDash([4, 4]);
            ctx.beginPath();
            ctx.moveTo(bbox.left, y);
            ctx.lineTo(bbox.left + bbox.width, y);
            ctx.stroke();
            ctx.restore();
          },
        ],
        ready: [
          (plot) => {
            plot.over.addEventListener('click', () => {
              const { idx } = plot.cursor;
              if (typeof idx === 'number') pick(idx);
            });
          },
        ],
      },
    },
    [[...trend.days], ...trend.lines.map(({ values }) => [...values])],
    host,
  );
  return {
    resize: (width) => chart.setSize({ width, height: size.height }),
    destroy: () => chart.destroy(),
  };
}

const form = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayLabel = (seconds: number): string => form.format(seconds * 1000);
