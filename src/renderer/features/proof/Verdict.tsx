import { ShieldAlert, ShieldCheck, ShieldQuestion, Square } from 'lucide-react';
import type { LedgerOverview } from '../../../contract/ledger.ts';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { useNow } from '../../app/hooks.ts';
import { verifyLedger } from '../../app/ledger-check.ts';
import { useCheck, type CheckState, type RunningCheck } from '../../state/check.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount, formatCounted, formatDateTime, formatSpan, type Zone } from '../../ui/format.ts';
import { progressWords } from '../integrity/progress.ts';
import { verdictOf } from './verdict.ts';

type Props = {
  readonly source: string;
  readonly overview: LedgerOverview;
  readonly report: LedgerReport | null;
};

const ICONS = { ok: ShieldCheck, warn: ShieldCheck, bad: ShieldAlert, note: ShieldQuestion } as const;

/** What is so of the record, when that was recomputed and of how much, and the button that does it. */
export function Verdict({ source, overview, report }: Props) {
  const zone = useSettings((state) => state.time);
  const check = useCheck(source);
  const { tone, title } = verdictOf(overview.report, check, report);
  const Icon = ICONS[tone];
  const { running } = check;
  return (
    <header className="in-head pf-head">
      <div className="in-verdict">
        <Icon className={`icon in-${tone}`} size={20} aria-hidden />
        <div className="in-verdict-words">
          <h2>{title}</h2>
          {running === null ? (
            <p>{subtitle(overview, report, check, zone)}</p>
          ) : (
            <RunningWords running={running} />
          )}
        </div>
      </div>
      {report !== null && (
        <dl className="in-figures">
          <Figure name="Entries recomputed" value={report.checked.events} />
          <Figure name="Executions" value={report.checked.executions} />
          <Figure
            name="Errors"
            value={overview.report?.errors ?? 0}
            tone={(overview.report?.errors ?? 0) > 0 ? 'bad' : 'plain'}
          />
          <Figure
            name="Warnings"
            value={overview.report?.warnings ?? 0}
            tone={(overview.report?.warnings ?? 0) > 0 ? 'warn' : 'plain'}
          />
        </dl>
      )}
      <div className="in-head-actions">
        {running === null ? (
          <Button
            look={report === null ? 'primary' : 'secondary'}
            onClick={() => void verifyLedger(source)}
            title="Recompute every hash and balance (V)"
          >
            {report === null ? 'Verify' : 'Verify again'}
          </Button>
        ) : (
          <Button icon={Square} onClick={running.stop}>
            Stop
          </Button>
        )}
      </div>
      {running !== null && (
        <progress
          className="in-bar"
          aria-label="Entries checked"
          {...(running.total === 0 ? {} : { max: running.total, value: running.done })}
        />
      )}
    </header>
  );
}

function subtitle(
  overview: LedgerOverview,
  report: LedgerReport | null,
  check: CheckState,
  zone: Zone,
): string {
  const { cancelled } = check;
  const stopped =
    cancelled === null
      ? ''
      : `Stopped after ${formatCount(cancelled.done)} of ${formatCount(cancelled.total)} entries; nothing is known from that. `;
  const summary = overview.report;
  if (summary === null || report === null) {
    return `${stopped}Nothing was recomputed. Verify reads all ${formatCounted(overview.counts.events, 'entry', 'entries')} and changes nothing.`;
  }
  const took = formatSpan(report.endedMicros - report.startedMicros).replaceAll(' ', '\u00A0');
  const when = `${stopped}Recomputed ${formatDateTime(report.endedMicros, zone)} in ${took}`;
  if (summary.stale) return `${when}. The file changed since in another way than by growing: verify again.`;
  if (summary.newEntries > 0) {
    return `${when}; ${formatCounted(summary.newEntries, 'entry', 'entries')} since`;
  }
  return when;
}

function RunningWords({ running }: { readonly running: RunningCheck }) {
  return <p>{progressWords(running, useNow(250))}</p>;
}

type FigureProps = {
  readonly name: string;
  readonly value: number;
  readonly tone?: 'bad' | 'warn' | 'plain';
};

function Figure({ name, value, tone = 'plain' }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={`in-${tone}`}>{formatCount(value)}</dd>
    </div>
  );
}
