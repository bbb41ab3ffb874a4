import { useEffect, useMemo } from 'react';
import type { CostReport } from '../../../contract/costs.ts';
import type { DayRange, RecordRow } from '../../../contract/records.ts';
import { useAgentsOverview } from '../../app/agents.ts';
import { api } from '../../app/engine.ts';
import { useAnswer, type Answer } from '../../app/use-answer.ts';
import { openBadLines, useAsOf } from '../../state/agents.ts';
import { Button } from '../../ui/button/Button.tsx';
import { AgainState, StaleNotice } from '../../ui/empty/AgainState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { AsOfNotice } from '../runs/AsOfNotice.tsx';
import { Chart } from './chart/Chart.tsx';
import { seriesOf } from './chart/series.ts';
import { CostsPlaceholder } from './CostsPlaceholder.tsx';
import { Details } from './Details.tsx';
import { Doubling } from './Doubling.tsx';
import { NoRecords, NothingInRange } from './EmptyCosts.tsx';
import { Head } from './Head.tsx';
import type { CostSettings } from './kept.ts';
import { NeedsAttention } from './NeedsAttention.tsx';
import { RangePicker } from './RangePicker.tsx';
import { rangeOf } from './ranges.ts';
import { knownReport, rememberReport, setCostSettings, useBrush, useCostSettings, viewKey } from './state.ts';
import { Scroller } from './Scroller.tsx';
import './costs.css';

type Props = { readonly source: string; readonly agent: string | null };

/** What agents cost: of all agents of a folder, or of one. Every figure opens the records it is made of. */
export function CostsView({ source, agent }: Props) {
  const { value, error } = useAgentsOverview(source);
  if (value === null) {
    if (error === null) return <CostsPlaceholder />;
    return <FailureState error={error} />;
  }
  const brief = value.agents.find(({ name }) => name === agent);
  const { records, badLines, lastDay } =
    agent === null
      ? value
      : {
          records: brief?.records ?? 0,
          badLines: brief?.badLines ?? 0,
          lastDay: brief?.lastRun?.ts.slice(0, 10) ?? null,
        };
  if (records === 0) {
    return <NoRecords agent={agent} agents={value.agents.length} bad={badLines} source={source} />;
  }
  return <Known source={source} agent={agent} today={value.today} badLines={badLines} lastDay={lastDay} />;
}

type KnownProps = Props & {
  readonly today: string;
  readonly badLines: number;
  readonly lastDay: string | null;
};

function Known({ source, agent, today, badLines, lastDay }: KnownProps) {
  const asOf = useAsOf(source);
  const view = viewKey(source, agent);
  const settings = useCostSettings(source);
  const kept = useBrush(view);
  const counting = agent === null ? settings.fleetCounting : settings.agentCounting;
  const range = useMemo(() => rangeOf(settings.picked, today), [settings.picked, today]);
  // another day to look from, or midnight, may have moved the range away from under the brush
  const brush = kept !== null && kept.from >= range.from && kept.to <= range.to ? kept : null;
  const by = agent !== null && settings.by === 'agent' ? 'model' : settings.by;
  const ask = (of: DayRange) => () =>
    api.agents.costs({ source, today: asOf, agent, range: of, by, counting });
  const key = (of: DayRange) => JSON.stringify([asOf, agent, of.from, of.to, by, counting]);
  const whole = useAnswer(source, key(range), ask(range));
  const brushed = useAnswer<CostReport | null>(source, brush === null ? '' : key(brush), () =>
    brush === null ? Promise.resolve({ ok: true, value: null }) : ask(brush)(),
  );
  const question = `${source} ${key(range)}`;
  useEffect(() => {
    if (whole.value !== null && !whole.stale) rememberReport(question, whole.value);
  }, [question, whole.value, whole.stale]);
  const report = whole.value ?? knownReport(question);
  if (report === null) {
    if (whole.error === null) return <CostsPlaceholder />;
    return <AgainState error={whole.error} again={whole.again} />;
  }
  return (
    <Report
      source={source}
      agent={agent}
      view={view}
      settings={{ ...settings, by }}
      range={range}
      brush={brush}
      answer={whole}
      report={report}
      inner={brush === null ? report : (brushed.value ?? report)}
      badLines={badLines}
      lastDay={lastDay}
    />
  );
}

type ReportProps = Props & {
  readonly view: string;
  readonly settings: CostSettings;
  readonly range: DayRange;
  readonly brush: DayRange | null;
  readonly answer: Answer<CostReport>;
  readonly report: CostReport;
  readonly inner: CostReport;
  readonly badLines: number;
  readonly lastDay: string | null;
};

function Report({
  source,
  agent,
  view,
  settings,
  range,
  brush,
  answer,
  report,
  inner,
  badLines,
  lastDay,
}: ReportProps) {
  const asOf = useAsOf(source);
  const { counting } = report;
  const series = useMemo(() => seriesOf(report.groups), [report.groups]);
  const keyOf = (row: RecordRow): string | null => {
    const { by } = report;
    if (by === 'source') return row.costSource ?? 'actor';
    return row[by];
  };
  return (
    <Scroller view={view} label={agent === null ? 'Costs' : `Costs of ${visibleText(agent)}`}>
      <Head source={source} report={report} inner={inner}>
        <RangePicker
          source={source}
          view={view}
          picked={settings.picked}
          range={range}
          today={report.today}
          question={{ source, today: asOf, agent, range: brush ?? range, counting }}
        />
      </Head>
      <AsOfNotice source={source} />
      {answer.error !== null && (
        <StaleNotice what="These figures are" error={answer.error} again={answer.again} />
      )}
      <div className="cx-lines">
        <Doubling
          source={source}
          report={inner}
          onChange={(next) =>
            setCostSettings(source, agent === null ? { fleetCounting: next } : { agentCounting: next })
          }
        />
        {badLines > 0 && (
          <div className="cx-line cx-line-short" role="note">
            <p>{formatCounted(badLines, 'line')} could not be read</p>
            <Button size="small" look="link" onClick={() => openBadLines(source)}>
              Show {badLines === 1 ? 'it' : 'them'}
            </Button>
          </div>
        )}
      </div>
      <div className="cx-layout">
        <div className="cx-main">
          {report.sum.lines === 0 ? (
            <NothingInRange source={source} view={view} report={report} lastDay={lastDay} />
          ) : (
            <Chart
              source={source}
              view={view}
              report={report}
              series={series}
              settings={settings}
              brush={brush}
              now={asOf === null}
            />
          )}
          <Details source={source} view={view} report={inner} series={series} keyOf={keyOf} />
        </div>
        <NeedsAttention source={source} agent={agent} />
      </div>
    </Scroller>
  );
}
