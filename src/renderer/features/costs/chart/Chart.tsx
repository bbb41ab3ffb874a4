/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- arrows go through the bars; their keys are in the window's registry */
import { Table2 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { COST_DIMENSIONS, type CostDimension, type CostReport } from '../../../../contract/costs.ts';
import type { DayRange } from '../../../../contract/records.ts';
import { openRuns } from '../../../state/agents.ts';
import { announce } from '../../../ui/announce.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCounted, formatMoney } from '../../../ui/format.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import type { CostSettings } from '../kept.ts';
import { dayQuery, keysQuery } from '../queries.ts';
import { rangeWords } from '../ranges.ts';
import { setBrush, setCostSettings } from '../state.ts';
import { SCALES, type Scale } from './axis.ts';
import { binsOf, binsOfRange, binWords, stepFor, type Bin } from './bins.ts';
import { DayTable } from './DayTable.tsx';
import { PlotBox } from './PlotBox.tsx';
import type { PlotEvents } from './plot.ts';
import { Readout, type Shown } from './Readout.tsx';
import { costIn, seriesWords, type Series } from './series.ts';
import type { Scene } from './stack.ts';
import './chart.css';

const DIMENSION: Readonly<Record<CostDimension, string>> = {
  model: 'By model',
  agent: 'By agent',
  trigger: 'By trigger',
  primitive: 'By kind',
  status: 'By status',
  source: 'By source',
};
const SCALE: Readonly<Record<Scale, string>> = { linear: 'Dollars', share: 'Share', log: 'Log' };
const SCALE_TITLE: Readonly<Record<Scale, string>> = {
  linear: '',
  share: 'Each bar is the whole of its cost.',
  log: 'Logarithmic: each mark stands at its own cost, and nothing is stacked.',
};

type Props = {
  readonly source: string;
  readonly view: string;
  readonly report: CostReport;
  readonly series: readonly Series[];
  readonly settings: CostSettings;
  readonly brush: DayRange | null;
  /** figures are made for the day that is */
  readonly now: boolean;
};

/** Costs over time: stacked bars, a brush, and beside them what the bar in question is made of. */
export function Chart({ source, view, report, series, settings, brush, now }: Props) {
  const { scale, table, by } = settings;
  const { range, days, today, forecast } = report;
  const notOver = forecast === null ? now : forecast.todayMicros !== null;
  const step = stepFor(range);
  const bins = useMemo(() => binsOf(days, range, step), [days, range, step]);
  const [hover, setHover] = useState<number | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  /** the keys were used last, not the mouse, and not to brush */
  const [byKeys, setByKeys] = useState(false);
  const anchor = useRef<number | null>(null);
  const brushed = useMemo(() => (brush === null ? null : binsOfRange(bins, brush)), [bins, brush]);
  const keyed = key === null ? -1 : bins.findIndex((bin) => bin.from <= key && bin.to >= key);
  const at = hover ?? (focused && byKeys && keyed >= 0 ? keyed : null);

  const queryOf = (bin: Bin): string | null =>
    bin.lines === 0 ? null : (bin.query ?? dayQuery(report.query, bin));
  const brushTo = (first: number, last: number) => {
    const [from, to] = [bins[Math.min(first, last)], bins[Math.max(first, last)]];
    if (from !== undefined && to !== undefined) setBrush(view, { from: from.from, to: to.to });
  };
  const say = (bin: Bin) =>
    announce(
      `${binWords(bin, step)}: ${bin.lines === 0 ? 'no records' : `${formatMoney(bin.costMicros)}, ${formatCounted(bin.lines, 'record')}`}`,
    );
  const goTo = (index: number) => {
    const bin = bins[Math.max(0, Math.min(bins.length - 1, index))];
    if (bin === undefined) return;
    setKey(bin.from);
    setByKeys(true);
    say(bin);
  };
  const from = keyed >= 0 ? keyed : bins.length - 1;
  const move = (steps: number) => {
    anchor.current = null;
    goTo(keyed < 0 ? from : from + steps);
  };
  const extend = (steps: number) => {
    const next = Math.max(0, Math.min(bins.length - 1, from + steps));
    anchor.current ??= from;
    setByKeys(false);
    setKey(bins[next]?.from ?? null);
    brushTo(anchor.current, next);
    const ends = [Math.min(anchor.current, next), Math.max(anchor.current, next)] as const;
    const shown = shownOf(ends[0], ends[1]);
    announce(`Brushed ${shown.title}: ${formatMoney(shown.costMicros)}`);
  };
  const shownOf = (first: number, last: number): Shown => {
    const part = bins.slice(first, last + 1);
    const only = part.length === 1 ? part[0] : undefined;
    const span = { from: part[0]?.from ?? range.from, to: part.at(-1)?.to ?? range.to };
    const whole = part.length === bins.length;
    const lines = part.reduce((sum, bin) => sum + bin.lines, 0);
    const query =
      lines === 0
        ? null
        : whole
          ? report.query
          : only === undefined
            ? dayQuery(report.query, span)
            : queryOf(only);
    return {
      title: only === undefined ? rangeWords(span) : binWords(only, step),
      note: notOver && today >= span.from && today <= span.to ? 'Today is not over yet.' : null,
      lines,
      costMicros: part.reduce((sum, bin) => sum + bin.costMicros, 0),
      query,
      costOf: (name) => part.reduce((sum, bin) => sum + (bin.parts.get(name)?.costMicros ?? 0), 0),
      queryOf: (keys) => (query === null ? null : keysQuery(query, by, keys)),
    };
  };
  const openBar = (index: number) => {
    const inBrush = brushed !== null && index >= brushed[0] && index <= brushed[1];
    const { query } = inBrush ? shownOf(brushed[0], brushed[1]) : shownOf(index, index);
    if (query !== null) openRuns(source, query);
  };
  useShortcuts({ name: 'cost-chart', label: 'Cost chart' }, [
    { keys: 'ArrowRight', label: 'Next bar', run: () => move(1) },
    { keys: 'ArrowLeft', label: 'Bar before', run: () => move(-1) },
    { keys: 'shift+ArrowRight', label: 'Brush to the right', run: () => extend(1) },
    { keys: 'shift+ArrowLeft', label: 'Brush to the left', run: () => extend(-1) },
    { keys: 'Home', label: 'First bar', hidden: true, run: () => goTo(0) },
    { keys: 'End', label: 'Last bar', hidden: true, run: () => goTo(bins.length - 1) },
    { keys: 'Enter', label: 'Show the records of the bar or of what is brushed', run: () => openBar(from) },
    {
      keys: 'Escape',
      label: 'Clear the brush',
      when: () => brush !== null,
      run: () => {
        anchor.current = null;
        setBrush(view, null);
        announce('The brush is cleared.');
      },
    },
  ]);

  const openIndex = notOver ? bins.findIndex((bin) => today >= bin.from && today <= bin.to) : -1;
  const scene: Scene = {
    bins,
    series,
    step,
    scale,
    today,
    open: openIndex < 0 ? null : openIndex,
    openMicros: comesTo(report, bins[openIndex], step),
    brush: brushed,
    at,
  };
  const events: PlotEvents = {
    onHover: setHover,
    onBrush: (first, last) => {
      anchor.current = first;
      setByKeys(false);
      setKey(bins[last]?.from ?? null);
      brushTo(first, last);
    },
    onClick: (index) => {
      const bin = bins[index];
      if (bin === undefined) return;
      anchor.current = index;
      setByKeys(false);
      setKey(bin.from);
      const same = brushed !== null && brushed[0] === index && brushed[1] === index;
      if (same) setBrush(view, null);
      else brushTo(index, index);
    },
    onDoubleClick: (index) => {
      brushTo(index, index);
      const { query } = shownOf(index, index);
      if (query !== null) openRuns(source, query);
    },
  };
  const shown =
    at === null ? (brushed === null ? shownOf(0, bins.length - 1) : shownOf(...brushed)) : shownOf(at, at);
  const dimensions = COST_DIMENSIONS.filter(
    (name) => name !== 'primitive' && (name !== 'agent' || report.agent === null),
  );
  return (
    <section className="ck" aria-labelledby="ck-title">
      <header className="ck-head">
        <h3 id="ck-title">Cost per {step}</h3>
        {brush !== null && (
          <Button size="small" look="quiet" onClick={() => setBrush(view, null)}>
            Clear brush
          </Button>
        )}
        <div className="ck-controls">
          <Segmented
            label="Colours of the bars"
            value={by}
            onChange={(next) => setCostSettings(source, { by: next })}
            options={dimensions.map((name) => ({ value: name, label: DIMENSION[name] }))}
          />
          <Segmented
            label="Scale"
            value={scale}
            onChange={(next) => setCostSettings(source, { scale: next })}
            options={SCALES.map((name) => ({ value: name, label: SCALE[name] }))}
          />
          <Button
            size="small"
            icon={Table2}
            pressed={table}
            onClick={() => setCostSettings(source, { table: !table })}
          >
            Table
          </Button>
        </div>
      </header>
      {table ? (
        <DayTable source={source} bins={bins} series={series} step={step} queryOf={queryOf} />
      ) : (
        <div className="ck-body">
          <div
            role="application"
            tabIndex={0}
            className="ck-bars"
            data-key-scope="cost-chart"
            data-key-default=""
            aria-label={`Cost per ${step}, ${rangeWords(range)}. Left and right go through the bars, with Shift they brush, Enter shows the records. The same figures are in the table.`}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
          >
            <PlotBox scene={scene} events={events} />
          </div>
          <Readout source={source} shown={shown} series={series} hint={brushed === null} />
        </div>
      )}
      {!table && scale !== 'linear' && <p className="ck-note">{SCALE_TITLE[scale]}</p>}
      <p className="visually-hidden">{summary(bins, series, report)}</p>
    </section>
  );
}

/** What the bar that is not over would come to. */
function comesTo(report: CostReport, bin: Bin | undefined, step: string): number | null {
  const { forecast } = report;
  if (forecast === null || bin === undefined) return null;
  if (step === 'day') return forecast.todayMicros;
  const wholeMonth = bin.from === `${forecast.month}-01`;
  return step === 'month' && wholeMonth ? forecast.micros : null;
}

function summary(bins: readonly Bin[], series: readonly Series[], report: CostReport): string {
  const parts = series.map((one) => {
    const cost = bins.reduce((sum, bin) => sum + costIn(bin, one), 0);
    return `${seriesWords(one)} ${formatMoney(cost)}`;
  });
  return `${rangeWords(report.range)}: ${formatMoney(report.sum.costMicros)}. ${parts.join(', ')}.`;
}
