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
      {error !== null && running === null ? (
        <span className="lg-strip-bad lg-strip-failed" role="alert">
          The check could not finish. {error.message} {error.hint}
        </span>
      ) : running === null ? (
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
      <span className="lg-strip-end">
        {running === null ? (
          <Button
            size="small"
            icon={ShieldCheck}
            title="Recompute every hash and balance (V)"
            onClick={() => void verifyLedger(source)}
          >
            {error === null ? 'Verify' : 'Try again'}
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
  const { state, words, bar } = stripOf(overview, report);
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
      <span className="lg-strip-bar" data-many={bar.length > 40 || undefined} aria-hidden>
        {bar.map(({ is, share }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- stretches of one bar, replaced as a whole
          <span key={index} className="lg-strip-part" data-is={is} style={{ flexGrow: share }} />
        ))}
      </span>
      <span className="lg-strip-words">
        {words.map(({ text, tone, seq }) =>
          seq === null ? (
            <span key={text} className={`lg-strip-${tone}`}>
              {text}
            </span>
          ) : (
            <button
              key={text}
              type="button"
              className={`lg-strip-${tone} lg-strip-link`}
              title={`Show entry ${formatCount(seq)}`}
              onClick={() => onEntry(seq)}
            >
              {text}
            </button>
          ),
        )}
      </span>
      <span className="lg-strip-time" title={formatDateTime(report.atMicros, zone)}>
        recomputed {formatClock(report.atMicros, zone)}
      </span>
    </>
  );
}
