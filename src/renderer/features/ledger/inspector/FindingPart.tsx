import { Copy } from 'lucide-react';
import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { showEntry } from '../../../state/ledgers.ts';
import { useSettings } from '../../../state/settings.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { copyFinding } from '../export.ts';
import { FindingIcon } from '../findings/FindingsList.tsx';
import { differenceWords } from '../findings/difference.ts';
import { nextStep } from '../findings/next.ts';
import { whenWords } from '../findings/when-words.ts';
import { doubtOf, findingEvidence, findingTitle, SURE_WORDS } from '../findings/words.ts';
import { Told } from '../Told.tsx';
import { Witnesses } from './Witnesses.tsx';

type Props = {
  readonly source: string;
  readonly finding: LedgerFinding;
  /** the witnesses stand in a part of their own already */
  readonly short?: boolean;
};

/** A finding in full: what was expected and found, since which entry, how sure that is and how it is known. */
export function FindingPart({ source, finding, short = false }: Props) {
  const { expected, found, sure, because } = finding;
  const doubt = doubtOf(finding);
  const next = nextStep(finding);
  const difference = differenceWords(finding);
  const when = whenWords(
    finding,
    useSettings((state) => state.time),
  );
  // its witnesses stand around what is not there: none of them is at odds with the others
  const isGone = finding.kind === 'entry-missing' || finding.kind === 'tail-missing';
  return (
    <div className="li-finding" data-severity={finding.severity}>
      <div className="li-finding-head">
        <FindingIcon finding={finding} />
        <h4>{findingTitle(finding)}</h4>
        <IconButton icon={Copy} size="small" label="Copy finding" onClick={() => void copyFinding(finding)} />
      </div>
      <dl className="li-facts">
        {expected !== null && (
          <div>
            <dt>Should be</dt>
            <dd className="li-value">
              <Told text={expected} beside={found === null ? [] : [found]} />
            </dd>
          </div>
        )}
        {found !== null && (
          <div>
            <dt>Is</dt>
            <dd className="li-value li-bad">
              <Told text={found} beside={expected === null ? [] : [expected]} />
            </dd>
          </div>
        )}
        {doubt !== null && (
          <div>
            <dt>{isGone ? 'Incomplete' : 'Not to be trusted'}</dt>
            <dd>
              {isGone ? (
                doubt.words
              ) : (
                <Button size="small" look="link" onClick={() => showEntry(source, doubt.seq)}>
                  {doubt.words}
                </Button>
              )}
            </dd>
          </div>
        )}
        {difference !== null && (
          <div>
            <dt>Difference</dt>
            <dd>{difference}</dd>
          </div>
        )}
        {when !== null && (
          <div>
            <dt>When</dt>
            <dd>{when}</dd>
          </div>
        )}
        <div>
          <dt>How sure</dt>
          <dd>{SURE_WORDS[sure]}</dd>
        </div>
      </dl>
      <p>
        <Told text={findingEvidence(finding)} />
      </p>
      {next !== null && (
        <p className="li-next">
          <strong>What to do:</strong> {next}
        </p>
      )}
      {!short && because.length > 0 && (
        <Witnesses witnesses={because} label="How it is known" about={isGone ? 'gap' : 'finding'} />
      )}
    </div>
  );
}
