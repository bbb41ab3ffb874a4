import { Rows3, ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { LedgerOverview } from '../../../contract/ledger.ts';
import type { Source } from '../../../contract/workspace.ts';
import { useSettings, setTime } from '../../state/settings.ts';
import { openLedger, openProof } from '../../state/tabs.ts';
import { EMPTY_OVERVIEW } from '../../state/workspace.ts';
import {
  formatAge,
  formatClock,
  formatCounted,
  formatDateTime,
  zoneLabel,
  zoneName,
} from '../../ui/format.ts';
import { useAge } from '../hooks.ts';
import { useLedgerOverview } from '../ledgers.ts';
import { sinceWords, verdictWords } from './ledger-verdict.ts';
import { ProblemsItem, StatusButton, WhenLive, Writes } from './StatusItems.tsx';

/** Of a ledger: that nothing is written, how much is in it, the verdict of the last check, live state, problems, time zone. */
export function LedgerStatusBar({ source }: { readonly source: Source }) {
  const { value, live } = useLedgerOverview(source.id);
  const zone = useSettings((state) => state.time);
  return (
    <footer className="status-bar">
      <Writes source={source.id} overview={EMPTY_OVERVIEW} />
      {value !== null && (
        <StatusButton onClick={() => openLedger(source.id)} title="Show the statement">
          <Rows3 className="icon" size={12} aria-hidden />
          <span className="truncate">
            {formatCounted(value.counts.events, 'entry', 'entries')},{' '}
            {formatCounted(value.counts.agents, 'agent')}
          </span>
        </StatusButton>
      )}
      {value !== null && <Verdict source={source.id} overview={value} />}
      <span className="status-space" />
      <WhenLive source={source}>{value !== null && <Live overview={value} seenAt={live.callAt} />}</WhenLive>
      <ProblemsItem source={source} />
      <span className="status-item status-days" title="A micro-dollar is a millionth of a dollar">
        Each amount is stored in micro-dollars
      </span>
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

function Verdict({ source, overview }: { readonly source: string; readonly overview: LedgerOverview }) {
  const zone = useSettings((state) => state.time);
  const { report, checkingSince } = overview;
  const since = sinceWords(overview);
  const running = checkingSince === null ? null : `Being checked since ${formatClock(checkingSince, zone)}.`;
  if (report === null || report.stale) {
    const why =
      report === null ? 'No hash was recomputed yet' : 'The file changed in another way than by growing';
    return (
      <StatusButton onClick={() => openProof(source)} title={running === null ? why : `${why}. ${running}`}>
        <ShieldQuestion className="icon" size={12} aria-hidden />
        <span>{since}</span>
      </StatusButton>
    );
  }
  const Icon = report.ok ? ShieldCheck : ShieldAlert;
  const tone = report.ok ? 'status-ok' : report.errors > 0 ? 'status-bad' : 'status-warn';
  return (
    <StatusButton
      onClick={() => openProof(source)}
      title={[`Every hash was recomputed on ${formatDateTime(report.atMicros, zone)}.`, running]
        .filter((text) => text !== null)
        .join(' ')}
    >
      <Icon className={`icon ${report.ok ? '' : tone}`} size={12} aria-hidden />
      <span className={tone}>{verdictWords(report, overview.counts.events)}</span>
      <span className="status-more">
        at {formatClock(report.atMicros, zone)}
        {since !== null && `, ${since}`}
      </span>
    </StatusButton>
  );
}

/** For how long after a change a ledger counts as live, in ms. */
const LIVE_MS = 10_000;

function Live({ overview, seenAt }: { readonly overview: LedgerOverview; readonly seenAt: number | null }) {
  const age = useAge(seenAt, 90_000, 30_000);
  const live = overview.writing || (age !== null && age < LIVE_MS);
  return (
    <span
      className={`status-item ${live ? 'status-ok' : ''}`}
      title={
        live
          ? 'AEX writes to this ledger now; new entries appear by themselves'
          : 'The file is watched: what AEX writes appears by itself'
      }
    >
      {live && <span className="status-dot" aria-hidden />}
      <span>
        {live ? 'Live' : 'Watching the file'}
        {age !== null && <span className="status-more">, last entry {formatAge(0, age * 1000)}</span>}
      </span>
    </span>
  );
}
