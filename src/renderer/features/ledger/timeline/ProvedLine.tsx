import type { FindingRef } from '../../../../contract/ledger-report.ts';
import type { LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import { formatCount, formatMoney } from '../../../ui/format.ts';
import { openFinding } from './open.ts';
import { placeOfFinding } from './words.ts';

type Props = { readonly source: string; readonly timeline: LedgerTimeline };

/** What the money is as proved, beside what stands there, and which findings say so or leave it open. */
export function ProvedLine({ source, timeline }: Props) {
  const { proved, doubted, doubtedCount, buckets } = timeline;
  if (proved === null && doubtedCount === 0) return null;
  const [stands, was] = [buckets.unspent.at(-1) ?? 0, proved?.unspent.at(-1) ?? 0];
  return (
    <p>
      {proved !== null && (
        <span>
          {was === stands ? (
            <>As proved, only the way to the {formatMoney(was)} unspent at the end differs.</>
          ) : (
            <>
              At the end {formatMoney(stands)} unspent as it stands, <b>{formatMoney(was)} as proved</b>,{' '}
              {formatMoney(Math.abs(was - stands))} {was > stands ? 'more' : 'less'}.
            </>
          )}{' '}
          See <Findings source={source} findings={proved.by} count={proved.byCount} />
        </span>
      )}{' '}
      {doubtedCount > 0 && (
        <span>
          {proved === null ? 'As it stands: ' : 'Not proved: '}
          <Findings source={source} findings={doubted} count={doubtedCount} />
          {doubtedCount === 1 ? ' is' : ' are'} doubted
          {proved === null && ', and what was right is not proved'}.
        </span>
      )}
    </p>
  );
}

/** Findings that are named one by one. */
const MOST = 3;

type FindingsProps = {
  readonly source: string;
  readonly findings: readonly FindingRef[];
  readonly count: number;
};

/** Findings by their places, each of which opens what it is about. */
export function Findings({ source, findings, count }: FindingsProps) {
  const named = findings.slice(0, MOST);
  return (
    <>
      {named.map((finding, index) => (
        <span key={`${finding.kind} ${finding.seq} ${finding.agent}`}>
          {index > 0 && ', '}
          <button type="button" className="figure" onClick={() => openFinding(source, finding)}>
            {placeOfFinding(finding)}
          </button>
        </span>
      ))}
      {count > named.length && `, and ${formatCount(count - named.length)} more`}
    </>
  );
}
