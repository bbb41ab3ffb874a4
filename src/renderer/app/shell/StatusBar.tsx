import {
  CalendarClock,
  Eye,
  GitBranch,
  Lock,
  PenLine,
  Plug,
  Rows3,
  ShieldAlert,
  ShieldCheck,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../contract/workspace.ts';
import { openBadLines, openRuns, setAsOf } from '../../state/agents.ts';
import { openAction } from '../../state/action-form.ts';
import { openBottom } from '../../state/bottom.ts';
import { useConnection } from '../../state/connection.ts';
import { undoTitle } from '../../features/actions/words.ts';
import { lastUndoable, useOperations, useOperationsStore } from '../../state/operations.ts';
import { setTime, useSettings } from '../../state/settings.ts';
import { openIntegrity } from '../../state/tabs.ts';
import { EMPTY_OVERVIEW, useOverview, type OverviewState } from '../../state/workspace.ts';
import {
  formatAge,
  formatClock,
  formatCount,
  formatCounted,
  formatDateTime,
  zoneLabel,
  zoneName,
} from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { dayWords } from '../../features/runs/days.ts';
import { useAgentsOverview } from '../agents.ts';
import { problemCount } from '../problem-count.ts';
import { useAge } from '../hooks.ts';

/** The bottom row: what was written, HEAD, the last check, live state, undo, problems, time zone. */
export function StatusBar({ source }: { readonly source: Source | null }) {
  if (source?.kind === 'agents') return <AgentsBar source={source} />;
  return <VekBar source={source} />;
}

/** Of a folder of agents: how many records and agents, lines that are none, live state, whose days are counted. */
function AgentsBar({ source }: { readonly source: Source }) {
  const { value, asOf } = useAgentsOverview(source.id);
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
      <span className="status-space" />
      <LiveItem source={source} last="run" since={micros(value?.lastRecordMicros ?? null)} />
      <ProblemsItem source={source} />
      {asOf !== null && (
        <StatusButton onClick={() => setAsOf(source.id, null)} title="Back to today">
          <CalendarClock className="icon" size={12} aria-hidden />
          as of {dayWords(asOf)}
        </StatusButton>
      )}
      <span
        className="status-item status-wide"
        title="Times and days are shown as each agent wrote them, in its own offset. Guardrails count by the day of the file."
      >
        Days are local to each agent’s log
      </span>
    </footer>
  );
}

const micros = (value: number | null): number | null => (value === null ? null : value / 1000);

function VekBar({ source }: { readonly source: Source | null }) {
  const overview = useOverview(source?.id ?? null);
  const zone = useSettings((state) => state.time);
  return (
    <footer className="status-bar">
      {source !== null && (
        <>
          <Writes source={source.id} overview={overview} />
          <HeadItem overview={overview} />
          <CheckItem source={source.id} overview={overview} />
        </>
      )}
      <span className="status-space" />
      {source !== null && (
        <>
          <LiveItem source={source} last="call" since={overview.live.callAt} />
          <UndoItem source={source.id} />
          <ProblemsItem source={source} />
        </>
      )}
      <button
        type="button"
        className="status-item"
        title="Switch between local time and UTC; the settings have every zone"
        onClick={() => setTime(zone === 'utc' ? 'local' : 'utc')}
      >
        <span>
          {zone !== 'utc' && <span className="status-more">{zoneName(zone)}, </span>}
          {zoneLabel(zone)}
        </span>
      </button>
    </footer>
  );
}

type Part = { readonly source: string; readonly overview: OverviewState };

function Writes({ source, overview }: Part) {
  const writes = useOperationsStore((state) => state.writes);
  const reason = overview.value?.readOnlyReason ?? null;
  if (writes > 0) {
    return (
      <StatusButton onClick={() => openBottom('operations', source)} title="Show operations">
        <PenLine className="icon" size={12} aria-hidden />
        {formatCounted(writes, 'write')}, recorded
      </StatusButton>
    );
  }
  return (
    <span className="status-item status-shrink" title={reason ?? 'Looking changes no byte of a store.'}>
      {reason === null ? (
        <Eye className="icon" size={12} aria-hidden />
      ) : (
        <Lock className="icon" size={12} aria-hidden />
      )}
      <span className="truncate">{reason ?? 'Looking only: nothing written'}</span>
    </span>
  );
}

function HeadItem({ overview }: { readonly overview: OverviewState }) {
  const head = overview.value?.head;
  if (head === undefined) return null;
  const words =
    head.state === 'branch' ? head.branch : head.state === 'missing' ? 'no HEAD' : 'HEAD is unreadable';
  return (
    <span
      className={`status-item status-shrink status-wide ${head.state === 'branch' ? '' : 'status-bad'}`}
      title={head.state === 'unreadable' ? head.reason : `HEAD: ${words}`}
    >
      <GitBranch className="icon" size={12} aria-hidden />
      <bdi className="truncate">{visibleText(words)}</bdi>
    </span>
  );
}

function CheckItem({ source, overview }: Part) {
  const zone = useSettings((state) => state.time);
  const check = overview.value?.lastCheck ?? null;
  if (check === null) return null;
  const at = formatClock(check.atMicros, zone);
  return (
    <StatusButton
      onClick={() => openIntegrity(source)}
      title={`Every hash was recomputed on ${formatDateTime(check.atMicros, zone)}`}
    >
      {check.ok ? (
        <ShieldCheck className="icon" size={12} aria-hidden />
      ) : (
        <ShieldAlert className="icon" size={12} aria-hidden />
      )}
      {check.ok && !check.stale && (
        <span className="status-ok">{formatCount(check.nodes)} calls verified</span>
      )}
      {!check.ok && <span className="status-bad">damage found</span>}
      {check.ok && check.stale && <span>checked, then changed</span>}
      <span className="status-more">at {at}</span>
    </StatusButton>
  );
}

type LiveProps = {
  readonly source: Source;
  /** what comes in, in a word */
  readonly last: 'call' | 'run';
  /** when the last one came, in ms; null: not known */
  readonly since: number | null;
};

function LiveItem({ source, last, since }: LiveProps) {
  const connected = useConnection((state) => state.connection.state === 'connected');
  const age = useAge(since, 90_000, 30_000);
  if (!connected) {
    return (
      <span className="status-item status-bad">
        <Plug className="icon" size={12} aria-hidden />
        Not connected
      </span>
    );
  }
  if (source.state === 'stopped') return <span className="status-item">Reading stopped</span>;
  if (source.state === 'gone' || source.state === 'unreadable') {
    return <span className="status-item status-bad">Not live</span>;
  }
  return (
    <span className="status-item status-ok" title="Changes by other processes appear by themselves">
      <span className="status-dot" aria-hidden />
      <span>
        Live
        {age !== null && (
          <span className="status-more">
            , last {last} {formatAge(0, age * 1000)}
          </span>
        )}
      </span>
    </span>
  );
}

function UndoItem({ source }: { readonly source: string }) {
  const operation = lastUndoable(useOperations(source).list);
  if (operation === null) return null;
  return (
    <StatusButton
      wide
      title={undoTitle(operation.title)}
      onClick={() => openAction(source, { kind: 'undo', operation: operation.id, title: operation.title })}
    >
      <Undo2 className="icon" size={12} aria-hidden />
      <span className="truncate">
        <bdi>{visibleText(undoTitle(operation.title))}</bdi>…
      </span>
    </StatusButton>
  );
}

function ProblemsItem({ source }: { readonly source: Source }) {
  const overview = useOverview(source.id);
  const count = problemCount(source, overview.value);
  if (count === 0) return null;
  return (
    <StatusButton onClick={() => openBottom('problems', source.id)} title="Show problems">
      <TriangleAlert className="icon status-bad" size={12} aria-hidden />
      <span className="status-bad">{formatCounted(count, 'problem')}</span>
    </StatusButton>
  );
}

type StatusButtonProps = {
  /** left out of a narrow window, where the palette has the same */
  readonly wide?: boolean;
  readonly onClick: () => void;
  readonly title: string;
  readonly children: ReactNode;
};

function StatusButton({ wide = false, onClick, title, children }: StatusButtonProps) {
  return (
    <button
      type="button"
      className={`status-item status-shrink ${wide ? 'status-wide' : ''}`}
      onClick={onClick}
      title={title}
    >
      {children}
    </button>
  );
}
