import { Check, Dot, Minus, X } from 'lucide-react';
import type {
  LedgerInvariant,
  LedgerReport,
  LedgerSound,
  LedgerUnknown,
} from '../../../contract/ledger-report.ts';
import { formatCount } from '../../ui/format.ts';
import { unknownLines } from '../ledger/findings/unknown.ts';
import { Told } from '../ledger/Told.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import './lists.css';

/** What the file holds no evidence about, either way. It is not fine, and not broken: it can't be known. */
export function UnknownList({ unknown }: { readonly unknown: readonly LedgerUnknown[] }) {
  if (unknown.length === 0) return null;
  return (
    <section className="pf-part" aria-labelledby="pf-unknown">
      <h3 id="pf-unknown">Can’t be known</h3>
      <p className="pf-muted">The file holds no evidence about these, either way.</p>
      <ul className="pf-list">
        {unknownLines(unknown).map(({ key, text, all }) => (
          <li key={key}>
            <Minus className="icon in-note" size={14} aria-hidden />
            <span>
              <Told text={text} />
              {all.length > 0 && (
                <details className="pf-each">
                  <summary>Each of them</summary>
                  <ul>
                    {all.map((one) => (
                      <li key={one}>
                        <Told text={one} />
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was recomputed and holds; where something does not add up, only what was compared. */
export function SoundList({ sound, ok }: { readonly sound: readonly LedgerSound[]; readonly ok: boolean }) {
  if (sound.length === 0) return null;
  return (
    <section className="pf-part" aria-labelledby="pf-sound">
      <h3 id="pf-sound">{ok ? 'Recomputed and sound' : 'What was compared'}</h3>
      {!ok && <p className="pf-muted">What did not hold of it is among the findings; the rest agrees.</p>}
      <ul className="pf-list">
        {sound.map(({ what, text }) => (
          <li key={what}>
            {ok ? (
              <Check className="icon in-ok" size={14} aria-hidden />
            ) : (
              <Dot className="icon" size={14} aria-hidden />
            )}
            <span>
              <Told text={text} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const INVARIANTS: ReadonlyMap<string, string> = new Map([
  ['spent_within_budget', 'No agent spent more than its budget'],
  ['no_negative_values', 'No budget, spent or reserved amount is below zero'],
  ['no_orphaned_reservations', 'No agent holds reserved money'],
  ['event_log_integrity', 'Every settlement of the older stream has a cost'],
  ['spent_matches_events', 'Spent is the sum of the older stream'],
  ['reserved_matches_reservations', 'Reserved is the sum of the open reservations'],
  ['event_hash_chain', 'The chain of hashes holds'],
]);

/** What AEX itself says of the file: its seven invariants, its chain and balances, the check before it starts. */
export function Originals({ report }: { readonly report: LedgerReport }) {
  const passed = report.invariants.filter((one) => one.passed).length;
  return (
    <section className="pf-part" aria-labelledby="pf-original">
      <h3 id="pf-original">
        What AEX says of it{' '}
        <span className="pf-count">
          {formatCount(passed)} of {formatCount(report.invariants.length)} invariants pass
        </span>
      </h3>
      <ul className="pf-list pf-invariants">
        <Verdict passed={report.chain.ok} name="Hash chain" detail={report.chain.detail} />
        <Verdict passed={report.balances.ok} name="Replay of balances" detail={report.balances.detail} />
        <Verdict
          passed={report.startCheck}
          name="Check before a start"
          detail={report.startCheck ? null : 'the daemon would not start'}
        />
        {report.invariants.map((one) => (
          <Verdict
            key={one.name}
            passed={one.passed}
            name={INVARIANTS.get(one.name) ?? visibleText(one.name)}
            detail={one.detail === null ? one.name : `${one.name}: ${one.detail}`}
          />
        ))}
      </ul>
      <p className="pf-muted">
        These are the words of AEX 2.0. It cannot see what is outside of its own sums; the findings above can.
        “No agent holds reserved money” fails also while a call is on its way.
      </p>
    </section>
  );
}

type VerdictProps = Pick<LedgerInvariant, 'passed' | 'name' | 'detail'>;

function Verdict({ passed, name, detail }: VerdictProps) {
  return (
    <li>
      {passed ? (
        <Check className="icon in-ok" size={14} aria-label="passes" />
      ) : (
        <X className="icon in-bad" size={14} aria-label="fails" />
      )}
      <span>
        {name}
        {detail !== null && <span className="pf-mono pf-detail">{visibleText(detail)}</span>}
      </span>
    </li>
  );
}
