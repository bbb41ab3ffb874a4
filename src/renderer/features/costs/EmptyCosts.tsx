import { CalendarX2, ReceiptText } from 'lucide-react';
import type { CostReport } from '../../../contract/costs.ts';
import { openBadLines } from '../../state/agents.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { dayWords } from '../runs/days.ts';
import { rangeOf } from './ranges.ts';
import { setBrush, setCostSettings } from './state.ts';

type NothingProps = {
  readonly source: string;
  readonly view: string;
  readonly report: CostReport;
  readonly lastDay: string | null;
};

/** No record in the days that were chosen, and the days that have some. */
export function NothingInRange({ source, view, report: { range }, lastDay }: NothingProps) {
  return (
    <div className="cx-nothing">
      <EmptyState
        icon={CalendarX2}
        title={`No records from ${dayWords(range.from)} to ${dayWords(range.to)}`}
        actions={
          lastDay !== null && (
            <Button
              size="small"
              onClick={() => {
                setBrush(view, null);
                const picked = rangeOf({ kind: '30d' }, lastDay);
                setCostSettings(source, { picked: { kind: 'dates', ...picked } });
              }}
            >
              Show the 30 days to {dayWords(lastDay)}
            </Button>
          )
        }
      >
        <p>No log of these days holds a record.</p>
      </EmptyState>
    </div>
  );
}

type NoRecordsProps = {
  readonly source: string;
  readonly agent: string | null;
  readonly agents: number;
  readonly bad: number;
};

/** Nothing was ever logged, by all agents or by one. */
export function NoRecords({ source, agent, agents, bad }: NoRecordsProps) {
  return (
    <EmptyState
      icon={ReceiptText}
      title={agent === null ? 'No run has been logged yet' : `${visibleText(agent)} has logged no run yet`}
      actions={
        bad > 0 && (
          <Button size="small" onClick={() => openBadLines(source)}>
            Show the lines that could not be read
          </Button>
        )
      }
    >
      <p>
        {agent === null &&
          `${formatCounted(agents, 'agent')} ${agents === 1 ? 'is' : 'are'} here, and no log holds a record. `}
        Costs appear as soon as {agent === null ? 'one of them' : 'it'} runs.
      </p>
    </EmptyState>
  );
}
