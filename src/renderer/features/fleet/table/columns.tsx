import type { ReactNode } from 'react';
import { openAgent } from '../../../state/agents.ts';
import { openEscalations } from '../../../state/tabs.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCount } from '../../../ui/format.ts';
import type { FleetSort } from '../order.ts';
import { setFleetForm } from '../state.ts';
import { BANDS } from '../words.ts';
import { CountCell, GaugeCell, LastCell, NameCell, StateCell, WeekCell, type CellProps } from './Cells.tsx';

export type FleetColumn = {
  readonly id: FleetSort;
  readonly label: string;
  /** a grid track */
  readonly width: string;
  readonly end?: boolean;
  readonly cell: (props: CellProps) => ReactNode;
};

type LinkProps = {
  readonly active: boolean;
  readonly look: string;
  readonly run: () => void;
  readonly children: ReactNode;
};

function CellLink({ active, look, run, children }: LinkProps) {
  return (
    <button
      type="button"
      className={`figure ${look}`}
      tabIndex={active ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation();
        run();
      }}
    >
      {children}
    </button>
  );
}

/** The columns of the monitor (formats/atomic-agents.md §17). */
export const COLUMNS: readonly FleetColumn[] = [
  {
    id: 'agent',
    label: 'Agent',
    width: 'minmax(calc(var(--ui) * 8.6), 0.8fr)',
    cell: (props) => <NameCell {...props} />,
  },
  {
    id: 'need',
    label: 'State',
    width: 'minmax(calc(var(--ui) * 13), 2fr)',
    cell: (props) => <StateCell {...props} />,
  },
  { id: 'last', label: 'Last run', width: 'calc(var(--ui) * 6.4)', cell: (props) => <LastCell {...props} /> },
  {
    id: 'today',
    label: 'Today',
    width: 'calc(var(--ui) * 10.4)',
    cell: (props) => <GaugeCell {...props} gauge={props.agent.today} />,
  },
  {
    id: 'month',
    label: 'Month',
    width: 'calc(var(--ui) * 10.4)',
    cell: (props) => <GaugeCell {...props} gauge={props.agent.month} />,
  },
  { id: 'week', label: '7 days', width: 'calc(var(--ui) * 5.6)', cell: (props) => <WeekCell {...props} /> },
  {
    id: 'errors',
    label: 'Errors 24 h',
    width: 'calc(var(--ui) * 3.2)',
    end: true,
    cell: (props) => (
      <CountCell
        {...props}
        of={props.agent.errors24h}
        label={`${props.agent.errors24h.value === 1 ? 'error' : 'errors'} in 24 hours`}
      />
    ),
  },
  {
    id: 'blocked',
    label: 'Blocked 7 d',
    width: 'calc(var(--ui) * 3.5)',
    end: true,
    cell: (props) => <CountCell {...props} of={props.agent.blocked7d} label="blocked in 7 days" />,
  },
  {
    id: 'health',
    label: 'Health',
    width: 'calc(var(--ui) * 4.9)',
    end: true,
    cell: ({ source, agent, active }) =>
      agent.health === null ? (
        <span className="fl-none">no score</span>
      ) : (
        <CellLink
          active={active}
          look=""
          run={() => setFleetForm(source, { agent: agent.name, tab: 'health' })}
        >
          <Badge tone={BANDS[agent.health.band]}>
            {agent.health.shown} {agent.health.band}
          </Badge>
        </CellLink>
      ),
  },
  {
    id: 'files',
    label: 'Not loaded',
    width: 'calc(var(--ui) * 3.2)',
    end: true,
    cell: ({ source, agent, active }) =>
      agent.notLoaded === 0 ? (
        <span className="fl-none">0</span>
      ) : (
        <CellLink
          active={active}
          look="fl-bad"
          run={() => openAgent(source, agent.name, { page: 'files', item: null })}
        >
          {formatCount(agent.notLoaded)}
          <span className="visually-hidden">
            {agent.notLoaded === 1 ? ' file' : ' files'} that it does not load
          </span>
        </CellLink>
      ),
  },
  {
    id: 'answer',
    label: 'To answer',
    width: 'calc(var(--ui) * 3.4)',
    end: true,
    cell: ({ source, agent, active }) =>
      agent.toAnswer === 0 ? (
        <span className="fl-none">0</span>
      ) : (
        <CellLink active={active} look="fl-warn" run={() => openEscalations(source)}>
          {formatCount(agent.toAnswer)}
          <span className="visually-hidden"> escalations to answer</span>
        </CellLink>
      ),
  },
  {
    id: 'goals',
    label: 'Goals',
    width: 'calc(var(--ui) * 4.6)',
    end: true,
    cell: ({ source, agent, active }) =>
      agent.goals === null ? (
        <span className="fl-none">none</span>
      ) : (
        <CellLink
          active={active}
          look=""
          run={() => openAgent(source, agent.name, { page: 'goals', item: null })}
        >
          <span className="fl-two fl-right">
            <span>{formatCount(agent.goals.open)} open</span>
            {agent.goals.blocked > 0 && (
              <span className="fl-under fl-warn">{formatCount(agent.goals.blocked)} blocked</span>
            )}
          </span>
        </CellLink>
      ),
  },
];
