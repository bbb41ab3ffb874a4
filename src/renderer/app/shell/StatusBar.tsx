import { GitBranch, ShieldAlert, ShieldCheck, Undo2 } from 'lucide-react';
import type { Source } from '../../../contract/workspace.ts';
import { openAction } from '../../state/action-form.ts';
import { undoTitle } from '../../features/actions/words.ts';
import { lastUndoable, useOperations } from '../../state/operations.ts';
import { setTime, useSettings } from '../../state/settings.ts';
import { openIntegrity } from '../../state/tabs.ts';
import { useOverview, type OverviewState } from '../../state/workspace.ts';
import { formatAge, formatClock, formatCount, formatDateTime, zoneLabel, zoneName } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { useAge } from '../hooks.ts';
import { AgentsStatusBar } from './AgentsStatusBar.tsx';
import { LedgerStatusBar } from './LedgerStatusBar.tsx';
import { ProblemsItem, StatusButton, WhenLive, Writes, type Part } from './StatusItems.tsx';

/** The bottom row: what was written, HEAD, the last check, live state, undo, problems, time zone. */
export function StatusBar({ source }: { readonly source: Source | null }) {
  if (source?.kind === 'agents') return <AgentsStatusBar source={source} />;
  if (source?.kind === 'aex') return <LedgerStatusBar source={source} />;
  return <VekBar source={source} />;
}

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
  const age = useAge(overview.live.callAt, 90_000, 30_000);
  return (
    <WhenLive source={source}>
      <span className="status-item status-ok" title="Changes by other processes appear by themselves">
        <span className="status-dot" aria-hidden />
        <span>
          Live
          {age !== null && <span className="status-more">, last call {formatAge(0, age * 1000)}</span>}
        </span>
      </span>
    </WhenLive>
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
