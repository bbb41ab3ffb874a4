import type { LedgerOverview } from '../../../contract/ledger.ts';
import type { Source } from '../../../contract/workspace.ts';
import { useAgentsOverview } from '../../app/agents.ts';
import { useAge } from '../../app/hooks.ts';
import { useLedgerOverview } from '../../app/ledgers.ts';
import { problemCount } from '../../app/problem-count.ts';
import { useCheck } from '../../state/check.ts';
import { liveWord, RECORDING_MS } from '../../state/live.ts';
import { useSettings } from '../../state/settings.ts';
import { useOverview, useProgress } from '../../state/workspace.ts';
import { formatClock, formatCount, formatCounted, formatDateTime } from '../../ui/format.ts';
import type { LedgerPage } from './rows.ts';

/** What is so with a source right now, in one word: the worst first, then what goes on in it. */
export function SourceWord({ source }: { readonly source: Source }) {
  switch (source.kind) {
    case 'agents':
      return <AgentsWord source={source} />;
    case 'aex':
      return <LedgerWord source={source} />;
    default:
      return <VekWord source={source} />;
  }
}

/** Of a folder of agents: whether runs are being logged, else how many agents there are. */
function AgentsWord({ source }: { readonly source: Source }) {
  const { live, value } = useAgentsOverview(source.id);
  const progress = useProgress(source.id);
  const age = useAge(live.changeAt, RECORDING_MS, null);
  const { state } = source;
  if (state === 'gone' || state === 'unreadable') return <span className="tree-bad">{state}</span>;
  if (state === 'stopped') return <span>stopped</span>;
  if (value === null || state === 'loading') {
    const part = progress?.total ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : '…';
    return <span>reading{part}</span>;
  }
  const word = age === null ? 'quiet' : liveWord(live, (live.changeAt ?? 0) + age);
  if (word === 'recording') return <LiveWord word={word} />;
  if (state === 'damaged') return <span className="tree-bad">damaged</span>;
  return <span>{formatCounted(value.agents.length, 'agent')}</span>;
}

/** Of a ledger: the worst that the last check found, else whether it is being written. */
function LedgerWord({ source }: { readonly source: Source }) {
  const { live, value } = useLedgerOverview(source.id);
  const progress = useProgress(source.id);
  const { running } = useCheck(source.id);
  const age = useAge(live.callAt, RECORDING_MS, null);
  const { state } = source;
  if (state === 'gone' || state === 'unreadable') return <span className="tree-bad">{state}</span>;
  if (state === 'stopped') return <span>stopped</span>;
  const report = value?.report ?? null;
  if (report !== null && !report.stale && !report.ok) {
    // the one way in which the chain breaks without anything that is wrong (formats/aex.md §18.4)
    if (report.errors === 0 && !report.chain.ok) return <span className="tree-warn">agent deleted</span>;
    return (
      <span className="tree-bad">
        {report.chain.ok ? formatCounted(report.errors, 'error') : 'chain broken'}
      </span>
    );
  }
  if (value === null || state === 'loading' || !value.ready) {
    const part = progress?.total ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : '…';
    return <span>reading{part}</span>;
  }
  if (state === 'damaged') return <span className="tree-bad">damaged</span>;
  if (running !== null) return <span>checking…</span>;
  const writes = value.writing || (age !== null && age < RECORDING_MS);
  if (writes) return <LiveWord word="live now" />;
  return <span>{formatCounted(value.counts.agents, 'agent')}</span>;
}

/** What matters most of a view of a ledger. */
export function LedgerEnd({ source, page, overview }: LedgerEndProps) {
  const { running } = useCheck(source.id);
  if (overview === null) return null;
  if (page === 'ledger') return formatCount(overview.counts.events);
  if (page === 'accounts') return formatCount(overview.counts.agents);
  if (running !== null) {
    return (
      <span>
        {running.total === 0 ? 'checking…' : `checking ${Math.floor((100 * running.done) / running.total)} %`}
      </span>
    );
  }
  const { report } = overview;
  if (overview.checkingSince !== null && (report === null || report.stale)) return <span>checking…</span>;
  if (report === null) return <span>not checked</span>;
  if (report.stale) return <span>changed since</span>;
  if (!report.ok && report.errors > 0) {
    return (
      <span className="tree-count" title={formatCounted(report.errors, 'error')}>
        <span className="visually-hidden">errors: </span>
        {formatCount(report.errors)}
      </span>
    );
  }
  if (overview.counts.events === 0) return null;
  if (report.warnings > 0)
    return <span className="tree-warn">{formatCounted(report.warnings, 'warning')}</span>;
  return <span>{report.newEntries > 0 ? `${formatCount(report.newEntries)} since` : 'verified'}</span>;
}

type LedgerEndProps = {
  readonly source: Source;
  readonly page: LedgerPage;
  readonly overview: LedgerOverview | null;
};

function VekWord({ source }: { readonly source: Source }) {
  const { live, value } = useOverview(source.id);
  const progress = useProgress(source.id);
  const age = useAge(live.changeAt, RECORDING_MS, null);
  const { state } = source;
  if (state === 'stopped') {
    return <span title="Its reading was stopped. Graph reads it again.">stopped</span>;
  }
  if (state === 'gone' || state === 'unreadable') return <span className="tree-bad">{state}</span>;
  if (state === 'loading') {
    const part = progress?.total ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : '…';
    return <span>reading{part}</span>;
  }
  if (state === 'damaged') return <span className="tree-bad">damaged</span>;
  const word = age === null ? 'quiet' : liveWord(live, (live.changeAt ?? 0) + age);
  if (word === 'recording') return <LiveWord word={word} />;
  if (value?.lock !== null && value?.lock !== undefined) {
    return (
      <span
        className="tree-warn"
        title="Another process holds HEAD.lock. Looking works; writes wait until it is released."
      >
        {value.lock.stale ? 'old lock' : 'locked'}
      </span>
    );
  }
  return word === 'quiet' ? null : <LiveWord word={word} />;
}

function LiveWord({ word }: { readonly word: string }) {
  return (
    <span className="tree-live">
      <span className="live-dot" aria-hidden />
      {word}
    </span>
  );
}

/** How a check of the source ended, or how far it is. */
export function IntegrityWord({ source }: { readonly source: Source }) {
  const { value } = useOverview(source.id);
  const { running } = useCheck(source.id);
  const zone = useSettings((state) => state.time);
  if (running !== null) {
    return (
      <span>
        {running.total === 0 ? 'checking…' : `checking ${Math.floor((100 * running.done) / running.total)} %`}
      </span>
    );
  }
  const count = problemCount(source, value);
  const check = value?.lastCheck ?? null;
  if (count > 0) {
    return (
      <span className="tree-count" title={formatCounted(count, 'finding')}>
        <span className="visually-hidden">findings: </span>
        {formatCount(count)}
      </span>
    );
  }
  if (value === null) return null;
  if (check === null) return <span>not checked</span>;
  const at = formatDateTime(check.atMicros, zone);
  if (check.stale)
    return <span title={`Checked ${at}; the repository has changed since.`}>changed since</span>;
  return (
    <span title={`Every hash was recomputed ${at}.`}>
      verified {formatClock(check.atMicros, zone).slice(0, 5)}
    </span>
  );
}
