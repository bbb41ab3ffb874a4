import {
  Check,
  CircleHelp,
  Dot,
  MousePointerClick,
  ReceiptText,
  ShieldAlert,
  ShieldCheck,
} from 'lucide-react';
import type { LedgerReport } from '../../../../contract/ledger-report.ts';
import { useLedgerReport } from '../../../app/ledger-report.ts';
import { useLedgerOverview } from '../../../app/ledgers.ts';
import { useSettings } from '../../../state/settings.ts';
import { openProof } from '../../../state/tabs.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { formatCount, formatCounted, formatDateTime } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Told } from '../Told.tsx';
import { oddNotices } from '../findings/pick.ts';
import { nextStep } from '../findings/next.ts';
import { unknownLines, unprovedBudgets } from '../findings/unknown.ts';
import { findingTitle } from '../findings/words.ts';
import { Fact, Part } from './parts.tsx';

/** While nothing is selected: what the last check says as a whole, what holds, and what nothing is known about. */
export function LastCheck({ source }: { readonly source: string }) {
  const summary = useLedgerOverview(source).value?.report ?? null;
  const { value } = useLedgerReport(source);
  if (summary === null || summary.stale || value === null) {
    return (
      <EmptyState icon={MousePointerClick} title="Nothing selected">
        <p>
          Select an entry of the statement, or a finding, to see its hash and what other records say of it.
        </p>
      </EmptyState>
    );
  }
  return <Report source={source} report={value} />;
}

/** Lines of one list that are shown here; Proof has all. */
const MOST = 6;

function Report({ source, report }: { readonly source: string; readonly report: LedgerReport }) {
  const { ok, chain, balances, findings, sound, unknown, witness, endedMicros } = report;
  const zone = useSettings((state) => state.time);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.some(({ severity }) => severity === 'warning');
  const tone = errors > 0 ? 'li-bad' : warnings || !ok ? 'li-warn' : oddNotices(findings) > 0 ? '' : 'li-ok';
  const worst = findings[0];
  const next = worst?.severity === 'error' ? nextStep(worst) : null;
  const lines = unknownLines(unknown);
  const Icon = ok ? ShieldCheck : ShieldAlert;
  return (
    <div className="li-panel">
      <header className="li-head">
        <div className="li-title">
          <h2>Last check</h2>
        </div>
        <p className="li-muted">{formatDateTime(endedMicros, zone)}</p>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section className="li-scroll" tabIndex={0} aria-label="What the last check says">
        <section className="li-part" aria-label="Verdict">
          <p className={`li-verdict ${tone}`}>
            <Icon className="icon" size={16} aria-hidden />
            {verdict(report)}
          </p>
          {next !== null && <p className="li-next">{next}</p>}
          {witness.text !== '' && (
            <p className="li-muted">
              <Told text={witness.text} />
            </p>
          )}
          {!ok && <p className="li-sentence">Press N to go from one finding to the next.</p>}
          <details className="li-aex">
            <summary>What AEX itself says</summary>
            <dl className="li-facts">
              <Fact name="Chain">{visibleText(chain.detail)}</Fact>
              <Fact name="Balances">{visibleText(balances.detail)}</Fact>
            </dl>
          </details>
        </section>
        {sound.length > 0 && (
          <Part title={ok ? 'What holds' : 'What was compared'}>
            <ul className="li-list">
              {sound.slice(0, MOST).map(({ what, text }) => (
                <li key={`${what} ${text}`}>
                  {ok ? (
                    <Check className="icon li-ok" size={14} aria-hidden />
                  ) : (
                    <Dot className="icon li-muted" size={14} aria-hidden />
                  )}
                  <span>
                    <Told text={text} />
                  </span>
                </li>
              ))}
              <More count={sound.length - MOST} />
            </ul>
          </Part>
        )}
        {lines.length > 0 && (
          <Part title="What can’t be known">
            <ul className="li-list">
              {lines.slice(0, MOST).map(({ key, text }) => (
                <li key={key}>
                  <CircleHelp className="icon" size={14} aria-hidden />
                  <span>
                    <Told text={text} />
                  </span>
                </li>
              ))}
              <More count={lines.length - MOST} />
            </ul>
          </Part>
        )}
      </section>
      <footer className="li-actions">
        <Button icon={ReceiptText} onClick={() => openProof(source)}>
          Open Proof
        </Button>
      </footer>
    </div>
  );
}

function More({ count }: { readonly count: number }) {
  return count <= 0 ? null : <li className="li-muted">{formatCount(count)} more in Proof</li>;
}

/** What is so in a few words: the only thing that does not add up, or how many do not. */
/** What the entries can't prove is said with the verdict: a budget may have been changed without a trace. */
function unprovedWords(unknown: LedgerReport['unknown']): string {
  const count = unprovedBudgets(unknown);
  return count === 0 ? '' : `; ${formatCounted(count, 'budget')} can’t be proved`;
}

function verdict({ ok, findings, chain, unknown }: LedgerReport): string {
  if (ok) {
    const warnings = findings.filter(({ severity }) => severity === 'warning').length;
    if (warnings > 0) return `No error found, ${formatCounted(warnings, 'warning')}`;
    const odd = oddNotices(findings);
    return odd === 0
      ? `Nothing wrong found: chain, balances and records agree${unprovedWords(unknown)}`
      : `No error found; ${formatCounted(odd, 'notice')} of records that do not agree`;
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.some(({ kind }) => kind === 'file-damaged')) {
    return errors.some(({ kind }) => kind !== 'file-damaged')
      ? 'The file itself is damaged; what else is found may only come from that'
      : 'The file itself is damaged';
  }
  const [only] = errors.length > 0 ? errors : findings.filter(({ severity }) => severity === 'warning');
  if (errors.length > 1) return `${formatCount(errors.length)} things do not add up`;
  if (only !== undefined) return findingTitle(only);
  return chain.ok ? 'The balances do not add up' : 'The chain does not hold';
}
