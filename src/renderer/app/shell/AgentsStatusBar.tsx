import { CalendarClock, FilePen, Rows3, TriangleAlert } from 'lucide-react';
import type { AgentsOverview } from '../../../contract/fleet.ts';
import type { Source } from '../../../contract/workspace.ts';
import { openChanges } from '../../features/agent/open-changes.ts';
import { dayWords } from '../../features/runs/days.ts';
import { openBadLines, openRuns, setAsOf } from '../../state/agents.ts';
import { unsavedCount, useEdits } from '../../state/edits.ts';
import { EMPTY_OVERVIEW } from '../../state/workspace.ts';
import { formatAge, formatCounted } from '../../ui/format.ts';
import { useAgentsOverview } from '../agents.ts';
import { useAge } from '../hooks.ts';
import { ProblemsItem, StatusButton, WhenLive, Writes } from './StatusItems.tsx';

/** Of a folder of agents: how many records and agents, lines that are none, live state, whose days are counted. */
export function AgentsStatusBar({ source }: { readonly source: Source }) {
  const { value, asOf, live } = useAgentsOverview(source.id);
  const agents = value?.agents.length ?? 0;
  return (
    <footer className="status-bar">
      <Writes source={source.id} overview={EMPTY_OVERVIEW} />
      {value !== null && (
        <StatusButton onClick={() => openRuns(source.id, '')} title="Show all run records">
          <Rows3 className="icon" size={12} aria-hidden />
          <span className="truncate">
            {formatCounted(value.records, 'run record')}, {formatCounted(agents, 'agent')}
          </span>
        </StatusButton>
      )}
      {value !== null && value.badLines > 0 && (
        <StatusButton onClick={() => openBadLines(source.id)} title="Show the lines that are no records">
          <TriangleAlert className="icon status-warn" size={12} aria-hidden />
          <span className="status-warn truncate">
            {formatCounted(value.badLines, 'line')} could not be read
          </span>
        </StatusButton>
      )}
      <Unsaved source={source.id} />
      <span className="status-space" />
      <WhenLive source={source}>
        {value !== null && <LastRun overview={value} seenAt={live.callAt} />}
      </WhenLive>
      <ProblemsItem source={source} />
      {asOf !== null && (
        <StatusButton onClick={() => setAsOf(source.id, null)} title="Back to today">
          <CalendarClock className="icon" size={12} aria-hidden />
          as of {dayWords(asOf)}
        </StatusButton>
      )}
      <span
        className="status-item status-days"
        title="Times and days are shown as each agent wrote them, in its own offset. Guardrails count by the day of the file."
      >
        Days are local to each agent’s log
      </span>
    </footer>
  );
}

/** How many files are edited and not written, as the way to them. */
function Unsaved({ source }: { readonly source: string }) {
  const count = unsavedCount(useEdits(source));
  if (count === 0) return null;
  return (
    <StatusButton onClick={() => openChanges(source)} title="Review what is not written yet">
      <FilePen className="icon status-warn" size={12} aria-hidden />
      <span className="truncate">{formatCounted(count, 'unsaved file')}</span>
    </StatusButton>
  );
}

/** For how long after a record agents count as live, in ms. */
const LIVE_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

type LastRunProps = {
  readonly overview: AgentsOverview;
  /** when this window last saw a record come in, in ms */
  readonly seenAt: number | null;
};

/** When the newest record was written: how long ago on the first day, then its day. Live while records come in. */
function LastRun({ overview: { lastRecordMicros, lastDay }, seenAt }: LastRunProps) {
  const written = lastRecordMicros === null ? null : lastRecordMicros / 1000;
  const age = useAge(written, 90_000, 30_000);
  const seen = useAge(seenAt, 0, 60_000);
  const live = Math.min(age ?? DAY_MS, seen ?? DAY_MS) < LIVE_MS;
  const title = 'Changes by other processes appear by themselves';
  if (age === null) {
    return (
      <span className="status-item" title={title}>
        No run yet
      </span>
    );
  }
  const when = age > DAY_MS && lastDay !== null ? dayWords(lastDay) : formatAge(0, age * 1000);
  return (
    <span className={`status-item ${live ? 'status-ok' : ''}`} title={title}>
      {live && <span className="status-dot" aria-hidden />}
      {live ? (
        <span>
          Live<span className="status-more">, last run {when}</span>
        </span>
      ) : (
        <span>Last run {when}</span>
      )}
    </span>
  );
}
