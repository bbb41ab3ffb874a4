import {
  Eye,
  GitBranch,
  Lock,
  PenLine,
  Plug,
  ShieldAlert,
  ShieldCheck,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../contract/workspace.ts';
import { openAction } from '../../state/action-form.ts';
import { openBottom } from '../../state/bottom.ts';
import { useConnection } from '../../state/connection.ts';
import { undoTitle } from '../../features/actions/words.ts';
import { lastUndoable, useOperations, useOperationsStore } from '../../state/operations.ts';
import { setTime, useSettings } from '../../state/settings.ts';
import { openIntegrity } from '../../state/tabs.ts';
import { useOverview, type OverviewState } from '../../state/workspace.ts';
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
import { problemCount } from '../problem-count.ts';
import { useAge } from '../hooks.ts';

/** The bottom row: what was written, HEAD, the last check, live state, undo, problems, time zone. */
export function StatusBar({ source }: { readonly source: Source | null }) {
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
          <LiveItem source={source} overview={overview} />
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

function LiveItem({ source, overview }: { readonly source: Source; readonly overview: OverviewState }) {
  const connected = useConnection((state) => state.connection.state === 'connected');
  const { callAt } = overview.live;
  const age = useAge(callAt, 90_000, 30_000);
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
        {age !== null && <span className="status-more">, last call {formatAge(0, age * 1000)}</span>}
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
