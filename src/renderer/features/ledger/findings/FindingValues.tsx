import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { Told } from '../Told.tsx';
import { differenceWords } from './difference.ts';
import './findings.css';

/** Longer values stand in the inspector alone. */
const MOST_VALUE = 60;

/** What should stand there and what does, where both are short enough to be read at a glance. */
export function FindingValues({ finding }: { readonly finding: LedgerFinding }) {
  const { expected, found, severity } = finding;
  if (severity === 'notice' || expected === null || found === null) return null;
  if (expected.length > MOST_VALUE || found.length > MOST_VALUE) return null;
  const difference = differenceWords(finding);
  return (
    <span className="lg-finding-values" data-severity={severity}>
      Should be:{' '}
      <b>
        <Told text={expected} beside={[found]} />
      </b>{' '}
      <span className="lg-finding-is">
        Is:{' '}
        <b className="lg-finding-found">
          <Told text={found} beside={[expected]} />
        </b>
      </span>
      {difference !== null && <span className="lg-finding-by">({difference})</span>}
    </span>
  );
}
