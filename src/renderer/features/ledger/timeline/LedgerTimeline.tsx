import { Maximize, Table2, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LedgerTimeline as Timeline } from '../../../../contract/ledger-timeline.ts';
import { useLedgerOverview } from '../../../app/ledgers.ts';
import { setLook, useLook } from '../../../state/ledgers.ts';
import { useSettings } from '../../../state/settings.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { Chart } from './Chart.tsx';
import { ForecastLine } from './ForecastLine.tsx';
import type { Layout } from './layout.ts';
import { Legend } from './Legend.tsx';
import { Overview } from './Overview.tsx';
import { PiecesTable } from './PiecesTable.tsx';
import { ProvedLine } from './ProvedLine.tsx';
import { recordLegend } from './record.ts';
import { sameSpan, zoomSpan, type Span } from './span.ts';
import { FindingTone } from './use-colours.ts';
import { useDetail, useWholeTimeline } from './use-timeline.ts';
import { forecastOf, recordSpan, wholeSpan } from './whole.ts';
import { spanWords } from './words.ts';
import './timeline.css';

/** Money over time: what is unspent and available, every reservation, and what stands out. In step with the statement. */
export function LedgerTimeline({ source }: { readonly source: string }) {
  const { agent } = useLook(source);
  const { value, error, again } = useWholeTimeline(source, agent);
  const errors = useLedgerOverview(source).value?.report?.errors ?? 0;
  if (value !== null && value.wholeFromMicros !== null) {
    return (
      <FindingTone value={errors > 0 ? 'bad' : 'warn'}>
        <Drawn source={source} whole={value} />
      </FindingTone>
    );
  }
  return (
    <section className="lt" aria-label="Money over time">
      {error !== null ? (
        <p className="lt-note lt-failed">
          {error.message} {error.hint}{' '}
          <Button size="small" look="link" onClick={again}>
            Try again
          </Button>
        </p>
      ) : value === null ? (
        <Waiting />
      ) : (
        <p className="lt-note">
          {value.undated > 0
            ? `${formatCounted(value.undated, 'entry', 'entries')} without a readable time: there is nothing to draw.`
            : agent === null
              ? 'No entries yet: money over time appears here with the first one.'
              : 'This agent has no entries yet.'}
        </p>
      )}
    </section>
  );
}

function Waiting() {
  const slow = useSlow();
  return (
    <output className="lt-waiting" aria-label="Reading money over time">
      {slow && ['96%', '72%', '54%', '38%'].map((width) => <Skeleton key={width} width={width} />)}
    </output>
  );
}

function Drawn({ source, whole }: { readonly source: string; readonly whole: Timeline }) {
  const { agent, range, selected } = useLook(source);
  const zone = useSettings((state) => state.time);
  const accounts = useLedgerOverview(source).value?.accounts;
  const forecast = useMemo(() => forecastOf(accounts ?? [], agent, whole), [accounts, agent, whole]);
  const all = useMemo(() => wholeSpan(whole, forecast) ?? { from: 0, to: 1 }, [whole, forecast]);
  const [moving, setMoving] = useState<Span | null>(null);
  const [width, setWidth] = useState(0);
  const [layout, setLayout] = useState<Layout | null>(null);
  const [table, setTable] = useState(false);
  const span = moving ?? range ?? all;
  const { timeline, failure } = useDetail(source, agent, whole, span, width);

  // what was set elsewhere ends what the hand was doing here
  const known = useRef(range);
  useEffect(() => {
    if (known.current !== range) setMoving(null);
    known.current = range;
  }, [range]);
  const onSpan = useCallback(
    (next: Span, settled: boolean) => {
      if (!settled) {
        setMoving(next);
        return;
      }
      const everything = sameSpan(next, all);
      setLook(source, { range: everything ? null : { from: Math.floor(next.from), to: Math.ceil(next.to) } });
      setMoving(null);
    },
    [source, all],
  );
  const shown = timeline ?? whole;
  const burn = useMemo(
    () =>
      forecast === null
        ? null
        : {
            microPerHour: forecast.microPerHour,
            atMicros: forecast.atMicros,
            available: whole.buckets.available.at(-1) ?? forecast.available,
          },
    [forecast, whole],
  );
  const view = useMemo(() => ({ timeline: shown, span, zone }), [shown, span, zone]);
  const kinds = useMemo(
    () => new Set(layout?.clusters.flatMap((cluster) => cluster.kinds.map(({ kind }) => kind)) ?? []),
    [layout],
  );
  const zoom = (factor: number) =>
    onSpan(zoomSpan(shown.stretches, span, factor, (span.from + span.to) / 2, all), true);
  const whose = agent === null ? '' : ` of ${visibleText(agent).slice(0, 60)}`;
  const bars = layout?.boxes ?? [];
  const named = [...(whole.proved?.by ?? []), ...whole.doubted];
  const words = spanWords(sameSpan(span, all) ? recordSpan(whole, span) : span, zone);
  return (
    <section className="lt" aria-label="Money over time">
      <header className="lt-head">
        <h3>
          Unspent budget<bdi>{whose}</bdi>
          <span className="lt-span">, {words}</span>
        </h3>
        {!table && (
          <Legend
            banded={layout?.banded ?? false}
            kinds={kinds}
            open={bars.some(({ bar }) => bar.toMicros === null)}
            released={bars.some(({ bar }) => bar.outcome === 'released')}
            forecast={burn !== null}
            proved={shown.proved !== null}
            record={recordLegend(layout?.runs ?? [])}
          />
        )}
        <div className="lt-tools" role="toolbar" aria-label="Time shown">
          <IconButton size="small" icon={ZoomOut} label="Further away" onClick={() => zoom(2)} />
          <IconButton size="small" icon={ZoomIn} label="Closer" onClick={() => zoom(0.5)} />
          <IconButton
            size="small"
            icon={Maximize}
            label="All of the record"
            disabled={range === null}
            onClick={() => onSpan(all, true)}
          />
          <Button size="small" icon={Table2} pressed={table} onClick={() => setTable(!table)}>
            Table
          </Button>
        </div>
      </header>
      {table ? (
        <PiecesTable source={source} timeline={shown} span={span} zone={zone} />
      ) : (
        <Chart
          source={source}
          view={view}
          whole={all}
          burn={burn}
          execution={selected?.kind === 'execution' ? selected.id : null}
          label={`Money over time${whose}, ${words}. Arrows move, plus and minus zoom, 0 shows all, up and down go through the marks, Enter shows their rows. The same figures are in the table.`}
          onSpan={onSpan}
          onSize={setWidth}
          onLayout={setLayout}
        />
      )}
      <Overview timeline={whole} span={span} whole={all} zone={zone} onSpan={onSpan} />
      <div className="lt-foot">
        <ProvedLine source={source} timeline={whole} />
        {forecast !== null && (
          <ForecastLine source={source} agent={agent} forecast={forecast} zone={zone} named={named} />
        )}
      </div>
      {failure !== null && (
        <p className="lt-note lt-failed">
          Closer figures could not be read: {failure.message} {failure.hint}
        </p>
      )}
      {whole.undated > 0 && (
        <p className="lt-note">
          {formatCounted(whole.undated, 'entry', 'entries')} without a readable time{' '}
          {whole.undated === 1 ? 'is' : 'are'} not drawn; the statement has them.
        </p>
      )}
    </section>
  );
}
