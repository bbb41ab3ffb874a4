import { Search } from 'lucide-react';
import type { AgentBrief } from '../../../contract/fleet.ts';
import { openDoctor } from '../../state/tabs.ts';
import { formatCount } from '../../ui/format.ts';
import { TextField } from '../../ui/field/TextField.tsx';
import { Filters } from '../../ui/filters/Filters.tsx';
import { passes, type FleetFilter } from './order.ts';
import type { FleetForm } from './kept.ts';
import { setFleetForm } from './state.ts';

type Props = {
  readonly source: string;
  readonly form: FleetForm;
  readonly agents: readonly AgentBrief[];
  readonly shown: number;
  readonly fresh: string;
};

const LABELS: Record<FleetFilter, string> = {
  all: 'All',
  problems: 'With problems',
  ERROR: 'Error',
  WARN: 'Warning',
  STALE: 'Stale',
  OK: 'OK',
  running: 'Running',
  answer: 'To answer',
};
const ORDER = ['all', 'problems', 'ERROR', 'WARN', 'STALE', 'OK', 'running', 'answer'] as const;

/** Search and filter of the table, how much is let through, and how fresh it is. */
export function Toolbar({ source, form, agents, shown, fresh }: Props) {
  const options = ORDER.map((value) => ({
    value,
    label: LABELS[value],
    count: agents.filter((agent) => passes(agent, value, '')).length,
  })).filter(({ value, count }) => count > 0 || value === 'all' || value === form.filter);
  return (
    <div className="fl-toolbar">
      <TextField
        className="fl-search"
        label="Search agents"
        hideLabel
        icon={Search}
        placeholder="Search agents"
        value={form.search}
        onChange={(search) => setFleetForm(source, { search })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && form.search !== '') {
            event.stopPropagation();
            setFleetForm(source, { search: '' });
          }
        }}
      />
      <Filters
        label="State"
        value={form.filter}
        options={options}
        onChange={(filter) => setFleetForm(source, { filter })}
      />
      <p className="fl-fresh">
        {shown < agents.length && `${formatCount(shown)} of ${formatCount(agents.length)} agents · `}
        {fresh}
      </p>
      <button type="button" className="figure fl-link fl-doctor" onClick={() => openDoctor(source)}>
        Check the files
      </button>
    </div>
  );
}
