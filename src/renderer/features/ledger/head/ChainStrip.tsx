import { Link2, ShieldCheck, Square } from 'lucide-react';
import type { LedgerOverview } from '../../../../contract/ledger.ts';
import { verifyLedger } from '../../../app/ledger-check.ts';
import { useCheck } from '../../../state/check.ts';
import { useSettings } from '../../../state/settings.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatClock, formatCount, formatDateTime } from '../../../ui/format.ts';
import { stripOf } from './strip.ts';
import './strip.css';

type Props = {
  readonly source: string;
  readonly overview: LedgerOverview;
  readonly onEntry: (seq: number) => void;
};

/** How far the chain of hashes was proved, where it breaks, and what only follows the stored hash. */
export function ChainStrip({ source, overview, onEntry }: Props) {
  const { running, error } = useCheck(source);
  return (
    <section className="lg-strip" aria-label="Chain">
      <Link2 className="icon" size={14} aria-hidden />
      <h3>Chain</h3>
      {running === null ? (
        <Words overview={overview} onEntry={onEntry} />
      ) : (
        <>
          <progress
            className="lg-strip-progress"
            aria-label="Entries checked"
            value={running.done}
            max={Math.max(1, running.total)}
          />
          <span className="lg-strip-note">
            {running.total === 0
              ? 'Recomputing every hash'
              : `${formatCount(running.done)} of ${formatCount(running.total)} recomputed`}
          </span>
        </>
      )}
      {error !== null && running === null && (
        <span className="lg-strip-bad">The check could not finish. {error.message}</span>
      )}
      <span className="lg-strip-end">
        {running === null ? (
          <Button
            size="small"
            icon={ShieldCheck}
            title="Recompute every hash and balance (V)"
            onClick={() => void verifyLedger(source)}
          >
            Verify
          </Button>
        ) : (
          <Button size="small" icon={Square} onClick={running.stop}>
            Stop
          </Button>
        )}
      </span>
    </section>
  );
}

function Words({ overview, onEntry }: Omit<Props, 'source'>) {
  const zone = useSettings((state) => state.time);
  const { report } = overview;
  const strip = stripOf(overview, report);
  const { state, seq, until } = strip;
  if (state === 'empty') return <span className="lg-strip-note">No entries yet, so nothing to verify</span>;
  if (state === 'unchecked' || report === null) {
    return <span className="lg-strip-note">Not checked yet: no entry is verified</span>;
  }
  if (state === 'stale') {
    return (
      <span className="lg-strip-warn">
        The file changed in another way than by growing since {formatClock(report.atMicros, zone)}. What was
        checked then does not count any more.
      </span>
    );
  }
  return (
    <>
      {strip.verified !== '' && <span className="lg-strip-ok">{strip.verified}</span>}
      <span className="lg-strip-bar" data-state={state} aria-hidden>
        {until > 0 && <span className="lg-strip-done" style={{ flexGrow: until }} />}
        {state === 'broken' && <span className="lg-strip-cross">×</span>}
        {until < 1 && <span className="lg-strip-open" style={{ flexGrow: 1 - until }} />}
      </span>
      {strip.broken !== '' &&
        (seq === null ? (
          <span className="lg-strip-bad">{strip.broken}</span>
        ) : (
          <button type="button" className="lg-strip-bad lg-strip-link" onClick={() => onEntry(seq)}>
            {strip.broken}
          </button>
        ))}
      {strip.rest !== '' && <span className="lg-strip-note">{strip.rest}</span>}
      <span className="lg-strip-time" title={formatDateTime(report.atMicros, zone)}>
        recomputed {formatClock(report.atMicros, zone)}
      </span>
    </>
  );
}
