import { MessageCircleQuestion, Search, SearchX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Escalation, EscalationQueue } from '../../../contract/escalations.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useAsOf } from '../../state/agents.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { AgainState, StaleNotice } from '../../ui/empty/AgainState.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { Filters } from '../../ui/filters/Filters.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { Choice } from '../agent/parts/Choice.tsx';
import { RowList } from '../agent/parts/RowList.tsx';
import { Split } from '../agent/parts/Split.tsx';
import { AsOfNotice } from '../runs/AsOfNotice.tsx';
import { loggedTime } from '../runs/days.ts';
import { percent } from '../fleet/words.ts';
import { Detail } from './detail/Detail.tsx';
import {
  ESCALATION_FILTERS,
  FILTER_LABELS,
  FIRST_FORM,
  narrowed,
  passesFilter,
  type EscalationForm,
} from './filter.ts';
import { Row } from './Row.tsx';
import { setEscalationForm, useEscalationForm } from './state.ts';
import { waits } from './words.ts';
import '../agent/agent.css';
import './escalations.css';

/** How often times are made anew while nothing changes on disk, in ms: ages are said in minutes. */
const EVERY_MS = 30_000;

/** What judges passed on to a person: those that wait, the oldest first, then those that were decided (§11). */
export function EscalationsView({ source }: { readonly source: string }) {
  const asOf = useAsOf(source);
  const { value, error, again } = useAnswer(
    source,
    `escalations ${asOf ?? ''}`,
    () => api.agents.escalations({ source, today: asOf }),
    { keep: false },
  );
  const ask = useRef(again);
  useEffect(() => {
    ask.current = again;
  });
  useEffect(() => {
    if (asOf !== null) return undefined;
    const timer = window.setInterval(() => ask.current(), EVERY_MS);
    return () => window.clearInterval(timer);
  }, [asOf]);
  if (value === null) {
    if (error === null) return <SkeletonRows rows={8} label="Looking for escalations" />;
    return <AgainState error={error} again={again} />;
  }
  return (
    <section className="escalations" aria-label="Escalations" data-key-scope="answer">
      <AsOfNotice source={source} />
      {error !== null && <StaleNotice what="This is" error={error} again={again} />}
      {value.escalations.length === 0 ? (
        <EmptyState icon={MessageCircleQuestion} title="No judge has passed anything on">
          <p>
            When a judge is not sure whether an agent may act, it writes a file below vault/escalations of the
            agent. It appears here within a second.
          </p>
        </EmptyState>
      ) : (
        <Queue source={source} queue={value} />
      )}
    </section>
  );
}

function Queue({ source, queue }: { readonly source: string; readonly queue: EscalationQueue }) {
  const form = useEscalationForm(source);
  const shown = narrowed(queue.escalations, form);
  const current = shown.find(({ path }) => path === form.path) ?? shown[0] ?? null;
  return (
    <>
      <Toolbar source={source} queue={queue} form={form} shown={shown.length} />
      {current === null ? (
        <EmptyState
          icon={SearchX}
          title="No escalation fits"
          actions={
            <Button size="small" onClick={() => setEscalationForm(source, FIRST_FORM)}>
              Show all of them
            </Button>
          }
        />
      ) : (
        <Split
          id="escalations"
          list={
            <RowList<Escalation>
              label="Escalations"
              items={shown}
              keyOf={({ path }) => path}
              selected={current.path}
              onSelect={(path) => setEscalationForm(source, { path })}
              groupOf={(one) => (waits(one) ? 'Waiting, oldest first' : 'Decided, newest first')}
              tall
              first
              none="No escalation fits."
            >
              {(one) => <Row one={one} />}
            </RowList>
          }
        >
          <Detail key={current.path} source={source} one={current} />
        </Split>
      )}
    </>
  );
}

type ToolbarProps = {
  readonly source: string;
  readonly queue: EscalationQueue;
  readonly form: EscalationForm;
  readonly shown: number;
};

function Toolbar({ source, queue, form, shown }: ToolbarProps) {
  const { escalations, approvedShare, lastPoll } = queue;
  const agents = [...new Set(escalations.map(({ agent }) => agent))].toSorted();
  const options = ESCALATION_FILTERS.map((value) => ({
    value,
    label: FILTER_LABELS[value],
    count: escalations.filter((one) => passesFilter(one, value)).length,
  })).filter(({ value, count }) => count > 0 || value === 'all' || value === form.filter);
  const polls = lastPoll.filter(({ agent }) => form.agent === '' || agent === form.agent);
  return (
    <>
      <div className="es-toolbar">
        <TextField
          className="es-search"
          label="Search escalations"
          hideLabel
          icon={Search}
          placeholder="Search escalations"
          value={form.search}
          onChange={(search) => setEscalationForm(source, { search })}
        />
        {agents.length > 1 && (
          <Choice
            label="Agent"
            value={form.agent}
            onChange={(agent) => setEscalationForm(source, { agent })}
            options={[
              { value: '', label: 'All agents' },
              ...agents.map((agent) => ({ value: agent, label: visibleText(agent) })),
            ]}
          />
        )}
        <Filters
          label="What became of it"
          value={form.filter}
          options={options}
          onChange={(filter) => setEscalationForm(source, { filter })}
        />
        <p className="es-count">
          {shown === escalations.length
            ? formatCounted(shown, 'escalation')
            : `${formatCount(shown)} of ${formatCounted(escalations.length, 'escalation')}`}
        </p>
      </div>
      <p className="es-about">
        {approvedShare !== null && (
          <>
            Persons approved {approvedShare.part} of {approvedShare.whole} ({percent(approvedShare.value)}).
            {approvedShare.hint !== null && ` ${approvedShare.hint}`}{' '}
          </>
        )}
        {polls
          .map(({ agent, at }) =>
            at === null
              ? `${visibleText(agent)} has not looked for answers yet.`
              : `${visibleText(agent)} last looked for answers ${loggedTime(at, 'full')} UTC.`,
          )
          .slice(0, 3)
          .join(' ')}
      </p>
    </>
  );
}
