import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { findingKey } from '../../../state/ledgers.ts';
import { splitFindings } from '../findings/pick.ts';
import { FindingPart } from './FindingPart.tsx';
import { Part } from './parts.tsx';

type Props = {
  readonly source: string;
  readonly findings: readonly LedgerFinding[];
  /** of which findings the witnesses stand here; those of an entry may stand in a part of their own */
  readonly witnesses: 'all' | 'first';
};

/** What does not add up in a part of its own, and what is only worth knowing in another. */
export function FindingParts({ source, findings, witnesses }: Props) {
  const { problems, notices } = splitFindings(findings);
  const first = problems[0] ?? notices[0];
  const parts = (list: readonly LedgerFinding[]) =>
    list.map((finding) => (
      <FindingPart
        key={`${findingKey(finding)} ${finding.message}`}
        source={source}
        finding={finding}
        short={witnesses === 'first' && finding !== first}
      />
    ));
  return (
    <>
      {problems.length > 0 && (
        <Part
          title={problems.length === 1 ? 'What does not add up' : `${problems.length} things do not add up`}
        >
          {parts(problems)}
        </Part>
      )}
      {notices.length > 0 && (
        <Part title={notices.length === 1 ? 'Notice' : 'Notices'}>{parts(notices)}</Part>
      )}
    </>
  );
}
