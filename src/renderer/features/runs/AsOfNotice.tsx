import { CalendarClock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAgentsOverview } from '../../app/agents.ts';
import { setAsOf, useAsOf } from '../../state/agents.ts';
import { Button } from '../../ui/button/Button.tsx';
import { dayWords, daysBetween } from './days.ts';
import './figures.css';

/** From how many days without a record on a view says so and offers the last day. */
const QUIET_DAYS = 30;

/**
 * Says that figures are made for an earlier day, or that the newest record is so old that figures of today are empty,
 * and offers the other. Nothing where neither is so.
 */
export function AsOfNotice({ source }: { readonly source: string }) {
  const asOf = useAsOf(source);
  const { value } = useAgentsOverview(source);
  if (asOf !== null) {
    return (
      <Notice
        action={
          <Button size="small" onClick={() => setAsOf(source, null)}>
            Back to today
          </Button>
        }
      >
        Everything is shown as of <strong>{dayWords(asOf)}</strong>, as if it were that day.
      </Notice>
    );
  }
  const last = value?.lastDay ?? null;
  if (value === null || last === null) return null;
  const quiet = daysBetween(last, value.today);
  if (quiet <= QUIET_DAYS) return null;
  return (
    <Notice
      action={
        <Button size="small" onClick={() => setAsOf(source, last)}>
          Show as of {dayWords(last)}
        </Button>
      }
    >
      The newest record is of <strong>{dayWords(last)}</strong>, {quiet} days ago, so figures of today and of
      this month are empty.
    </Notice>
  );
}

function Notice({ children, action }: { readonly children: ReactNode; readonly action: ReactNode }) {
  return (
    <div className="as-of" role="note">
      <CalendarClock className="icon" size={14} aria-hidden />
      <p>{children}</p>
      {action}
    </div>
  );
}
