import { Bot } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { AgentsOverview, FleetReport } from '../../../contract/fleet.ts';
import { useAgentsOverview } from '../../app/agents.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useAsOf } from '../../state/agents.ts';
import { useSettings } from '../../state/settings.ts';
import { openDoctor } from '../../state/tabs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { AgainState, StaleNotice } from '../../ui/empty/AgainState.tsx';
import { formatCount } from '../../ui/format.ts';
import { Tabs, type TabItem } from '../../ui/tabs/Tabs.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { useWidth } from '../compare/calls/use-width.ts';
import { AsOfNotice } from '../runs/AsOfNotice.tsx';
import { loggedOffset, loggedTime } from '../runs/days.ts';
import { Advice } from './Advice.tsx';
import { AttentionQueue } from './AttentionQueue.tsx';
import { FleetPlaceholder } from './FleetPlaceholder.tsx';
import { Head } from './Head.tsx';
import { HealthOf } from './health/HealthOf.tsx';
import { Scores } from './health/Scores.tsx';
import { ordered, passes } from './order.ts';
import type { FleetTab } from './kept.ts';
import { setFleetForm, useFleetForm } from './state.ts';
import { AgentGrid } from './table/AgentGrid.tsx';
import { Targets } from './Targets.tsx';
import { Toolbar } from './Toolbar.tsx';
import './fleet.css';

/** From this width on the queue stands beside the score, in px. */
const BESIDE_FROM = 940;

/** All agents, problems first: what each needs, the attention queue, and the score with its parts. */
export function FleetView({ source }: { readonly source: string }) {
  const asOf = useAsOf(source);
  const overview = useAgentsOverview(source);
  const fleet = useAnswer(source, `fleet ${asOf ?? ''}`, () => api.agents.fleet({ source, today: asOf }), {
    keep: false,
  });
  const error = fleet.error ?? overview.error;
  // an answer for another day is no answer
  if (fleet.value === null || overview.value === null || overview.asOf !== asOf) {
    if (error === null) return <FleetPlaceholder />;
    return <AgainState error={error} again={fleet.again} />;
  }
  if (fleet.value.agents.length === 0) return <NoAgents source={source} overview={overview.value} />;
  return (
    <section className="fleet" aria-label="Fleet">
      <Head source={source} overview={overview.value} report={fleet.value} />
      <AsOfNotice source={source} />
      {error !== null && <StaleNotice what="These figures are" error={error} again={fleet.again} />}
      <Monitor source={source} report={fleet.value} />
    </section>
  );
}

type MonitorProps = {
  readonly source: string;
  readonly report: FleetReport;
};

/** The table above; below it the queue, and what is known of the chosen agent. */
function Monitor({ source, report }: MonitorProps) {
  const form = useFleetForm(source);
  const size = useSettings((state) => state.uiSize);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { filter, search, sort, back } = form;
  const agents = useMemo(
    () =>
      ordered(
        report.agents.filter((agent) => passes(agent, filter, search)),
        sort,
        back,
      ),
    [report.agents, filter, search, sort, back],
  );
  const chosen = agents.find(({ name }) => name === form.agent) ?? agents[0] ?? null;
  const fresh = freshWords(report);
  // the table is as high as its rows, and leaves the half to what is below
  const rows = agents.length * (2 * size + 18) + 2 * size + 14;
  // the toolbar has a second line where there is little room
  const toolbar = (width !== null && width < BESIDE_FROM ? 4 : 2) * size + 15;
  return (
    <div ref={box} className="fl-monitor">
      {width !== null && (
        <Group id="fleet-panes" orientation="vertical" className="fl-panes">
          <Panel
            id="fleet-table"
            defaultSize={Math.min(rows + toolbar + 8, 380)}
            minSize={120}
            groupResizeBehavior="preserve-pixel-size"
          >
            <div className="fl-table-pane">
              <Toolbar
                source={source}
                form={form}
                agents={report.agents}
                shown={agents.length}
                fresh={fresh}
              />
              <AgentGrid source={source} agents={agents} form={form} selected={chosen?.name ?? null} />
            </div>
          </Panel>
          <Separator className="pane-line pane-line-across" aria-label="Height of the table" />
          <Panel id="fleet-below" minSize={120}>
            <Below
              source={source}
              report={report}
              agent={chosen?.name ?? null}
              beside={width >= BESIDE_FROM}
            />
          </Panel>
        </Group>
      )}
    </div>
  );
}

/** When the newest record was written, in the offset of its agent. */
function freshWords({ agents }: FleetReport): string {
  const runs = agents.flatMap(({ lastRun }) => (lastRun === null ? [] : [lastRun]));
  if (runs.length === 0) return 'no record yet';
  const { ts } = runs.reduce((newest, run) => (run.atMicros > newest.atMicros ? run : newest));
  return `newest record ${loggedTime(ts)} ${loggedOffset(ts) ?? 'without an offset'}`;
}

type BelowProps = {
  readonly source: string;
  readonly report: FleetReport;
  readonly agent: string | null;
  readonly beside: boolean;
};

function Below({ source, report, agent, beside }: BelowProps) {
  const form = useFleetForm(source);
  const { attention, recommendations, health } = report;
  const open = attention.filter(({ state }) => state === 'open').length;
  const queue = <AttentionQueue source={source} queue={attention} snoozed={form.snoozed} />;
  const of = health.find((one) => one.agent === agent) ?? null;
  const brief = report.agents.find(({ name }) => name === agent) ?? null;
  const items: TabItem<FleetTab>[] = [
    ...(beside
      ? []
      : [{ id: 'attention' as const, label: 'Needs attention', note: formatCount(open), panel: queue }]),
    {
      id: 'health',
      label: agent === null ? 'Health' : `Health of ${visibleText(agent)}`,
      panel: <HealthOf source={source} health={of} brief={brief} report={report} />,
    },
    { id: 'scores', label: 'All scores', panel: <Scores source={source} report={report} /> },
    {
      id: 'advice',
      label: 'Advice',
      note: formatCount(recommendations.length),
      panel: <Advice source={source} all={recommendations} />,
    },
    {
      id: 'targets',
      label: 'Targets',
      ...(report.targetProblems.length > 0 ? { note: formatCount(report.targetProblems.length) } : {}),
      panel: <Targets source={source} report={report} />,
    },
  ];
  const tab = beside && form.tab === 'attention' ? 'health' : form.tab;
  const tabs = (
    <Tabs
      label="About the fleet"
      value={tab}
      onChange={(next) => setFleetForm(source, { tab: next })}
      items={items}
    />
  );
  if (!beside) return <div className="fl-below">{tabs}</div>;
  return (
    <div className="fl-below fl-beside">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section id="fleet-attention" className="fl-side" tabIndex={0} aria-label="Needs attention">
        <h2 className="fl-side-head">
          Needs attention{' '}
          <span className="fl-quiet">
            {open === 0 ? 'none open' : `${formatCount(open)} open, worst first`}
          </span>
        </h2>
        {queue}
      </section>
      <div className="fl-tabs">{tabs}</div>
    </div>
  );
}

function NoAgents({ source, overview }: { readonly source: string; readonly overview: AgentsOverview }) {
  return (
    <EmptyState
      icon={Bot}
      title="No agent is here"
      actions={
        <Button size="small" onClick={() => openDoctor(source)}>
          Check the files
        </Button>
      }
    >
      <p>An agent is a folder directly below this one with a model.md.</p>
      {overview.leftOut.map(({ name, why }) => (
        <p key={name}>
          <bdi className="mono">{visibleText(name)}</bdi>: {visibleText(why)}
        </p>
      ))}
    </EmptyState>
  );
}
