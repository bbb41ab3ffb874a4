import { Search } from 'lucide-react';
import type { AgentBrief } from '../../../contract/fleet.ts';
import { formatCount } from '../../ui/format.ts';
import { TextField } from '../../ui/field/TextField.tsx';
import { passes, type FleetFilter } from './order.ts';
import { setFleetForm, type FleetForm } from './state.ts';

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
  const options = ORDER.map((filter) => ({
    filter,
    count: agents.filter((agent) => passes(agent, filter, '')).length,
  })).filter(({ filter, count }) => count > 0 || filter === 'all' || filter === form.filter);
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
      <fieldset className="fl-filters" aria-label="State">
        {options.map(({ filter, count }) => (
          <button
            key={filter}
            type="button"
            className="fl-filter"
            aria-pressed={form.filter === filter}
            onClick={() => setFleetForm(source, { filter })}
          >
            {LABELS[filter]} <span className="fl-filter-count">{formatCount(count)}</span>
          </button>
        ))}
      </fieldset>
      <p className="fl-fresh">
        {shown < agents.length && `${formatCount(shown)} of ${formatCount(agents.length)} agents · `}
        {fresh}
      </p>
    </div>
  );
}
