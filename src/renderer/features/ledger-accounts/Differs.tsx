import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { setLook } from '../../state/ledgers.ts';
import { openLedger } from '../../state/tabs.ts';
import { selectionOf } from '../ledger/findings/pick.ts';
import { findingTitle } from '../ledger/findings/words.ts';
import { Told } from '../ledger/Told.tsx';

type Props = { readonly source: string; readonly finding: LedgerFinding | undefined };

/** Below a figure that a finding doubts: what it should be, and the way to the finding. */
export function Differs({ source, finding }: Props) {
  if (finding === undefined) return null;
  const { expected, severity } = finding;
  return (
    <button
      type="button"
      className={`figure la-differs ${severity === 'error' ? 'la-bad' : 'la-warn'}`}
      title={findingTitle(finding)}
      onClick={() => {
        setLook(source, { selected: selectionOf(finding) });
        openLedger(source);
      }}
    >
      {expected === null ? (
        'does not add up'
      ) : (
        <>
          should be <Told text={expected} />
        </>
      )}
      <span className="visually-hidden"> Explain: {findingTitle(finding)}</span>
    </button>
  );
}
